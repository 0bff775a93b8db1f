// Tiers and limits: what an account has, what the next tier costs, which models are open, and the own balance limit.
import assert from "node:assert/strict";
import { test } from "node:test";
import { accessibilityProblems, sidewaysScroll } from "./browser.mjs";
import { ACCOUNTS, choose, confirmed, done, follow, goTo, jump, link, openControls, region, reviewed, stories, text, until } from "./life.mjs";

const story = stories("/tiers", "Build Tier 2");

const yours = (page) => text(region(page, "Your tier"));
const models = (page) => text(region(page, "Models"));
const row = (page, name) => page.getByRole("table", { name: "All tiers" }).getByRole("row", { name: new RegExp(`^${name}`) });
const limit = (page) => text(region(page, "Balance limit"));

/** Buys what the open dialog offers. */
async function confirm(page, amount) {
  const dialog = page.getByRole("dialog", { name: "Add credits" });
  assert.equal(await dialog.getByLabel("Amount to buy now").inputValue(), amount);
  await dialog.getByRole("button", { name: `Buy $${amount}` }).last().click();
  await reviewed(dialog);
  await dialog.waitFor({ state: "hidden" });
}

test("TI-4, TI-8: Build Tier 2 sees what reaches Build Tier 3, buys it, and has it a little later", () =>
  story({}, async (page) => {
    assert.match(await yours(page), /Build Tier 2\s+\$37\.50 more: buying \$37\.50 reaches Build Tier 3\./);
    assert.match(await text(row(page, "Build Tier 2")), /You are here\s+\$50\.00\s+1,800\s+5,000\s+1,500,000\s+\$0\.00/);
    await row(page, "Build Tier 5").getByRole("button", { name: "Buy $937.50" }).waitFor();
    await row(page, "Build Tier 3").getByRole("button", { name: "Buy $37.50" }).click();
    await confirm(page, "37.50");
    await until(() => yours(page), /Build Tier 3 is paid for and follows within 15 minutes; until then Build Tier 2 holds/);
    assert.match(await yours(page), /The tier: 1[45]:\d\d to go/);
    assert.match(await yours(page), /buying \$150\.00 reaches Build Tier 4/);
    assert.match(await text(row(page, "Build Tier 3")), /paid for, follows/);
    assert.deepEqual(await accessibilityProblems(page), []);
    await jump(page, "+1 minute");
    await until(() => text(row(page, "Build Tier 3")), /You are here/);
    assert.match(await yours(page), /^Your tier\s+Build Tier 3/);
  }));

test("TI-5: a model that is closed names the purchase that opens it", () =>
  story({ account: "New account" }, async (page) => {
    assert.match(await models(page), /access is stopped now[\s\S]*Access needs \$5\.00 of actual purchases/);
    assert.match(await models(page), /Open in this tier\s+None yet\./);
    await link(page, "Visa, 4242");
    await page.getByText(/Linked: Visa/).waitFor();
    await goTo(page, "Tiers and limits");
    const closed = region(page, "Models").locator(".models").filter({ hasText: "Open from Build Tier 2 on" });
    assert.match(await text(closed), /Flux\.1 \[pro\]\s+Flux1\.1 \[pro\]/);
    await closed.getByRole("button", { name: "Buy $50.00" }).click();
    await confirm(page, "50.00");
    await until(() => text(closed), /Wait up to 30 minutes/);
    await jump(page, "+1 minute");
    await until(() => models(page), /Open now\s+[\s\S]*Flux1\.1 \[pro\]/);
    assert.equal(await closed.count(), 0);
  }));

