// Adding credits: what a purchase and a setting do, said before they are saved.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessibilityProblems, launch, open, sidewaysScroll } from "./browser.mjs";
import { choose, follow, jump, region, text, until } from "./life.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** Opens the dialog for an example account. */
async function story({ account = "Build Tier 2", ...options }, live) {
  const { context, page, watched } = await open(browser, options);
  try {
    await choose(page, account);
    await page.getByRole("button", { name: "Add credits" }).first().click();
    const dialog = page.getByRole("dialog", { name: "Add credits" });
    await dialog.waitFor();
    await live({ page, dialog });
    assert.deepEqual(watched.complaints, []);
    assert.deepEqual(watched.foreign, []);
  } finally {
    await context.close();
  }
}

const amount = (dialog) => dialog.getByLabel("Amount to buy now");
const each = (dialog) => dialog.getByLabel("Amount of each purchase");
const threshold = (dialog) => dialog.getByLabel("When the balance falls below");

test("the first field has the focus, Escape closes, and the focus goes back", () =>
  story({}, async ({ page, dialog }) => {
    assert.equal(await amount(dialog).evaluate((field) => field === document.activeElement), true);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), "Add credits");
  }));

test("while typing, the purchase's balance and tier are shown, and it is looked at once more", () =>
  story({}, async ({ page, dialog }) => {
    await amount(dialog).fill("37.50");
    const said = await dialog.innerText();
    assert.match(said, /\$75\.70/);
    assert.match(said, /Build Tier 3/);
    await dialog.getByRole("button", { name: "Buy $37.50" }).click();
    await dialog.getByRole("heading", { name: "Buy $37.50 now?" }).waitFor();
    assert.match(await dialog.innerText(), /\$37\.50 is charged once to Visa ending 4242\. The balance is then \$75\.70\./);
    assert.deepEqual(await accessibilityProblems(page), []);
    await dialog.getByRole("button", { name: "Back" }).click();
    assert.equal(await amount(dialog).inputValue(), "37.50");
    await dialog.getByRole("button", { name: "Buy $37.50" }).click();
    await dialog.getByRole("button", { name: "Confirm and buy for $37.50" }).click();
    await dialog.waitFor({ state: "hidden" });
  }));

test("an amount below the smallest purchase is refused with the rule", () =>
  story({}, async ({ page, dialog }) => {
    await amount(dialog).fill("4.99");
    await page.keyboard.press("Tab");
    assert.match(await dialog.innerText(), /The smallest purchase is \$5\.00\./);
    assert.equal(await amount(dialog).getAttribute("aria-invalid"), "true");
    await amount(dialog).fill("5.00");
    assert.doesNotMatch(await dialog.innerText(), /The smallest purchase is/);
  }));

test("what is no amount is said at once", () =>
  story({}, async ({ dialog }) => {
    await amount(dialog).fill("5e3");
    assert.equal(await amount(dialog).getAttribute("aria-invalid"), "true");
  }));

