// Help: the common troubles, found by typing them, and answered from the account: the fact, the clause, the next step.
import assert from "node:assert/strict";
import { test } from "node:test";
import { accessibilityProblems, sidewaysScroll } from "./browser.mjs";
import { ACCOUNTS, buy, choose, confirmed, goTo, jump, link, openControls, region, reviewed, stories, text, until } from "./life.mjs";

const story = stories("/help", "Build Tier 2");

const field = (page) => page.getByLabel("What is the trouble?");
const questions = (page) => page.locator("ul.questions a").allInnerTexts();
const answer = (page) => text(region(page, "On this account"));
const rules = (page) => text(region(page, "The rule"));
const heading = (page, name) => page.getByRole("heading", { level: 1, name }).waitFor();

/** Types a trouble, and opens what fits best with the enter key. */
async function ask(page, typed, question) {
  await field(page).fill(typed);
  await until(async () => (await questions(page))[0] ?? "", new RegExp(`^${question.replace(/[?.]/g, "\\$&")}$`));
  await field(page).press("Enter");
  await heading(page, question);
  assert.equal(await page.evaluate(() => document.activeElement.id), "page-heading");
}

test("PD-1, PD-2: a payment was declined: what the bank says, what is known, and a list to tick off", () =>
  story({}, async (page) => {
    await link(page, "Links, and fails later, 0341");
    await page.getByText(/Linked: Visa ending 0341/).waitFor();
    await goTo(page, "Overview");
    await (await buy(page, "25")).waitFor({ state: "hidden" });
    await jump(page, "+1 minute");
    await goTo(page, "Help");
    await ask(page, "declined", "My payment was declined");
    const said = await until(() => answer(page), /The purchase of \$25\.00 was declined/);
    assert.match(said, /Rule\s+PD-\d/);
    const list = region(page, "On this account").getByRole("checkbox");
    assert.equal(await list.count() >= 10, true);
    await list.first().check();
    await list.nth(2).check();
    const ticked = () => page.locator("input[id^=help-check-]").evaluateAll((boxes) => boxes.map((box) => box.checked));
    const before = await ticked();
    assert.deepEqual(before.slice(0, 4), [true, false, true, false]);
    await page.getByRole("button", { name: "Deutsch" }).click();
    await heading(page, "Meine Zahlung wurde abgelehnt");
    assert.deepEqual(await ticked(), before);
    await page.getByRole("button", { name: "English" }).click();
    await heading(page, "My payment was declined");
    assert.deepEqual(await ticked(), before);
    await page.getByRole("link", { name: "Go to the payment method" }).waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.getByRole("button", { name: "Buy $25.00 again" }).click();
    const dialog = page.getByRole("dialog", { name: "Add credits" });
    assert.equal(await dialog.getByLabel("Amount to buy now").inputValue(), "25.00");
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "Go to the payment method" }).click();
    await link(page, "Visa, 4242");
    await page.getByText(/Linked: Visa ending 4242/).waitFor();
    await page.goBack();
    await heading(page, "My payment was declined");
    await until(() => answer(page), /No payment stands declined\./);
  }));

test("PD-1: a card whose charge was declined is not called fine", () =>
  story({ account: "Past due" }, async (page) => {
    await ask(page, "card not accepted", "My card is not accepted");
    await region(page, "The charge of $12.40 was declined").waitFor();
    assert.doesNotMatch(await answer(page), /Nothing speaks against/);
    await choose(page, "Build Tier 2");
    await until(() => answer(page), /Nothing speaks against the linked card\./);
  }));

test("IN-6: past purchases are found by what they are called elsewhere", () =>
  story({}, async (page) => {
    await ask(page, "receipt", "Where are my past purchases?");
    assert.match(await answer(page), /Purchases so far: 2\./);
    await page.getByRole("link", { name: "See credit purchases" }).click();
    await region(page, "Credit purchases").waitFor();
  }));