test("AC-6: the own balance limit is refused above the ceiling, set, and cleared", () =>
  story({ account: "Near the −$100 limit" }, async (page) => {
    assert.match(await limit(page), /Usage stops when the balance reaches −.\$100\.00\./);
    const field = page.getByLabel("How far below zero the balance may go");
    const set = page.getByRole("button", { name: "Set the limit" });
    await field.fill("150");
    await set.click();
    await page.getByText("A limit of $150.00 is above the $100.00 that this account may set.").waitFor();
    assert.equal(await field.getAttribute("aria-invalid"), "true");
    assert.equal(await page.evaluate(() => document.activeElement.id), "own-limit");
    assert.deepEqual(await accessibilityProblems(page), []);
    await field.fill("ten");
    assert.equal(await field.getAttribute("aria-invalid"), null);
    await set.click();
    assert.equal(await field.getAttribute("aria-invalid"), "true");
    await field.fill("98");
    await field.press("Enter");
    await until(() => limit(page), /Usage stops when the balance reaches −.\$98\.00\.[\s\S]*Your own limit\s+\$98\.00/);
    await page.getByText("Your own limit is $98.00.").waitFor();
    const warning = page.getByText("This stops access now: the balance is −$96.42.");
    await field.fill("96.43");
    assert.equal(await warning.count(), 0);
    await field.fill("50");
    await warning.waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    await set.click();
    assert.match(await confirmed(page), /Set the limit to \$50\.00\?\s+This stops access now: the balance is −\$96\.42\./);
    await until(() => text(done(page)), /Your own limit is \$50\.00, and access is stopped\./);
    const box = await done(page).boundingBox();
    assert.ok(box.y >= 0 && box.y < 900, "it is said where the person is");
    assert.equal(await field.inputValue(), "");
    // AC-1: the balance of −$96.42 is below −$50.00.
    await until(() => models(page), /access is stopped now/);
    await page.getByRole("button", { name: "Clear your own limit" }).click();
    await until(() => limit(page), /Usage stops when the balance reaches −.\$100\.00\.[\s\S]*Your own limit\s+none/);
    assert.equal(await page.getByRole("button", { name: "Clear your own limit" }).count(), 0);
    assert.doesNotMatch(await models(page), /access is stopped now/);
  }));

test("the limits follow the policy in force", () =>
  story({}, async (page) => {
    assert.match(await limit(page), /Usage stops when the balance reaches \$0\.00\./);
    await follow(page, /Credit limit/);
    assert.match(await limit(page), /Usage stops when the balance reaches −.\$100\.00\./);
    assert.match(await text(row(page, "Build Tier 5")), /\$100\.00, assumed/);
  }));

test("AC-7: a contract overrides the tiers, and says so", () =>
  story({ account: "Enterprise contract" }, async (page) => {
    assert.match(await yours(page), /Enterprise\s+The Enterprise contract overrides the tiers/);
    assert.match(await limit(page), /Usage stops when the balance reaches −.\$5,000\.00\./);
    assert.match(await models(page), /Open now\s+[\s\S]*Flux1\.1 \[pro\]/);
    assert.equal(await page.getByRole("main").getByRole("button", { name: /^Buy/ }).count(), 0);
  }));

test("TI-8: a tier that does not follow says what to do, and what to write to support", () =>
  story({}, async (page) => {
    await openControls(page);
    await page.getByLabel("Keep the tier from following").check();
    await region(page, "Your tier").getByRole("button", { name: "Buy $37.50" }).click();
    await confirm(page, "37.50");
    await jump(page, "+1 hour");
    await until(() => yours(page), /Load the page again, ask for the models again, sign in again; then contact support\./);
    assert.match(await yours(page), /My account has paid for Build Tier 3 and does not have it\.\s+Time of purchase: .* UTC/);
    await region(page, "Your tier").getByRole("button", { name: "Copy the text" }).waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
  }));

test("in German", () =>
  story({ locale: "de-DE" }, async (page) => {
    assert.match(await text(region(page, "Ihre Stufe")), /Noch \$37\.50: Mit einem Kauf von \$37\.50 ist Build Tier 3 erreicht\./);
    assert.equal(await page.locator("html").getAttribute("lang"), "de");
  }));

for (const scheme of ["light", "dark"]) {
  test(`every account passes axe-core, ${scheme}`, () =>
    story({ scheme }, async (page) => {
      for (const account of ACCOUNTS) {
        await choose(page, account);
        assert.deepEqual(await accessibilityProblems(page), [], account);
      }
    }));
}

for (const width of [320, 375, 768, 1000, 1440]) {
  test(`nothing is wider than a window of ${width} pixels`, () =>
    story({ width }, async (page) => {
      for (const account of ACCOUNTS) {
        await choose(page, account);
        assert.equal(await sidewaysScroll(page), 0, account);
      }
      assert.deepEqual(await accessibilityProblems(page), []);
    }));
}
