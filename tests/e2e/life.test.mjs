// The account as it lives: purchases on their way, cards, declines, the bank, months that end, reloads, tabs, files.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { accessibilityProblems, BASE_URL, launch, open, sidewaysScroll } from "./browser.mjs";
import { buy, choose, confirmed, done, goTo, jump, link, openControls, region, reviewed, stored, text, until } from "./life.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

async function story({ account = "New account", ...options }, live) {
  const { context, page, watched } = await open(browser, options);
  try {
    await choose(page, account);
    await live({ page, context, main: page.getByRole("main") });
    assert.deepEqual(watched.complaints, []);
    assert.deepEqual(watched.foreign, []);
  } finally {
    await context.close();
  }
}

const balance = (page) => text(region(page, "Balance"));
const underWay = (page) => text(region(page, "Under way"));
const attention = (page) => text(region(page, "Needs your attention"));

test("TI-1, PP-1: a first purchase goes through its stages, and Build Tier 1 follows", () =>
  story({}, async ({ page }) => {
    await link(page, "Visa, 4242");
    await page.getByText("Linked: Visa ending 4242, expires 12/2030.").waitFor();
    await goTo(page, "Overview");
    const dialog = await buy(page, "5");
    await dialog.waitFor({ state: "hidden" });
    const seen = await underWay(page);
    assert.match(seen, /Purchase of \$5\.00/);
    assert.match(seen, /Usually done within 60 seconds/);
    await until(() => underWay(page), /Bank approval\s+\d\d:\d\d:\d\d UTC\s+Invoice\s+\d\d:\d\d:\d\d UTC\s+Balance\s+\d\d:\d\d:\d\d UTC/);
    assert.match(await balance(page), /\$5\s*\.00/);
    assert.match(await balance(page), /Access is open/);
    assert.match(await underWay(page), /Build Tier 1 is paid for and follows within 15 minutes; until then Limited holds/);
    assert.match(await underWay(page), /The tier: 1[45]:\d\d to go/);
    assert.match(await text(region(page, "Tier")), /Limited/);
    await jump(page, "+1 minute");
    await until(() => text(region(page, "Tier")), /Build Tier 1/);
  }));

test("PP-2, PP-3, PP-4: a slow purchase has a banner after a minute, and a second one has to be meant", () =>
  story({}, async ({ page }) => {
    await link(page, "Highest risk, 4954");
    await goTo(page, "Overview");
    await (await buy(page, "50")).waitFor({ state: "hidden" });
    assert.match(await balance(page), /Pending, not yet in the balance\s+\$50\.00/);
    assert.doesNotMatch(await underWay(page), /still under way/);
    await jump(page, "+1 minute");
    await until(() => underWay(page), /The purchase of \$50\.00 is still under way after 1 minute\. Up to 15 minutes is normal/);
    const dialog = await buy(page, "20");
    await dialog.getByRole("heading", { name: "This was not done" }).waitFor();
    assert.match(await text(dialog), /\$50\.00 is still being bought\. Another purchase is charged as well/);
    assert.deepEqual(await accessibilityProblems(page), []);
    await dialog.getByRole("button", { name: "Buy another $20.00" }).click();
    await dialog.waitFor({ state: "hidden" });
    await until(() => underWay(page), /Purchase of \$20\.00[\s\S]*Purchase of \$50\.00/);
    for (let minute = 0; minute < 16; minute += 1) await jump(page, "+1 minute");
    await until(() => attention(page), /The purchase of \$50\.00 has taken 1[67] minutes, longer than is normal\. Contact support/);
    assert.match(await attention(page), /A purchase of \$50\.00 is not in my balance\./);
    assert.deepEqual(await accessibilityProblems(page), []);
    // PD-3: and entering a card meanwhile is warned against.
    await goTo(page, "Payment method");
    await page.getByText(/Entering a card again does not speed it up/).first().waitFor();
    await goTo(page, "Overview");
    await jump(page, "+1 hour");
    await until(() => balance(page), /\$70\s*\.00/);
  }));

