// What a browser may take away: the place for histories, the settings, the tab, the network at the first visit. Nothing that was
// confirmed is lost, and what is going on is said.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessibilityProblems, BASE_URL, launch, open } from "./browser.mjs";
import { buy, jump, region, text, until } from "./life.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const balance = (page) => text(region(page, "Balance"));

/** A page in a browser that `spoil` has taken something from. */
async function spoiled(spoil, live) {
  const context = await browser.newContext({ locale: "en-US", reducedMotion: "reduce" });
  try {
    await context.addInitScript(spoil);
    const page = await context.newPage();
    const complaints = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(BASE_URL);
    await page.locator("#page-heading").waitFor();
    await live(page);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
}

/** Buys $5.00 for Build Tier 2, which has $38.20. */
async function buysFive(page) {
  const dialog = await buy(page, "5");
  await dialog.waitFor({ state: "hidden" });
  await jump(page, "+1 minute");
  await until(() => balance(page), /\$43\s*\.20/);
}

const WITHOUT_INDEXED_DB = [
  ["there is none", () => Object.defineProperty(globalThis, "indexedDB", { value: undefined })],
  [
    "it is forbidden",
    () => {
      IDBFactory.prototype.open = () => {
        throw new DOMException("forbidden", "SecurityError");
      };
    },
  ],
];
for (const [what, spoil] of WITHOUT_INDEXED_DB) {
  test(`without a place for histories, as ${what}, the page works and says that nothing is kept`, () =>
    spoiled(spoil, async (page) => {
      await page.getByText("This browser keeps nothing for this page").waitFor();
      await buysFive(page);
      assert.deepEqual(await accessibilityProblems(page), []);
    }));
}

test("a full disk keeps what was there, and says that nothing was bought", async () => {
  const { context, page, watched } = await open(browser);
  try {
    // Before anything is written: Chromium remembers for a while how much room there is.
    const devtools = await context.newCDPSession(page);
    await devtools.send("Storage.overrideQuotaForOrigin", { origin: BASE_URL, quotaSize: 1 });
    const dialog = await buy(page, "7");
    await dialog.getByText("This browser has no room left for this page").waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.reload();
    await page.locator("#page-heading").waitFor();
    await until(() => balance(page), /\$38\s*\.20/);
    assert.deepEqual(watched.complaints, []);
  } finally {
    await context.close();
  }
});

test("without settings the page begins with the first account", () =>
  spoiled(
    () =>
      Object.defineProperty(globalThis, "localStorage", {
        get() {
          throw new DOMException("forbidden", "SecurityError");
        },
      }),
    async (page) => {
      await buysFive(page);
    },
  ));

test("a tab that crashes loses nothing that was confirmed", async () => {
  const { context, page } = await open(browser);
  try {
    await buysFive(page);
    const devtools = await context.newCDPSession(page);
    const crashed = page.waitForEvent("crash");
    devtools.send("Page.crash").catch(() => {});
    await crashed;
    const again = await context.newPage();
    await again.goto(BASE_URL);
    await again.locator("#page-heading").waitFor();
    await until(() => balance(again), /\$43\s*\.20/);
  } finally {
    await context.close();
  }
});

const INCOMPLETE = [
  ["its wasm", "**/*.wasm", "This page has stopped working. Nothing was charged."],
  ["its script", "**/*.js", "This takes longer than it should."],
];
for (const [what, file, said] of INCOMPLETE) {
  test(`a page that cannot have ${what} says so, with the way to try again`, async () => {
    const context = await browser.newContext({ locale: "en-US", serviceWorkers: "block" });
    try {
      const page = await context.newPage();
      await page.route(file, (route) => route.abort());
      await page.goto(BASE_URL);
      await page.getByText(said).waitFor();
      assert.deepEqual(await accessibilityProblems(page), []);
      await page.unroute(file);
      await page.getByRole("link", { name: "Load it again" }).filter({ visible: true }).click();
      await page.locator("#page-heading").waitFor();
    } finally {
      await context.close();
    }
  });
}