test("AC-2, CR-5: credits but no access: free credits do not count, and the purchase that opens access", () =>
  story({ account: "Free credits only" }, async (page) => {
    await until(async () => (await questions(page))[0], /^I have credits but no access$/);
    await ask(page, "I have credits but no access", "I have credits but no access");
    const said = await answer(page);
    assert.match(said, /Access needs \$5\.00 of actual purchases; so far there are none, and \$20\.00 of free credits do not count\.\s+Rule\s+AC-2/);
    assert.match(said, /The balance holds \$20\.00 of free and \$0\.00 of purchased credits/);
    assert.match(await rules(page), /Free credits and purchased credits are counted apart; free ones never raise a tier\.\s+Rule\s+CR-5/);
    await region(page, "On this account").getByRole("button", { name: "Buy $5.00" }).click();
    const dialog = page.getByRole("dialog", { name: "Add credits" });
    assert.equal(await dialog.getByLabel("Amount to buy now").inputValue(), "5.00");
    await page.keyboard.press("Escape");
    await link(page, "Visa, 4242");
    await page.getByText(/Linked: Visa/).waitFor();
    await page.goBack();
    await heading(page, "I have credits but no access");
    await region(page, "On this account").getByRole("button", { name: "Buy $5.00" }).click();
    await dialog.getByRole("button", { name: "Buy $5.00" }).last().click();
    await reviewed(dialog);
    await dialog.waitFor({ state: "hidden" });
    await jump(page, "+1 minute");
    await until(() => answer(page), /Access is open; \$25\.00 can be spent\./);
  }));

test("TI-8: the tier did not change: what to do, and what to write to support", () =>
  story({}, async (page) => {
    await openControls(page);
    await page.getByLabel("Keep the tier from following").check();
    await goTo(page, "Overview");
    await buy(page, "37.50");
    await jump(page, "+1 hour");
    await goTo(page, "Help");
    await ask(page, "tier did not change", "My tier did not change");
    const said = await until(() => answer(page), /Build Tier 3/);
    assert.match(said, /Load the page again, ask for the models again, sign in again; then contact support\.\s+Rule\s+TI-8/);
    assert.match(said, /My account has paid for Build Tier 3 and does not have it\./);
    await page.getByRole("button", { name: "Copy the text" }).waitFor();
    assert.equal(await page.locator(".support pre").getAttribute("lang"), "en");
    await page.getByRole("link", { name: "See tiers, models and limits" }).waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
  }));

test("UC-4: charged and did nothing: what runs is named, and stopped here", () =>
  story({ account: "Idle endpoint, auto-recharge" }, async (page) => {
    await ask(page, "charged and did nothing", "I was charged and did nothing");
    const said = await answer(page);
    assert.match(said, /1 deployment runs without requests, for \$1\.20 an hour\.[\s\S]*UC-4/);
    assert.match(said, /support-chat[\s\S]*\$59\.60/);
    await page.getByRole("button", { name: "Look at auto-recharge" }).waitFor();
    await page.getByRole("button", { name: "Stop support-chat" }).click();
    await confirmed(page);
    await until(() => answer(page), /Nothing runs that costs money by itself\./);
    assert.equal(await page.evaluate(() => document.activeElement.id), "answer-heading");
    await goTo(page, "Help");
    await until(() => text(page.getByRole("main")), /^(?![\s\S]*On your account now)/);
  }));

test("CR-9: an invoice is not paid with credits: the button that pays it by card", () =>
  story({ account: "Past due" }, async (page) => {
    await ask(page, "pay an invoice with credits", "Can I pay an invoice with credits?");
    const said = await answer(page);
    assert.match(said, /\$12\.40 is past due since 3 December 2025\. Credits do not pay an earlier invoice: pay it by card\.\s+Rule\s+CR-9/);
    await goTo(page, "Payment method");
    await link(page, "Visa, 4242");
    await page.getByText(/Linked: Visa ending 4242/).waitFor();
    await page.goBack();
    await heading(page, "Can I pay an invoice with credits?");
    await page.getByRole("button", { name: "Pay $12.40 by card" }).click();
    await confirmed(page);
    await jump(page, "+1 minute");
    await until(() => answer(page), /No invoice is unpaid\./);
  }));

test("AC-7: a contract is answered by its own terms", () =>
  story({ account: "Enterprise contract", path: "/help/balance-below-zero" }, async (page) => {
    assert.match(await answer(page), /Usage stops when the balance reaches −.?\$5,000\.00\.\s+Rule\s+AC-6[\s\S]*contract/);
    await goTo(page, "Help");
    await ask(page, "tier did not change", "My tier did not change");
    assert.match(await answer(page), /The tier is Enterprise/);
    assert.equal(await region(page, "On this account").getByRole("button", { name: /^Buy/ }).count(), 0);
  }));