test("a double press buys once", () =>
  story({ account: "Build Tier 2" }, async ({ page }) => {
    await page.getByRole("button", { name: "Add credits" }).first().click();
    const dialog = page.getByRole("dialog", { name: "Add credits" });
    await dialog.getByLabel("Amount to buy now").fill("25");
    await dialog.getByRole("button", { name: "Buy $25.00" }).last().click();
    await dialog.getByRole("button", { name: "Confirm and buy for $25.00" }).evaluate((button) => {
      button.click();
      button.click();
    });
    await dialog.waitFor({ state: "hidden" });
    await jump(page, "+1 minute");
    await until(() => balance(page), /\$63\s*\.20/);
  }));

test("PD-1, PD-2: a declined purchase is diagnosed, and another card mends it", () =>
  story({ clock: true }, async ({ page }) => {
    await link(page, "Links, and fails later, 0341");
    await goTo(page, "Overview");
    await (await buy(page, "25")).waitFor({ state: "hidden" });
    await until(() => attention(page), /The purchase of \$25\.00 was declined/);
    const checklist = page.locator("#overview-decline ~ details li");
    assert.ok((await checklist.count()) >= 10);
    await region(page, "The purchase of $25.00 was declined").getByText("What to check").click();
    await checklist.first().getByRole("checkbox").check();
    await page.clock.runFor(3_000);
    assert.equal(await checklist.first().getByRole("checkbox").isChecked(), true, "the clock unticks nothing");
    assert.deepEqual(await accessibilityProblems(page), []);
    await link(page, "Mastercard, 4444");
    await page.getByText("Linked: Mastercard ending 4444, expires 12/2030.").waitFor();
    await goTo(page, "Overview");
    assert.doesNotMatch(await page.getByRole("main").innerText(), /was declined/);
    await (await buy(page, "25")).waitFor({ state: "hidden" });
    await until(() => balance(page), /\$25\s*\.00/);
  }));

test("PD-1: after a decline nothing is said to be complete; it is announced, and the same purchase is at hand", () =>
  story({ account: "Build Tier 2" }, async ({ page, main }) => {
    await link(page, "Links, and fails later, 0341");
    await page.getByText(/Linked: Visa ending 0341/).waitFor();
    await goTo(page, "Overview");
    await (await buy(page, "25")).waitFor({ state: "hidden" });
    await until(() => text(done(page)), /Bought \$25\.00; it is under way\./);
    await until(() => attention(page), /The purchase of \$25\.00 was declined/);
    assert.equal(await done(page).count(), 0);
    const heard = page.locator('output[aria-live="polite"]').first();
    await until(() => heard.evaluate((it) => it.textContent), /^The purchase of \$25\.00 was declined\./);
    const declined = region(page, "The purchase of $25.00 was declined");
    await declined.getByRole("button", { name: "Buy $25.00 again" }).click();
    const dialog = page.getByRole("dialog", { name: "Add credits" });
    assert.equal(await dialog.getByLabel("Amount to buy now").inputValue(), "25.00");
    await dialog.getByRole("button", { name: "Close" }).click();
    await declined.getByRole("link", { name: "Go to the payment method" }).click();
    await page.getByRole("heading", { level: 1, name: "Payment method" }).waitFor();
    // On another page it is said there.
    await goTo(page, "Tiers");
    await page.getByRole("region", { name: "Your tier" }).getByRole("button", { name: "Buy $37.50" }).click();
    await dialog.getByRole("button", { name: "Buy $37.50" }).last().click();
    await reviewed(dialog);
    await until(() => text(main), /The purchase of \$37\.50 was declined\.\s+See why it was declined/);
    assert.deepEqual(await accessibilityProblems(page), []);
  }));

test("PP-4: right after buying nothing is sold again, and what is done is said once more when it is complete", () =>
  story({}, async ({ page }) => {
    const cards = region(page, "Needs your attention").locator(".refusal");
    assert.equal(await cards.count(), 1, "one purchase lifts both reasons");
    await link(page, "Highest risk, 4954");
    await goTo(page, "Overview");
    await (await buy(page, "5")).waitFor({ state: "hidden" });
    await until(() => attention(page), /Wait up to 15 minutes\./);
    assert.equal(await cards.count(), 1);
    assert.equal(await page.getByRole("main").getByRole("button", { name: /^Buy/ }).count(), 0);
    await until(() => text(region(page, "Tier")), /Build Tier 1 follows with the \$5\.00 that is pending\./);
    await goTo(page, "Tiers");
    const table = page.getByRole("table", { name: "All tiers" });
    await until(() => text(table), /follows with what is pending/);
    assert.equal(await page.getByRole("main").getByRole("button", { name: "Buy $5.00" }).count(), 0);
    assert.deepEqual(await accessibilityProblems(page), []);
    await jump(page, "+1 hour");
    await until(() => text(done(page)), /The purchase of \$5\.00 is complete\./);
  }));

