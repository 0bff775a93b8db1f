// What the stories of the living account share: the sandbox's clock and accounts, and linking a test card.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { launch, open } from "./browser.mjs";

/** Stories on a page, in one browser: each begins with an account, and ends with nothing complained of and nothing sent away. */
export function stories(path, account) {
  let browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());
  return async ({ account: chosen = account, ...options }, live) => {
    const { context, page, watched } = await open(browser, { path, ...options });
    try {
      await choose(page, chosen);
      await live(page, context);
      assert.deepEqual(watched.complaints, []);
      assert.deepEqual(watched.foreign, []);
    } finally {
      await context.close();
    }
  };
}

export const region = (page, name) => page.getByRole("region", { name });
export const text = (locator) => locator.innerText();

/** The example accounts: their names in English, by which the stories call them, and their ids. */
const IDS = {
  "New account": "new",
  "Free credits only": "free-credits",
  "Build Tier 2": "build-tier-2",
  "Near the −$100 limit": "near-limit",
  "Past due": "past-due",
  "Enterprise contract": "enterprise",
  "Idle endpoint, auto-recharge": "idle-endpoint",
};
export const ACCOUNTS = Object.keys(IDS);

/** Shows an example account, in whatever language, and waits until it is there. */
export const choose = (page, account) => chooseById(page, IDS[account]);

/** The same by the account's id. */
export const chooseById = (page, id) =>
  noting(page, id, () => page.locator("#example-account").selectOption(id));

/** Does something after which the page notes the sandbox's time of an account, and waits until what follows is drawn. */
export async function noting(page, id, act) {
  await page.evaluate((name) => {
    const setItem = Storage.prototype.setItem;
    globalThis.isNoted = false;
    Storage.prototype.setItem = function (key, value) {
      setItem.call(this, key, value);
      if (key !== name) return;
      Storage.prototype.setItem = setItem;
      globalThis.isNoted = true;
    };
  }, `sandbox-clock-${id}`);
  await act();
  await page.waitForFunction(() => globalThis.isNoted);
  await drawn(page);
}

/** Waits until everything that follows from what was just done is drawn: one frame may move something in the next. */
export const drawn = (page) =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame++) {
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    }
  });

/** Everything that the page's databases hold, as text. */
export const stored = (page) =>
  page.evaluate(async () => {
    const ended = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const lines = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await ended(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        lines.push(...(await ended(database.transaction(store).objectStore(store).getAll())));
      }
      database.close();
    }
    return lines.map(String).join("\n");
  });

/** Opens the sandbox's controls. */
export async function openControls(page) {
  const controls = page.locator("details.controls");
  if ((await controls.getAttribute("open")) === null) await controls.locator("summary").first().click();
}

/** Sees the history under other policies. */
export async function follow(page, policy) {
  await openControls(page);
  await page.getByRole("radio", { name: policy }).check({ force: true });
}

/** Moves the sandbox's clock by one of its buttons. */
export const jump = (page, label) =>
  page.getByRole("group", { name: "Sandbox clock" }).getByRole("button", { name: label, exact: true }).click();

export const goTo = (page, name) =>
  page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name }).click();

/** Links a test card by what the list calls it. */
export async function link(page, card) {
  await goTo(page, "Payment method");
  await page.getByLabel("Test card").selectOption({ label: card });
  await page.getByRole("button", { name: "Link this card" }).click();
}

/** Looks at a purchase once more, where there is a card that it is charged to. */
export async function reviewed(dialog) {
  const confirm = dialog.getByRole("button", { name: /^Confirm and buy for \$/ });
  const refused = dialog.getByRole("heading", { name: "This was not done" });
  await confirm.or(refused).first().waitFor();
  if (await confirm.isVisible()) await confirm.click();
}

/** Buys in the dialog, which is opened by the balance's button. */
export async function buy(page, dollars) {
  await page.getByRole("button", { name: "Add credits" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Add credits" });
  await dialog.getByLabel("Amount to buy now").fill(dollars);
  await dialog.getByRole("button", { name: /^Buy \$/ }).last().click();
  await reviewed(dialog);
  return dialog;
}

/** Confirms what is looked at once more, and yields what was said of it. */
export async function confirmed(page) {
  const asked = page.locator("dialog#confirm-dialog");
  const confirm = asked.getByRole("button", { name: /^Confirm and / });
  await confirm.waitFor();
  const said = await asked.innerText();
  await confirm.click();
  await asked.waitFor({ state: "hidden" });
  return said;
}

/** What was said to be done. */
export const done = (page) => page.locator("output.done .finding.fine");

/** Waits until something that is read again and again fits. */
export async function until(read, fits, what, milliseconds = 12_000) {
  const end = Date.now() + milliseconds;
  let seen = "";
  while (Date.now() < end) {
    seen = await read().catch((error) => String(error));
    if (fits.test(seen)) return seen;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${what ?? fits} was not seen; last: ${seen}`);
}