test("a threshold above the balance buys five times, and asks again by count and total", () =>
  story({}, async ({ page, dialog }) => {
    await each(dialog).fill("25");
    await threshold(dialog).fill("160");
    const table = dialog.getByText("The purchases as a table");
    if (!(await dialog.getByRole("table", { name: /^Each purchase/ }).isVisible())) await table.click();
    const said = await dialog.innerText();
    assert.match(said, /This buys 5 times \$25\.00 now, \$125\.00 in all, because the threshold is \$121\.80 above/);
    for (const balance of ["$63.20", "$88.20", "$113.20", "$138.20", "$163.20"]) {
      assert.ok(said.includes(balance), `${balance} is not listed`);
    }
    await dialog.getByRole("button", { name: "Save and buy 5 × $25.00 now" }).click();
    await dialog.getByRole("heading", { name: "Buy $25.00 5 times now, $125.00 in all?" }).waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    await dialog.getByRole("button", { name: "Back" }).click();
    assert.equal(await threshold(dialog).inputValue(), "160");
    await dialog.getByRole("button", { name: "Save and buy 5 × $25.00 now" }).click();
    await dialog.getByRole("button", { name: "Confirm and buy for $125.00" }).click();
    await dialog.waitFor({ state: "hidden" });
    // One after the other: the second begins when the first is complete.
    await until(() => text(region(page, "Auto-recharge")), /made [01] of 5 purchases of \$25\.00/);
    assert.equal(await page.getByText("Auto-recharge: $25.00").count(), 1);
    await jump(page, "+1 minute");
    await until(() => text(region(page, "Balance")), /\$163\s*\.20/);
    assert.match(await text(region(page, "Auto-recharge")), /Buys \$25\.00 whenever the balance falls below \$160\.00\./);
    await jump(page, "+1 minute");
    await until(() => text(region(page, "Tier")), /^\s*Tier\s+Build Tier 3/);
  }));

test("a vast gap folds its middle and is counted in full", () =>
  story({}, async ({ dialog }) => {
    await each(dialog).fill("5");
    await threshold(dialog).fill("1000000000000000");
    assert.match(await dialog.innerText(), /199,?999,?999,?999,?993 times/);
  }));

test("a setting that cannot act in time is warned about, under the policy that makes it so", () =>
  story({}, async ({ page, dialog }) => {
    await threshold(dialog).fill("0");
    assert.match(await dialog.innerText(), /cannot keep access open/);
    await page.keyboard.press("Escape");
    await follow(page, /Credit limit/);
    await page.getByRole("button", { name: "Add credits" }).first().click();
    await threshold(dialog).fill("0");
    assert.doesNotMatch(await dialog.innerText(), /cannot keep access open/);
  }));

test("exactly at the threshold nothing is bought, and that is said", () =>
  story({}, async ({ dialog }) => {
    await threshold(dialog).fill("38.20");
    assert.match(await dialog.innerText(), /exactly \$38\.20\. Auto-recharge buys when it falls below that/);
  }));

test("an amount without a threshold is asked for one; both empty turns it off", () =>
  story({}, async ({ page, dialog }) => {
    await each(dialog).fill("25");
    await threshold(dialog).focus();
    await page.keyboard.press("Tab");
    assert.match(await dialog.innerText(), /Say at which balance auto-recharge should buy/);
    await each(dialog).fill("");
    assert.doesNotMatch(await dialog.innerText(), /Say at which balance/);
  }));

test("the whole of it goes by keyboard", () =>
  story({}, async ({ page, dialog }) => {
    await page.keyboard.type("5");
    await page.keyboard.press("Enter");
    await dialog.getByRole("heading", { name: "Buy $5.00 now?" }).waitFor();
    // The question has the focus; behind it come the way back and the confirmation.
    await until(() => page.evaluate(() => document.activeElement.id), /^confirm-heading$/);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "hidden" });
    await until(() => text(region(page, "Balance")), /\$43\s*\.20/);
  }));

test("without a card nothing is bought, and the way to one is offered", () =>
  story({ account: "New account" }, async ({ page, dialog }) => {
    assert.match(await text(dialog), /No card is linked\. Link a card first\./, "it is said before anything is typed");
    assert.deepEqual(await accessibilityProblems(page), []);
    await amount(dialog).fill("5");
    await dialog.getByRole("button", { name: "Buy $5.00" }).last().click();
    await dialog.getByRole("heading", { name: "This was not done" }).waitFor();
    assert.equal((await text(dialog)).match(/No card is linked/g).length, 1);
    assert.match(await text(dialog), /No card is linked\. Link a card first\./);
    assert.equal(await page.evaluate(() => document.activeElement.id), "credits-refused-heading");
    await dialog.getByRole("link", { name: "Go to the payment method" }).click();
    await page.getByRole("heading", { level: 1, name: "Payment method" }).waitFor();
    await dialog.waitFor({ state: "hidden" });
  }));

