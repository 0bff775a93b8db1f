// The overview, as customers in every state see it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessibilityProblems, BASE_URL, launch, open, sidewaysScroll } from "./browser.mjs";
import { ACCOUNTS, choose, follow, goTo, link, openControls, region, reviewed, text, until } from "./life.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

async function story(t, options, live) {
  const { context, page, watched } = await open(browser, options);
  try {
    await live(page, watched);
    assert.deepEqual(watched.complaints, []);
    assert.deepEqual(watched.foreign, []);
  } finally {
    await context.close();
  }
}

test("a new account is told what opens access, and buys exactly that", (t) =>
  story(t, {}, async (page) => {
    await choose(page, "New account");
    const needed = region(page, "Needs your attention");
    assert.match(await text(needed), /Access needs \$5\.00 of actual purchases; so far there are none\./);
    await link(page, "Visa, 4242");
    await page.getByText(/Linked: Visa ending 4242/).waitFor();
    await goTo(page, "Overview");
    await needed.getByRole("button", { name: "Buy $5.00" }).first().click();
    const dialog = page.getByRole("dialog", { name: "Add credits" });
    assert.equal(await dialog.getByLabel("Amount to buy now").inputValue(), "5.00");
    await dialog.getByRole("button", { name: "Buy $5.00" }).click();
    await reviewed(dialog);
    await dialog.waitFor({ state: "hidden" });
    await needed.waitFor({ state: "detached" });
    assert.match(await text(region(page, "Balance")), /Access is open/);
    await until(() => text(region(page, "Under way")), /Build Tier 1 is paid for and follows within/);
  }));

test("free credits alone give no access, and both kinds are told apart", (t) =>
  story(t, {}, async (page) => {
    await choose(page, "Free credits only");
    const balance = await text(region(page, "Balance"));
    assert.match(balance, /\$20\.00/);
    assert.match(balance, /Purchased credits\s+\$0\.00/);
    assert.match(balance, /Free credits\s+\$20\.00/);
    assert.match(await text(region(page, "Needs your attention")), /\$20\.00 of free credits do not count/);
    assert.match(await text(page.getByRole("main")), /\$20\.00 of free and \$0\.00 of purchased credits; the tier is Limited/);
  }));

test("Build Tier 2 sees what reaches Build Tier 3", (t) =>
  story(t, {}, async (page) => {
    await choose(page, "Build Tier 2");
    const tier = region(page, "Tier");
    assert.match(await text(tier), /\$37\.50 more: buying \$37\.50 reaches Build Tier 3\./);
    const limits = tier.getByRole("table", { name: "Rate limits" });
    assert.match(await text(limits), /1,800\s+3,000/);
    assert.equal(await region(page, "Needs your attention").count(), 0);
  }));

test("the policy decides whether an account near its limit has access", (t) =>
  story(t, {}, async (page) => {
    await choose(page, "Near the −$100 limit");
    assert.match(await text(region(page, "Balance")), /Access is open/);
    await follow(page, /Credit limit/);
    assert.match(await text(region(page, "Balance")), /Access is open/);
    await follow(page, /Prepaid/);
    const needed = region(page, "Needs your attention");
    assert.match(await text(needed), /The balance of −\$96\.42 is below zero\./);
    await needed.getByRole("button", { name: "Buy $96.43" }).waitFor();
  }));

test("AC-1: access that stops within hours needs action before it does", (t) =>
  story(t, {}, async (page) => {
    await choose(page, "Near the −$100 limit");
    const needed = region(page, "Needs your attention");
    assert.match(await text(needed), /At this rate access stops in about 5 hours, on 27 November 2025\./);
    assert.match(await text(region(page, "Balance")), /At this rate access stops in about 5 hours/);
    assert.deepEqual(await accessibilityProblems(page), []);
    await needed.getByRole("button", { name: "Set up auto-recharge" }).click();
    const dialog = page.getByRole("dialog", { name: "Add credits" });
    assert.equal(await page.evaluate(() => document.activeElement.id), "recharge-amount");
    await page.keyboard.press("Escape");
    await needed.getByRole("button", { name: "Add credits" }).click();
    await dialog.getByLabel("Amount to buy now").fill("50");
    await dialog.getByRole("button", { name: "Buy $50.00" }).click();
    await dialog.getByRole("button", { name: "Confirm and buy for $50.00" }).click();
    await needed.waitFor({ state: "detached" });
    await choose(page, "Build Tier 2");
    assert.equal(await needed.count(), 0);
  }));

test("a past-due invoice stops access and is not paid by credits", (t) =>
  story(t, {}, async (page) => {
    await choose(page, "Past due");
    assert.match(
      await text(region(page, "Needs your attention")),
      /\$12\.40 is past due\. Access stops until it is paid; credits do not pay it\./,
    );
  }));

