// Times what a keystroke in Add credits makes the page do, in headless Chromium, until the new figures are laid out: the
// preview, its picture and the month ahead. A line for each, its name and nanoseconds, for `cargo xtask bench`.
import { createRequire } from "node:module";
import { join } from "node:path";

const [address, tests] = process.argv.slice(2);
const { chromium } = createRequire(join(tests, "package.json"))("playwright-core");
const ROUNDS = 40;
const FIELDS = { "purchase-amount": ["2", "25", "250"], "recharge-amount": ["2", "25"], "recharge-threshold": ["1", "16", "160"] };

const options = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run"];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: options });
try {
  const page = await browser.newPage();
  await page.goto(address);
  await page.locator("#page-heading").waitFor();
  await page.getByRole("button", { name: "Add credits" }).first().click();
  await page.locator("#purchase-amount").waitFor();
  const times = await page.evaluate(
    async ({ fields, rounds }) => {
      const times = [];
      for (let round = 0; round < rounds; round += 1) {
        for (const [id, typed] of Object.entries(fields)) {
          for (const text of typed) {
            const field = document.getElementById(id);
            // A frame of its own for each, as for a person.
            await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
            const start = performance.now();
            field.value = text;
            field.dispatchEvent(new Event("input", { bubbles: true }));
            // What follows signals does so in microtasks, which all end before the next task.
            await new Promise((resolve) => {
              const { port1, port2 } = new MessageChannel();
              port1.onmessage = resolve;
              port2.postMessage(null);
            });
            document.body.getBoundingClientRect();
            times.push(performance.now() - start);
          }
        }
      }
      return times;
    },
    { fields: FIELDS, rounds: ROUNDS },
  );
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share) => sorted[Math.floor((sorted.length - 1) * share)] * 1e6;
  console.log(`keystroke, median\t${at(0.5).toFixed(0)}`);
  console.log(`keystroke, slowest of a hundred\t${at(0.99).toFixed(0)}`);
} finally {
  await browser.close();
}
