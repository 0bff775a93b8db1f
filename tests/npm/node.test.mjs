// The package in Node.js, as a user gets it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { accepted, wrongAnswers } from "./checks.mjs";
import { install, lines, name, vectors } from "./package.mjs";

const installed = install();
const billing = await installed.import(name);

test("every recorded request gets its answer to the byte: as a file, as a line, as an object", () => {
  const { wrong, count } = wrongAnswers(billing, vectors());
  assert.deepEqual(wrong, []);
  assert.ok(count.lines > 0);
  assert.ok(count.otherwise <= count.objects * 0.05, `${count.otherwise} of ${count.objects} objects answered otherwise`);
});

test("whatever is passed in, nothing is thrown and an error comes back", () => {
  assert.deepEqual(accepted(billing), []);
});

test("a request that is no object is told so in full", () => {
  assert.deepEqual(billing.evaluate(), {
    id: null,
    error: { code: "request.malformed", clause: null, line: 1, message: "A request is a JSON object." },
  });
});

test("the id comes back as the very value that was sent", () => {
  const id = { any: ["value", null, 1.5] };
  const { id: returned, answer } = billing.evaluate({
    id,
    policy: "prepaid",
    query: "tier_progress",
    input: { lifetime_spend: "62.50" },
  });
  assert.equal(returned, id);
  assert.equal(answer.tier, "build_2");
});

test("a request stays as it was, even a frozen one", () => {
  const request = Object.freeze({ policy: "prepaid", query: "tier_progress", input: Object.freeze({ lifetime_spend: "5" }) });
  assert.equal(billing.evaluate(request).answer.tier, "build_1");
});

test("bad requests leave no trace: after a hundred thousand of them the next one is answered", () => {
  const hostile = { query: "access", get input() { throw new Error("hostile"); } };
  for (let count = 0; count < 100_000; count += 1) {
    billing.evaluate(hostile);
  }
  assert.equal(billing.evaluate({ policy: "prepaid", query: "tier_progress", input: { lifetime_spend: "5" } }).answer.tier, "build_1");
});

test("more answers than fit into memory end with an error that names the first line without one", () => {
  const answers = lines(billing.evaluateMany("\n".repeat(4_000_000)));
  const { error } = JSON.parse(answers.at(-1));
  assert.deepEqual([error.code, error.line], ["request.too_many", answers.length]);
  assert.ok(answers.length < 4_000_000);
});

test("require gives the same functions as import", () => {
  const { evaluate, evaluateJson, evaluateMany } = installed.require(name);
  assert.deepEqual([typeof evaluate, typeof evaluateJson, typeof evaluateMany], ["function", "function", "function"]);
  assert.equal(evaluateJson(""), billing.evaluateJson(""));
});

test("the web build works in Node.js too, once it is given its bytes", async () => {
  const { initSync, evaluateJson } = await installed.import(`${name}/web`);
  initSync({ module: readFileSync(join(installed.files, "web/billing_bg.wasm")) });
  assert.equal(evaluateJson("{}"), billing.evaluateJson("{}"));
});

test("the bundler build works where WebAssembly modules can be imported", () => {
  const script = `import { evaluateJson } from "${name}/bundler"; process.stdout.write(evaluateJson("{}"));`;
  const words = ["--no-warnings", "--experimental-wasm-modules", "--input-type=module", "--eval", script];
  assert.equal(execFileSync(process.execPath, words, { cwd: installed.folder, encoding: "utf8" }), billing.evaluateJson("{}"));
});

test("the examples of the README print what it says", () => {
  const readme = readFileSync(join(installed.files, "README.md"), "utf8");
  const examples = [...readme.matchAll(/```js\n(.*?)```/gs)].map(([, code]) => code).filter((code) => code.includes("console.log"));
  assert.equal(examples.length, 4);
  for (const code of examples) {
    const [, promised] = /console\.log\(.*\); \/\/ (.*)/.exec(code);
    const prelude = code.includes("import ") ? "" : `import { evaluate } from "${name}";\n`;
    const script = `${prelude}const printed = [];\n${code.replace("console.log(", "printed.push(")}
      console.log(printed.map((value) => JSON.stringify(value)).join(" "));`;
    const words = ["--input-type=module", "--eval", script];
    const printed = execFileSync(process.execPath, words, { cwd: installed.folder, encoding: "utf8" }).trim();
    assert.equal(printed, promised.replaceAll(", ", ","));
  }
});

test("nothing is installed beside the package, and it tells nothing of the machine that built it", () => {
  const beside = readdirSync(join(installed.folder, "node_modules")).filter((entry) => !entry.startsWith("."));
  assert.deepEqual(beside, [name]);
  const text = readdirSync(installed.files, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath ?? entry.path, entry.name), "latin1"))
    .join("\n");
  assert.doesNotMatch(text, new RegExp(`${homedir()}/|/registry/src/|${import.meta.dirname}`));
});