test("a contract is judged by its own terms", (t) =>
  story(t, {}, async (page) => {
    await choose(page, "Enterprise contract");
    assert.match(await text(region(page, "Balance")), /Access is open/);
    assert.match(await text(region(page, "Tier")), /Enterprise/);
  }));

test("what the sandbox does is followed at once, and a wrong figure is refused beside its field", (t) =>
  story(t, {}, async (page) => {
    await choose(page, "Build Tier 2");
    await openControls(page);
    const cost = page.getByLabel("Cost of usage");
    await cost.fill("1e3");
    assert.equal(await cost.getAttribute("aria-invalid"), "true");
    await page.getByRole("button", { name: "Use credits" }).click();
    assert.match(await text(region(page, "Balance")), /\$38\s*\.20/);
    await cost.fill("8.20");
    await page.getByRole("button", { name: "Use credits" }).click();
    await until(() => text(region(page, "Balance")), /\$30\s*\.00/);
    // CR-10: free credits are used first.
    assert.match(await text(region(page, "Balance")), /Free credits\s+\$1\.80/);
    await page.getByLabel("Cost of a minute").fill("100");
    await page.getByRole("button", { name: "Start a deployment" }).click();
    await page.getByRole("heading", { name: "This was not done" }).waitFor();
    assert.match(await text(page.locator("details.controls")), /CR-2/);
    await page.locator("details.controls").getByRole("button", { name: /^Buy \$/ }).waitFor();
  }));

test("every rule that is cited opens in place", (t) =>
  story(t, {}, async (page) => {
    await choose(page, "New account");
    await region(page, "Needs your attention").getByText("AC-2").first().click();
    await page.getByText("Below $5.00 of actual purchases there is no access").first().waitFor();
  }));

test("what an account may use is answered with reasons", (t) =>
  story(t, {}, async (page) => {
    await choose(page, "New account");
    const usage = region(page, "What may this account use?");
    await usage.getByLabel("Model").selectOption({ label: "Flux1.1 [pro]" });
    assert.match(await text(usage), /Refused with status 401/);
    assert.match(await text(usage), /is open from Build Tier 2 on/);
    await choose(page, "Build Tier 2");
    await usage.getByLabel("Request", { exact: true }).selectOption({ label: "Fine-tuning job" });
    await usage.getByLabel("Cost to start it").fill("38.20");
    assert.match(await text(usage), /Allowed\./);
    assert.match(await text(usage), /\$10\.00 of free and \$28\.20 of purchased credits/);
    await usage.getByLabel("Cost to start it").fill("38.21");
    assert.match(await text(usage), /Refused with status 402/);
  }));

test("addresses, titles, back, forward and reload work", (t) =>
  story(t, {}, async (page) => {
    assert.match(await page.title(), /^Overview/);
    await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Payment method" }).click();
    await page.getByRole("heading", { level: 1, name: "Payment method" }).waitFor();
    assert.equal(new URL(page.url()).pathname, "/payment-method");
    assert.match(await page.title(), /^Payment method/);
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "Payment method" }).waitFor();
    await page.goBack();
    await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
    await page.goForward();
    await page.getByRole("heading", { level: 1, name: "Payment method" }).waitFor();
  }));

test("back leaves a page whose field has the focus", (t) =>
  story(t, {}, async (page) => {
    await goTo(page, "Tiers and limits");
    await page.getByRole("heading", { level: 1, name: "Tiers and limits" }).waitFor();
    await page.locator("#own-limit").fill("7");
    await page.goBack();
    await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
    assert.equal(await page.locator("#crashed").isVisible(), false);
  }));

test("the served page has a strict content security policy", async () => {
  const policy = (await fetch(BASE_URL)).headers.get("content-security-policy");
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /script-src 'self' 'wasm-unsafe-eval'(;|$)/);
  assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'/);
});

for (const scheme of ["light", "dark"]) {
  test(`every account passes axe-core, ${scheme}`, (t) =>
    story(t, { scheme }, async (page) => {
      for (const account of ACCOUNTS) {
        for (const policy of [/Prepaid/, /Credit limit/]) {
          await choose(page, account);
          await follow(page, policy);
          assert.deepEqual(await accessibilityProblems(page), [], `${account}, ${policy}`);
        }
      }
      for (const summary of await page.locator("summary:visible").all()) await summary.click();
      assert.deepEqual(await accessibilityProblems(page), [], "everything opened");
    }));
}

for (const width of [320, 375, 768, 1440, 2200]) {
  test(`nothing is wider than a window of ${width} pixels`, (t) =>
    story(t, { width }, async (page) => {
      for (const account of ACCOUNTS) {
        await choose(page, account);
        assert.equal(await sidewaysScroll(page), 0, account);
      }
      for (const summary of await page.locator("summary:visible").all()) await summary.click();
      assert.equal(await sidewaysScroll(page), 0, "everything opened");
    }));
}
