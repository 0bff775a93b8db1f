// The package's TypeScript declarations against every vector.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { install, lines, name, vectors } from "./package.mjs";

const installed = install();
const typescript = dirname(createRequire(import.meta.url).resolve("typescript/package.json"));

/** What the compiler says about a file of a user, with the strictest settings. */
function compile(file, source) {
  writeFileSync(join(installed.folder, file), source);
  const settings = ["--strict", "--exactOptionalPropertyTypes", "--noEmit", "--target", "es2022", "--lib", "es2022,dom", "--types", ""];
  const words = [join(typescript, "bin/tsc"), ...settings, "--module", "nodenext", file];
  try {
    return execFileSync(process.execPath, words, { cwd: installed.folder, encoding: "utf8" });
  } catch (error) {
    // One wrong type is wrong in many vectors; the first lines say which.
    return error.stdout.split("\n").slice(0, 10).join("\n");
  }
}

/** Every request as a line, and the response to it. */
const recorded = vectors().flatMap(({ requests, answers }) => {
  const asked = lines(requests);
  return lines(answers).map((response, index) => ({ line: asked[index], response: JSON.parse(response) }));
});

/** An object as TypeScript. Its id may be anything, ten thousand lists deep too, which no compiler reads. */
const literal = (object) => `(${JSON.stringify({ ...object, id: null })})`;

test("every request that is answered is one by its type, and its answer fits the type of its query", () => {
  const checks = recorded
    .filter(({ response }) => response.answer)
    .map(({ line, response }) => {
      const request = JSON.parse(line);
      const query = JSON.stringify(request.query);
      return `${literal(request)} satisfies EvaluateRequest<${query}>;\n${literal(response)} satisfies EvaluateResponse<${query}>;`;
    });
  assert.ok(checks.length > 0);
  assert.equal(compile("answers.ts", `import type { EvaluateRequest, EvaluateResponse } from "${name}";\n${checks.join("\n")}\n`), "");
});

test("every error fits its type", () => {
  const errors = recorded.filter(({ response }) => response.error).map(({ response }) => `${literal(response)} satisfies EvaluateResponse;`);
  assert.ok(errors.length > 0);
  assert.equal(compile("errors.ts", `import type { EvaluateResponse } from "${name}";\n${errors.join("\n")}\n`), "");
});

test("every code that the types name is given in some answer", () => {
  const types = readFileSync(join(installed.files, "node/billing.d.ts"), "utf8");
  const codes = new Set([...types.matchAll(/"([a-z]+\.[a-z_]+)"/g)].map(([, code]) => code));
  const unreachable = new Set(["answer.unwritable", "policy.malformed", "request.too_long", "request.too_many", "request.not_utf8"]);
  const answers = vectors().map(({ answers }) => answers).join("");
  const missing = [...codes].filter((code) => !unreachable.has(code) && !answers.includes(`"code":"${code}"`));
  assert.deepEqual(missing, []);
});

test("the query decides the type of the input and of the answer, and a mistake is a compiler's error", () => {
  const source = `
import { evaluate, evaluateJson, evaluateMany, type Money, type Tier } from "${name}";

const { answer, error } = evaluate({ policy: "prepaid", query: "tier_progress", input: { lifetime_spend: "62.50" } });
if (answer) {
  const tier: Tier = answer.tier;
  const purchase: Money | undefined = answer.next?.purchase;
  void [tier, purchase];
} else {
  const code: string = error.code;
  void code;
}
const now = "2025-12-01T09:30:00Z";
const card = evaluate({ now, query: "card_check", input: { number: "4", expiry: "", security_code: "", recurring: undefined } });
for (const problem of card.answer?.problems ?? []) {
  if (problem.code === "card.expired") {
    const year: number = problem.params.year;
    void year;
  }
}
const line: string = evaluateJson("{}") + evaluateMany("{}");
void line;

// @ts-expect-error Money is a text.
evaluate({ policy: "prepaid", query: "tier_progress", input: { lifetime_spend: 62.5 } });
// @ts-expect-error There is no such field.
evaluate({ policy: "prepaid", query: "tier_progress", input: { lifetime_spend: "5", lifetime_spent: "5" } });
// @ts-expect-error A needed field is missing.
evaluate({ policy: "prepaid", query: "recharge_preview", input: { balance: "5" } });
// @ts-expect-error There is no such question.
evaluate({ policy: "prepaid", query: "tier", input: { lifetime_spend: "5" } });
// @ts-expect-error There is no such policy.
evaluate({ policy: "postpaid", query: "tier_progress", input: { lifetime_spend: "5" } });
// @ts-expect-error Neither a policy nor a time.
evaluate({ query: "tier_progress", input: { lifetime_spend: "5" } });
// @ts-expect-error A card expires at a time.
evaluate({ policy: "prepaid", query: "card_check", input: { number: "4", expiry: "", security_code: "" } });
// @ts-expect-error What is started has a cost.
evaluate({ now, query: "access", input: { account: { balance: "1", lifetime_spend: "1" }, request: { kind: "fine_tuning" } } });
// @ts-expect-error A line is a text.
evaluateJson({});
`;
  assert.equal(compile("use.ts", source), "");
  assert.equal(compile("use.cts", source), "");
});

test("the web build declares its init, and every build the same functions", () => {
  const source = `
import init, { evaluate as inBrowser } from "${name}/web";
import { evaluate as inBundle } from "${name}/bundler";
import { evaluate as inNode } from "${name}/node";

await init();
const functions: (typeof inNode)[] = [inBrowser, inBundle, inNode];
void functions;
`;
  assert.equal(compile("builds.mts", source), "");
});
