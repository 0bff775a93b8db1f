// The package's web build in Chromium, from a plain static server and under a strict content security policy.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { install, name, vectors } from "./package.mjs";

const installed = install();
const checks = readFileSync(new URL("checks.mjs", import.meta.url));
const web = (file) => readFileSync(join(installed.files, "web", file));
const FILES = {
  "/": ["text/html", "<!doctype html><title>billing-rules</title>"],
  "/checks.mjs": ["text/javascript", checks],
  "/billing.js": ["text/javascript", web("billing.js")],
  "/billing_bg.wasm": ["application/wasm", web("billing_bg.wasm")],
};

const server = createServer((request, response) => {
  const [type, content] = FILES[request.url.split("?")[0]] ?? [];
  response.writeHead(type ? 200 : 404, {
    "content-type": type ?? "text/plain",
    "content-security-policy": "default-src 'none'; connect-src 'self'; script-src 'self' 'wasm-unsafe-eval'",
  });
  response.end(content);
});

let browser;
let page;

before(async () => {
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run"],
  });
  page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
});

after(async () => {
  await browser?.close();
  server.closeAllConnections();
  server.close();
});

test("every recorded request gets its answer to the byte in a browser, too", async () => {
  const { wrong, count } = await page.evaluate(async (vectors) => {
    const { default: init, ...billing } = await import("/billing.js");
    await init();
    const { wrongAnswers } = await import("/checks.mjs");
    return wrongAnswers(billing, vectors);
  }, vectors());
  assert.deepEqual(wrong, []);
  assert.ok(count.lines > 0);
});

test("whatever is passed in, nothing is thrown in a browser either", async () => {
  const found = await page.evaluate(async () => {
    const { default: init, ...billing } = await import("/billing.js");
    await init();
    const { accepted } = await import("/checks.mjs");
    return accepted(billing);
  });
  assert.deepEqual(found, []);
});

test(`a page that does not wait for the init of ${name}/web is told so by an exception`, async () => {
  const thrown = await page.evaluate(async () => {
    const { evaluateJson } = await import("/billing.js?again");
    try {
      return evaluateJson("{}");
    } catch (error) {
      return error.name;
    }
  });
  assert.equal(thrown, "TypeError");
});