test("TI-8: a tier that comes is said, and while it is waited for it is said once", () =>
  story({}, async ({ page, main }) => {
    await link(page, "Visa, 4242");
    await page.getByText(/Linked: Visa/).waitFor();
    await goTo(page, "Overview");
    await (await buy(page, "50")).waitFor({ state: "hidden" });
    await until(() => underWay(page), /to go\. Then query \/v1\/models again, or sign in again\./);
    assert.equal((await text(main)).split("Build Tier 2 is paid for and follows").length, 2);
    await jump(page, "+1 minute");
    await until(() => text(done(page)), /Build Tier 2 holds now\. Query \/v1\/models again, or sign in again\./);
    await page.getByRole("button", { name: "Hide" }).click();
    assert.equal(await done(page).count(), 0);
  }));

test("CR-9: paying a past-due invoice names the card, asks, and says what came of it", () =>
  story({ clock: true, account: "Past due" }, async ({ page }) => {
    const pay = region(page, "Needs your attention").getByRole("button", { name: "Pay $12.40 by card" });
    await pay.click();
    assert.match(await confirmed(page), /Pay \$12\.40 now\?\s+\$12\.40 is charged once to Visa ending 0341\./);
    await until(() => text(done(page)), /\$12\.40 is being charged to Visa ending 0341\./);
    assert.match(await attention(page), /Wait up to 15 minutes\./);
    await done(page).waitFor({ state: "detached" });
    await until(() => attention(page), /The charge of \$12\.40 was declined/);
    await link(page, "Visa, 4242");
    await page.getByText(/Linked: Visa ending 4242/).waitFor();
    await goTo(page, "Overview");
    await pay.click();
    await page.getByRole("dialog", { name: "Pay $12.40 now?" }).getByRole("button", { name: "Back" }).click();
    await pay.focus();
    await page.clock.runFor(3_000);
    assert.equal(await pay.evaluate((it) => document.activeElement === it), true, "the clock takes no focus away");
    await pay.click();
    await confirmed(page);
    await until(() => text(done(page)), /\$12\.40 is paid\. Access is open\./);
    assert.deepEqual(await accessibilityProblems(page), []);
  }));

test("AR-1: turning off auto-recharge is asked about and said", () =>
  story({ account: "Idle endpoint, auto-recharge" }, async ({ page }) => {
    const recharge = region(page, "Auto-recharge");
    await recharge.getByRole("button", { name: "Turn off auto-recharge" }).click();
    assert.match(await confirmed(page), /usage stops when the balance reaches \$0\.00/);
    await until(() => text(recharge), /Off\. Nothing is bought by itself\./);
    assert.match(await text(done(page)), /Auto-recharge is off\./);
    assert.equal(await page.evaluate(() => document.activeElement.id), "open-recharge");
  }));

test("PD-2: a card that is declined when it is linked is diagnosed, the likelier first", () =>
  story({}, async ({ page }) => {
    await link(page, "Insufficient funds, 9995");
    const heading = page.getByRole("heading", { name: "The card was declined" });
    await heading.waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), "form-decline");
    const first = page.locator("#form-decline ~ details li").first();
    assert.match(await text(first), /Likely/);
    assert.match(await page.getByRole("main").innerText(), /No card is linked/);
  }));

test("PM-11: the bank authorises a purchase, or the customer refuses", () =>
  story({}, async ({ page }) => {
    await link(page, "Approve every payment, 3184");
    await goTo(page, "Overview");
    await (await buy(page, "5")).waitFor({ state: "hidden" });
    const bank = region(page, "Approve in your bank’s app");
    await bank.waitFor();
    assert.match(await text(bank), /Your bank asks about \$5\.00 for credits/);
    assert.match(await attention(page), /Your bank waits for you to approve \$5\.00/);
    assert.deepEqual(await accessibilityProblems(page), []);
    await bank.getByRole("button", { name: "Approve" }).click();
    await until(() => underWay(page), /Complete\./);
    assert.match(await balance(page), /Balance\s+\$5\s*\.00/);
    await (await buy(page, "7")).waitFor({ state: "hidden" });
    await bank.getByRole("button", { name: "Refuse" }).click();
    await until(() => attention(page), /The purchase of \$7\.00 was declined/);
  }));

