// The published schema of policy documents says the same as `policy_check`, as far as a schema can.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";
import Ajv2020 from "ajv/dist/2020.js";

const policies = new URL("../../crates/billing/policies/", import.meta.url);
const read = (path) => JSON.parse(readFileSync(new URL(path, policies), "utf8"));
const accepts = new Ajv2020({ strict: false }).compile(read("policy.schema.json"));

// What depends on two values at once, or on an order, is beyond a schema.
const BEYOND = [
  "money.out_of_range",
  "policy.announced_late",
  "policy.contract_tier",
  "policy.credit_limit_falls",
  "policy.default_below_minimum",
  "policy.duplicate_field",
  "policy.duplicate_model",
  "policy.expiry_unannounced",
  "policy.first_tier",
  "policy.minimum_out_of_range",
  "policy.payment_times",
  "policy.tiers_not_ascending",
  "policy.unknown_source",
  "policy.unknown_tier",
  "time.out_of_range",
];

for (const id of ["prepaid", "credit-limit"]) {
  test(`the schema accepts the shipped policy ${id}`, () => {
    assert.ok(accepts(read(`${id}.json`)), JSON.stringify(accepts.errors));
  });
}

for (const file of readdirSync(new URL("bad/", policies)).sort()) {
  const code = file.replace(/\.json$/, "");
  if (BEYOND.includes(code) || code === "policy.malformed") continue;
  test(`the schema refuses a document with ${code}`, () => {
    assert.equal(accepts(read(`bad/${file}`)), false);
  });
}