test("PM-7: the first purchase: what was typed is there again once a card is linked", () =>
  story({ account: "New account" }, async ({ page, dialog }) => {
    await amount(dialog).fill("37.50");
    await dialog.getByRole("link", { name: "Go to the payment method" }).click();
    await dialog.waitFor({ state: "hidden" });
    const linked = region(page, "Linked card");
    assert.equal(await linked.getByRole("button").filter({ hasText: "Buy" }).count(), 0);
    await page.getByLabel("Test card").selectOption({ label: "Visa, 4242" });
    await page.getByRole("button", { name: "Link this card" }).click();
    await page.getByText(/Linked: Visa/).waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    await linked.getByRole("button", { name: "Buy $37.50" }).click();
    assert.equal(await amount(dialog).inputValue(), "37.50");
    assert.doesNotMatch(await text(dialog), /No card is linked/);
    await dialog.getByRole("button", { name: "Buy $37.50" }).click();
    await dialog.getByRole("button", { name: "Confirm and buy for $37.50" }).click();
    await dialog.waitFor({ state: "hidden" });
    await linked.getByRole("button", { name: "Add credits" }).click();
    assert.equal(await amount(dialog).inputValue(), "", "what was bought is wanted no longer");
    assert.ok(!(await page.evaluate(() => JSON.stringify(localStorage) + location.href)).includes("37.5"));
  }));

for (const width of [320, 375]) {
  test(`with auto-recharge nothing of the dialog is wider than a window of ${width} pixels`, () =>
    story({ width }, async ({ page, dialog }) => {
      await each(dialog).fill("25");
      await threshold(dialog).fill("160");
      await dialog.getByRole("table", { name: /^Each purchase/ }).waitFor();
      assert.equal(await sidewaysScroll(page), 0);
      const out = await dialog.evaluate((it) => {
        const edge = it.getBoundingClientRect().right - 15;
        const parts = it.querySelectorAll(".effects > *, .effects .scroll, .effects dl, .fields > *");
        return [...parts].filter((part) => part.getBoundingClientRect().right > edge).map((part) => part.className || part.tagName);
      });
      assert.deepEqual(out, []);
      assert.equal(await dialog.evaluate((it) => it.scrollWidth - it.clientWidth), 0);
    }));
}

const ahead = (dialog) => dialog.getByRole("region", { name: "The month ahead" });
const day = (dialog) => dialog.getByRole("slider", { name: "Day of the forecast" });
const readout = (dialog) => ahead(dialog).locator(".readout").innerText();
const drawn = (dialog) => ahead(dialog).locator(".outline").getAttribute("d");

/** The table of days, row by row. */
async function everyDay(dialog) {
  await ahead(dialog).getByText("Each day as a table").click();
  const table = ahead(dialog).getByRole("table", { name: "The month ahead" });
  return table.evaluate((it) => [...it.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.innerText.trim())));
}

test("AC-1: without auto-recharge the month ahead ends in the zone below the limit, with the day", () =>
  story({}, async ({ dialog }) => {
    await ahead(dialog).waitFor();
    const said = await text(ahead(dialog));
    assert.match(said, /If usage goes on at about \$3\.78 a day, as over the last 10 days, and what runs keeps running\./);
    assert.match(said, /21 Dec/);
    assert.match(said, /suspended/);
    const rows = await everyDay(dialog);
    assert.equal(rows.length, 32);
    assert.equal(rows.filter(([, , what]) => what.includes("access stops")).length, 1);
    assert.match(rows.find(([, , what]) => what.includes("access stops"))[0], /^21 Dec/);
  }));