test("what is typed narrows the list; where nothing fits that is said, and everything comes back", () =>
  story({}, async (page) => {
    assert.equal((await questions(page)).length, 23);
    await field(page).fill("invoice");
    await until(async () => String((await questions(page)).length), /^[2-9]$/);
    await field(page).fill("zzzz");
    await page.getByText("No question fits. Try another word, or fewer.").first().waitFor();
    assert.deepEqual(await questions(page), []);
    await field(page).press("Enter");
    assert.equal(new URL(page.url()).pathname, "/help");
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.getByRole("button", { name: "Show all questions" }).click();
    assert.equal((await questions(page)).length, 23);
    assert.equal(await field(page).inputValue(), "");
    assert.equal(await page.evaluate(() => document.activeElement.id), "help-search");
    // With nothing typed the enter key has nothing to open.
    await field(page).press("Enter");
    assert.equal(new URL(page.url()).pathname, "/help");
  }));

test("every question has an address, a title and an answer; back, forward and reload keep it", () =>
  story({ path: "/help/do-credits-expire" }, async (page) => {
    await heading(page, "Do credits expire?");
    assert.match(await page.title(), /^Do credits expire\?/);
    assert.match(await answer(page), /The \$38\.20 of credits on this account have no last day\.\s+Rule\s+CR-6/);
    await page.getByRole("link", { name: "All questions" }).click();
    await heading(page, "Help");
    assert.match(await page.title(), /^Help/);
    await page.getByRole("link", { name: "Is there a free trial?" }).click();
    await heading(page, "Is there a free trial?");
    assert.equal(new URL(page.url()).pathname, "/help/free-trial");
    await page.goBack();
    await heading(page, "Help");
    await page.goBack();
    await heading(page, "Do credits expire?");
    await page.goForward();
    await page.goForward();
    await heading(page, "Is there a free trial?");
    await page.reload();
    await heading(page, "Is there a free trial?");
    assert.match(await page.title(), /^Is there a free trial\?/);
    const entry = page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Help" });
    assert.equal(await entry.getAttribute("aria-current"), "true");
  }));

test("each of the 23 questions is answered on every account, with a clause, and passes axe-core", () =>
  story({}, async (page) => {
    const paths = await page.locator("ul.questions a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    assert.equal(new Set(paths).size, 23);
    for (const path of paths) {
      await page.locator(`ul.questions a[href="${path}"]`).click();
      await region(page, "On this account").waitFor();
      for (const account of ACCOUNTS) {
        await choose(page, account);
        assert.match(await answer(page), /On this account\s+\S[\s\S]*\b[A-Z]{2}-\d/, `${path}, ${account}`);
      }
      assert.deepEqual(await accessibilityProblems(page), [], path);
      await page.getByRole("link", { name: "All questions" }).click();
      await field(page).waitFor();
    }
  }));

const ANSWERS = ["/help", "/help/payment-declined", "/help/credits-but-no-access", "/help/charged-without-calls"];

for (const scheme of ["light", "dark"]) {
  test(`every account passes axe-core, ${scheme}`, () =>
    story({ scheme }, async (page) => {
      for (const path of ANSWERS) {
        if (path !== "/help") await page.locator(`ul.questions a[href="${path}"]`).click();
        for (const account of ACCOUNTS) {
          await choose(page, account);
          assert.deepEqual(await accessibilityProblems(page), [], `${path}, ${account}`);
        }
        if (path !== "/help") await page.getByRole("link", { name: "All questions" }).click();
      }
    }));
}

for (const width of [320, 375, 768, 1000, 1440]) {
  test(`nothing is wider than a window of ${width} pixels`, () =>
    story({ width }, async (page) => {
      for (const path of ANSWERS) {
        if (path !== "/help") await page.locator(`ul.questions a[href="${path}"]`).click();
        for (const account of ACCOUNTS) {
          await choose(page, account);
          assert.equal(await sidewaysScroll(page), 0, `${path}, ${account}`);
        }
        if (path !== "/help") await page.getByRole("link", { name: "All questions" }).click();
      }
    }));
}