test("PM-10: a card waits for its $0 hold, and is linked when that is approved", () =>
  story({}, async ({ page, main }) => {
    await link(page, "Approve once, 3155");
    await until(() => text(main), /Waits for its \$0\.00 hold: Visa ending 3155/);
    const bank = region(page, "Approve in your bank’s app");
    await bank.getByRole("button", { name: "Approve" }).click();
    await until(() => text(region(page, "Linked card")), /^\s*Linked card\s+Visa ending 3155/);
    await bank.waitFor({ state: "detached" });
    await link(page, "Approve once, 3155");
    await bank.getByRole("button", { name: "Refuse" }).click();
    await until(() => text(main), /The hold of \$0\.00 was declined/);
    assert.match(await text(region(page, "Linked card")), /Visa ending 3155/);
  }));

test("IN-1, IN-3, CR-9: the month ends, the 3rd charges, a failed charge is past due and is paid by card", () =>
  story({ account: "Near the −$100 limit" }, async ({ page }) => {
    await jump(page, "To the end of the month");
    const invoices = region(page, "Unpaid invoices");
    await until(() => text(invoices), /Usage in November 2025\s+\$96\.42 will be charged to the linked card on 3 December 2025/);
    await link(page, "Links, and fails later, 0341");
    await goTo(page, "Overview");
    await jump(page, "To the 3rd");
    await until(() => attention(page), /\$96\.42 is past due\. Access stops until it is paid/);
    assert.match(await attention(page), /The charge of \$96\.42 was declined/);
    assert.deepEqual(await accessibilityProblems(page), []);
    await link(page, "Visa, 4242");
    await page.getByText(/Linked: Visa/).waitFor();
    await goTo(page, "Overview");
    await region(page, "Needs your attention").getByRole("button", { name: "Pay $96.42 by card" }).first().click();
    await confirmed(page);
    await until(() => text(invoices), /\$96\.42 is being charged/);
    await invoices.waitFor({ state: "detached" });
    assert.match(await balance(page), /\$0\s*\.00/);
    // TI-2: a paid bill is spend.
    await until(() => text(region(page, "Tier")), /\$276\.42/);
  }));

test("UC-4: what runs is shown with its cost, and stops", () =>
  story({ account: "Idle endpoint, auto-recharge" }, async ({ page }) => {
    const charges = region(page, "Charges this month");
    assert.match(await text(charges), /support-chat[\s\S]*\$1\.20 an hour; \$\d+\.\d\d since the last request/);
    assert.match(await text(charges), /1 deployment runs without requests, for \$1\.20 an hour/);
    assert.match(await text(region(page, "Auto-recharge")), /Buys \$25\.00 whenever the balance falls below \$10\.00/);
    await jump(page, "+1 hour");
    await charges.getByRole("button", { name: "Stop support-chat" }).click();
    await confirmed(page);
    await until(() => text(charges), /Nothing runs that costs money by itself/);
  }));

test("time that jumps plays everything in between", () =>
  story({ account: "Idle endpoint, auto-recharge" }, async ({ page }) => {
    await jump(page, "To the end of the month");
    await until(() => text(region(page, "Sandbox")), /1 January 2026\s+00:00:0\d UTC/);
    const seen = await balance(page);
    assert.match(seen, /Access is open/);
    const dollars = Number(/\$(\d+)\s*\.(\d\d)/.exec(seen).slice(1).join("."));
    assert.ok(dollars >= 8 && dollars < 36, seen);
  }));