test("the keyboard moves a marker over the month ahead, which reads out what the table lists", () =>
  story({}, async ({ page, dialog }) => {
    await each(dialog).fill("25");
    await threshold(dialog).fill("30");
    await day(dialog).focus();
    assert.equal(await readout(dialog), "Now: $38.20");
    const read = [await readout(dialog)];
    for (let index = 1; index < 32; index += 1) {
      await page.keyboard.press("ArrowRight");
      read.push(await readout(dialog));
      assert.equal(await day(dialog).getAttribute("aria-valuetext"), read.at(-1));
    }
    assert.equal(await day(dialog).evaluate((it) => it === document.activeElement), true, "the focus stays");
    const rows = await everyDay(dialog);
    assert.deepEqual(
      read,
      rows.map(([name, balance, what]) => (what ? `${name}: ${balance}; ${what}` : `${name}: ${balance}`)),
    );
    assert.equal(read.filter((said) => said.includes("auto-recharge buys $25.00")).length, 5);
    await day(dialog).focus();
    await page.keyboard.press("Home");
    assert.equal(await readout(dialog), "Now: $38.20");
    await page.keyboard.press("End");
    assert.match(await readout(dialog), /, the end: \$/);
    assert.deepEqual(await accessibilityProblems(page), []);
  }));

test("AR-3: a threshold that is typed changes the month ahead before anything is saved", () =>
  story({}, async ({ page, dialog }) => {
    await ahead(dialog).waitFor();
    const without = await drawn(dialog);
    await each(dialog).fill("25");
    await threshold(dialog).fill("30");
    const low = await drawn(dialog);
    assert.notEqual(low, without);
    const said = await text(ahead(dialog));
    assert.match(said, /Access stays open through the 30 days; the balance is then \$\d+\.\d\d\./);
    assert.match(said, /Auto-recharge makes 5 purchases, \$125\.00 in all, the first on 1[345] December 2025\./);
    assert.match(said, /Threshold \$30\.00/);
    await threshold(dialog).fill("35");
    assert.notEqual(await drawn(dialog), low);
    assert.match(await text(ahead(dialog)), /Threshold \$35\.00/);
    // What is bought now lifts all of it.
    await amount(dialog).fill("100");
    assert.match(await text(ahead(dialog)), /(makes 1 purchase|makes 2 purchases|the balance is then)/);
    await page.keyboard.press("Escape");
    assert.doesNotMatch(await text(region(page, "Auto-recharge")), /Buys \$25\.00/);
  }));

test("the month ahead of each account is its own", () =>
  story({ account: "Idle endpoint, auto-recharge" }, async ({ page, dialog }) => {
    assert.match(await text(ahead(dialog)), /If what runs keeps running\./);
    await page.keyboard.press("Escape");
    await choose(page, "Free credits only");
    await page.getByRole("button", { name: "Add credits" }).first().click();
    await until(() => text(ahead(dialog)), /Nothing is used at present, so the balance stays as it is\./);
    await page.keyboard.press("Escape");
    await choose(page, "Enterprise contract");
    await page.getByRole("button", { name: "Add credits" }).first().click();
    await until(() => text(ahead(dialog)), /If usage goes on at about \$[\d,]+\.\d\d a day/);
    assert.match(await text(ahead(dialog)), /charged to the card|Invoices charged/);
  }));

for (const scheme of ["light", "dark"]) {
  test(`the dialog passes axe-core with five purchases and with errors, ${scheme}`, () =>
    story({ scheme }, async ({ page, dialog }) => {
      await threshold(dialog).fill("160");
      assert.deepEqual(await accessibilityProblems(page), []);
      await amount(dialog).fill("1");
      await each(dialog).fill("x");
      await page.keyboard.press("Tab");
      assert.deepEqual(await accessibilityProblems(page), []);
    }));
}

test("the dialog fits a window of 320 pixels", () =>
  story({ width: 320, height: 640 }, async ({ page, dialog }) => {
    await threshold(dialog).fill("160");
    assert.equal(await sidewaysScroll(page), 0);
    assert.ok(await dialog.evaluate((box) => box.scrollWidth <= box.clientWidth));
  }));
