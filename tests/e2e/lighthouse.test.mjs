// What Lighthouse finds on each page, as on a slow phone. Its scores for speed are measurements, so they are only told.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { BASE_URL } from "./browser.mjs";

let chromium;
before(async () => {
  const chromeFlags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
  chromium = await launch({ chromePath: process.env.CHROMIUM ?? "/usr/bin/chromium", chromeFlags });
});
after(() => chromium.kill());

/** What Lighthouse sees. Where its own tracing of the browser fails, it looks once more. */
async function look(address) {
  const options = { port: chromium.port, output: "json", logLevel: "error" };
  const { lhr } = await lighthouse(address, options);
  const failed = Object.values(lhr.audits).find((audit) => audit.scoreDisplayMode === "error");
  if (!failed) return lhr;
  // The summary of a test run counts the lines that begin so.
  console.log(`rerun: Lighthouse failed at ${failed.id}: ${failed.errorMessage}`);
  return (await lighthouse(address, options)).lhr;
}

for (const path of ["/", "/payment-method", "/tiers", "/invoices", "/usage", "/help", "/help/payment-declined"]) {
  test(`Lighthouse has nothing to say against ${path}`, async (told) => {
    const lhr = await look(BASE_URL + path);
    const score = (category) => lhr.categories[category].score * 100;
    const shown = (audit) => `${lhr.audits[audit].displayValue}`;
    told.diagnostic(
      `${path}: performance ${score("performance")}, largest paint ${shown("largest-contentful-paint")}, ` +
        `blocked ${shown("total-blocking-time")}, interactive ${shown("interactive")}`,
    );
    const failed = Object.values(lhr.audits).filter((audit) => audit.score !== null && audit.score < 1);
    for (const category of ["accessibility", "best-practices", "seo"]) {
      assert.equal(score(category), 100, `${category}: ${failed.map((audit) => audit.id).join(", ")}`);
    }
    assert.ok(lhr.audits["cumulative-layout-shift"].numericValue < 0.001, shown("cumulative-layout-shift"));
  });
}