test("TI-8: a tier that is kept from following says what to do, and what to write to support", () =>
  story({}, async ({ page }) => {
    await openControls(page);
    await page.getByLabel("Keep the tier from following").check();
    await link(page, "Visa, 4242");
    await goTo(page, "Overview");
    await (await buy(page, "5")).waitFor({ state: "hidden" });
    await jump(page, "+1 hour");
    await until(() => attention(page), /Build Tier 1 was paid for on .* and should be there, but Limited still holds/);
    assert.match(await attention(page), /My account has paid for Build Tier 1 and does not have it/);
    await page.getByRole("button", { name: "Settle the tier now" }).click();
    await until(() => text(region(page, "Tier")), /^\s*Tier\s+Build Tier 1/);
  }));

test("a reload keeps the account, the clock, and what the bank still has to say", () =>
  story({}, async ({ page }) => {
    await link(page, "Elevated risk, 9235");
    await goTo(page, "Overview");
    await (await buy(page, "30")).waitFor({ state: "hidden" });
    await jump(page, "+1 minute");
    await until(() => underWay(page), /still under way after 1 minute/);
    await until(() => stored(page), /"purchase_started".*"30\.00"/);
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
    await until(() => underWay(page), /Purchase of \$30\.00[\s\S]*1:\d\d so far/);
    await jump(page, "+1 hour");
    await until(() => balance(page), /\$30\s*\.00/);
    await until(() => stored(page), /"balance_updated"/);
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
    assert.match(await balance(page), /\$30\s*\.00/);
    assert.match(await text(page.getByRole("main")), /Visa ending 9235/);
  }));

test("two tabs agree", () =>
  story({ account: "Build Tier 2" }, async ({ page, context }) => {
    const other = await context.newPage();
    await other.goto(BASE_URL);
    await until(() => balance(other), /\$38\s*\.20/);
    await (await buy(page, "12")).waitFor({ state: "hidden" });
    await until(() => balance(page), /\$50\s*\.20/);
    await until(() => balance(other), /\$50\s*\.20/);
    await openControls(other);
    await other.getByLabel("Free credits", { exact: true }).fill("3");
    await other.getByRole("button", { name: "Grant free credits" }).click();
    await until(() => balance(other), /\$53\s*\.20/);
    await until(() => balance(page), /\$53\s*\.20/);
  }));

test("a history goes out as a file and comes in again; a wrong line is named", () =>
  story({ account: "Past due" }, async ({ page }) => {
    await openControls(page);
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export the history" }).click();
    const file = await (await downloading).path();
    const lines = readFileSync(file, "utf8");
    assert.match(lines, /"kind":"invoice_past_due"/);
    await choose(page, "New account");
    await page.getByLabel("Import a history").setInputFiles({ name: "h.jsonl", mimeType: "text/plain", buffer: Buffer.from(lines) });
    await page.getByText("The history is imported.").waitFor();
    await until(() => attention(page), /\$12\.40 is past due/);
    const wrong = lines.replace(/"kind":"card_linked"/, '"kind":"card_lost"');
    const path = join(tmpdir(), `wrong-${process.pid}.jsonl`);
    writeFileSync(path, wrong);
    await page.getByLabel("Import a history").setInputFiles(path);
    await page.getByText(/Line 1 cannot be read/).waitFor();
    assert.match(await attention(page), /\$12\.40 is past due/);
    await page.getByRole("button", { name: "Begin this account again" }).click();
    await until(() => balance(page), /\$0\s*\.00/);
  }));

for (const scheme of ["light", "dark"]) {
  test(`everything under way, declined and asked passes axe-core and fits 320 pixels, ${scheme}`, () =>
    story({ scheme, width: 320, height: 700 }, async ({ page }) => {
      await link(page, "Approve every payment, 3184");
      await goTo(page, "Overview");
      await (await buy(page, "5")).waitFor({ state: "hidden" });
      await region(page, "Approve in your bank’s app").waitFor();
      await openControls(page);
      assert.deepEqual(await accessibilityProblems(page), []);
      assert.equal(await sidewaysScroll(page), 0);
      await region(page, "Approve in your bank’s app").getByRole("button", { name: "Refuse" }).click();
      await until(() => attention(page), /was declined/);
      assert.deepEqual(await accessibilityProblems(page), []);
      assert.equal(await sidewaysScroll(page), 0);
      await goTo(page, "Payment method");
      assert.deepEqual(await accessibilityProblems(page), []);
      assert.equal(await sidewaysScroll(page), 0);
    }));
}
