// Usage and deployments: what the month has cost so far, day by day, what runs, and why anything is charged.
import assert from "node:assert/strict";
import { test } from "node:test";
import { accessibilityProblems, sidewaysScroll } from "./browser.mjs";
import { ACCOUNTS, choose, confirmed, done, goTo, jump, link, openControls, region, reviewed, stories, text, until } from "./life.mjs";

const story = stories("/usage", "Build Tier 2");

const IDLE = { account: "Idle endpoint, auto-recharge" };
const month = (page) => text(page.getByRole("region", { name: /so far$/ }));
const rate = (page) => text(region(page, "At this rate"));
const running = (page) => text(region(page, "What runs"));
const why = (page) => text(region(page, "Why am I charged without calling the API?"));
/** What the present day has cost so far, from the table of days. */
const today = (page) => page.getByRole("table", { name: "Spend by day" }).getByRole("row").filter({ hasText: "so far" });

async function openDays(page) {
  await page.getByText("The days as a table").click();
  return page.getByRole("table", { name: "Spend by day" });
}

const dollars = (said) => Number(said.replace(/[$,]/g, ""));

/** A table's cells, row by row. */
const cells = (table) =>
  table.evaluate((it) => [...it.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.innerText.trim())));

test("UC-2, UC-4: an idle endpoint is found by what it costs, and stopped where it is found", () =>
  story(IDLE, async (page) => {
    const runs = await running(page);
    assert.match(runs, /support-chat\s+Dedicated endpoints: llama-3\.1-8b-tuned on 1 × L40S/);
    assert.match(runs, /An hour\s+\$1\.20/);
    assert.match(runs, /Since its last request, 9 December 2025\s+\$59\.60/);
    assert.match(await rate(page), /What runs costs \$1\.20 an hour\./);
    const stop = page.getByRole("button", { name: "Stop support-chat", exact: true });
    await stop.click();
    const asked = page.getByRole("dialog", { name: "Stop support-chat?" });
    assert.match(await text(asked), /It costs \$1\.20 an hour\. Stopped, it costs nothing more and answers nothing/);
    assert.equal(await page.evaluate(() => document.activeElement.id), "confirm-dialog-heading");
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.keyboard.press("Escape");
    await asked.waitFor({ state: "hidden" });
    assert.match(await running(page), /support-chat/);
    await stop.click();
    await confirmed(page);
    await until(() => text(done(page)), /support-chat is stopped; that saves \$1\.20 an hour\./);
    await until(() => running(page), /No deployment runs\./);
    assert.equal(await page.evaluate(() => document.activeElement.id), "running-heading");
    assert.equal(await page.getByRole("button", { name: "Stop support-chat" }).count(), 0);
    assert.match(await why(page), /Nothing runs that costs money by itself\./);
    assert.doesNotMatch(await why(page), /without requests/);
    // AR-2: what runs no longer uses the balance up.
    assert.doesNotMatch(await rate(page), /What runs costs/);
    const before = await month(page);
    await jump(page, "+1 hour");
    await page.getByText("19:00:").waitFor();
    assert.equal(await month(page), before);
    assert.deepEqual(await accessibilityProblems(page), []);
  }));

test("UC-4: why anything is charged without a call is answered with figure, clause and what can be done", () =>
  story(IDLE, async (page) => {
    const said = await why(page);
    assert.match(said, /1 deployment runs without requests, for \$1\.20 an hour\. It has cost \$59\.60 since the last request; stop what you do not need\.\s+Rule\s+UC-4/);
    // With auto-recharge the balance does not end then: that is said.
    assert.match(said, /without a purchase the balance lasts until 12 December 2025, 17:10 UTC\./);
    assert.match(said, /Auto-recharge made 3 of this month’s purchases, for \$75\.00\.\s+Rule\s+AR-5/);
    assert.match(said, /A dedicated endpoint costs by its hardware while it is active, used or not\.\s+Rule\s+UC-2/);
    await region(page, "Why am I charged").getByRole("button", { name: "AR-5" }).click();
    await page.getByRole("note").filter({ hasText: "AR-5" }).waitFor();
  }));

test("UC-5: each service, deployments and purchases stand apart, and their sum is the month", () =>
  story(IDLE, async (page) => {
    const said = await month(page);
    assert.match(said, /\$97\s*\.20/);
    assert.match(said, /Serverless requests\s+\$0\.00/);
    assert.match(said, /Dedicated endpoints\s+\$97\.20/);
    assert.match(said, /Credits bought, charged apart: \$125\.00\s+Rule\s+UC-5/);
    await openControls(page);
    await page.getByLabel("Service", { exact: true }).selectOption({ label: "Fine-tuning job" });
    await page.getByLabel("Cost of usage").fill("2.30");
    await page.getByRole("button", { name: "Use credits" }).click();
    await until(() => month(page), /\$99\s*\.50[\s\S]*Fine-tuning\s+\$2\.30[\s\S]*Dedicated endpoints\s+\$97\.20/);
    const models = await cells(page.getByRole("table", { name: "By service and model" }));
    assert.deepEqual(models.map((row) => [row[0], row.at(-1)]), [["Fine-tuning", "$2.30"], ["Dedicated endpoints", "$97.20"]]);
  }));

test("spend by day: the table has a row for each day, and its last row is the sum", () =>
  story({}, async (page) => {
    const rows = await cells(await openDays(page));
    const total = rows.at(-1);
    const days = rows.slice(0, -1);
    assert.equal(total[0], "Together");
    assert.match(days.at(-1)[0], /so far$/);
    assert.equal(days[0][0], "1 Dec");
    for (const column of [1, 2, 3]) {
      const sum = days.reduce((sum, row) => sum + dollars(row[column]), 0);
      assert.equal(sum.toFixed(2), dollars(total[column]).toFixed(2));
    }
    assert.equal(total[3], "$34.30");
    // The same days stand in the drawing: as many bars as days that cost something.
    const bars = await page.locator(".bars .services").getAttribute("d");
    assert.equal(bars.match(/M/g).length, days.filter((row) => dollars(row[1]) > 0).length);
    assert.match(await text(region(page, "Spend by day")), /most on a day: \$21\.80/);
  }));

test("what is used now is in today's row and in the rate at once", () =>
  story({}, async (page) => {
    await openDays(page);
    const before = await text(today(page));
    assert.match(await rate(page), /The balance lasts \d+ days, to about \d+ December 2025\./);
    const lasted = await rate(page);
    await openControls(page);
    await page.getByLabel("Cost of usage").fill("20");
    await page.getByRole("button", { name: "Use credits" }).click();
    await until(() => rate(page), /The balance lasts [23] days/);
    assert.notEqual(await rate(page), lasted);
    assert.notEqual(await text(today(page)), before);
  }));

test("another account is answered for itself", () =>
  story({}, async (page) => {
    assert.match(await rate(page), /Usage costs about \$3\.78 a day/);
    await choose(page, "Free credits only");
    await until(() => rate(page), /Access is stopped, so nothing is used at present\.\s+Rule\s+AC-1/);
    await choose(page, "Idle endpoint, auto-recharge");
    await until(() => rate(page), /Auto-recharge keeps the balance up; it buys next about 1[12] December 2025\./);
    await choose(page, "New account");
    assert.match(await text(region(page, "Spend by day")), /Nothing has been used this month\./);
    assert.match(await running(page), /No deployment runs\./);
    await choose(page, "Enterprise contract");
    assert.match(await month(page), /\$50,510\s*\.55/);
    assert.match(await text(region(page, "Spend by day")), /most on a day: \$26,870\.40/);
  }));

test("UC-1: a deployment that is started costs by the minute from then on", () =>
  story({}, async (page) => {
    await openControls(page);
    await page.getByLabel("Cost of a minute").fill("0.05");
    await page.getByRole("button", { name: "Start a deployment" }).click();
    await until(() => running(page), /endpoint-\d+[\s\S]*An hour\s+\$3\.00[\s\S]*Without any request\s+\$0\.00/);
    assert.match(await rate(page), /What runs costs \$3\.00 an hour\./);
    await jump(page, "+1 hour");
    await until(() => running(page), /Without any request\s+\$3\.(00|05)/);
    await until(() => month(page), /Dedicated endpoints\s+\$3\.(00|05)/);
  }));

test("the month leads to its invoice", () =>
  story({}, async (page) => {
    await page.getByRole("link", { name: "See the month as an invoice" }).click();
    await page.getByRole("heading", { level: 1, name: /Invoice.*December 2025/ }).waitFor();
  }));

test("AC-1, AR-2: the overview says how long the balance lasts, and follows what is done", () =>
  story({ path: "/" }, async (page) => {
    const balance = () => text(region(page, "Balance"));
    await until(balance, /The balance lasts 10 days, to about 21 December 2025\./);
    await page.getByRole("button", { name: "Add credits" }).first().click();
    const dialog = page.getByRole("dialog", { name: "Add credits" });
    await dialog.getByLabel("Amount to buy now").fill("100");
    await dialog.getByRole("button", { name: "Buy $100.00" }).last().click();
    await reviewed(dialog);
    await dialog.waitFor({ state: "hidden" });
    await until(balance, /The balance lasts 3\d days, to about \d+ January 2026\./);
    await choose(page, "Idle endpoint, auto-recharge");
    await until(balance, /Auto-recharge keeps the balance up; it buys next about 1[12] December 2025\./);
    assert.match(await text(region(page, "Auto-recharge")), /Next about 1[12] December 2025\./);
    await choose(page, "Free credits only");
    await until(balance, /^(?![\s\S]*(lasts|keeps))/);
  }));

test("what needs attention is told to a screen reader when it comes", () =>
  story({ path: "/", account: "New account" }, async (page) => {
    const heard = page.locator('output[aria-live="polite"]').first();
    await until(() => heard.evaluate((it) => it.textContent), /^$/);
    await link(page, "Visa, 4242");
    await page.getByText(/Linked: Visa/).waitFor();
    await goTo(page, "Overview");
    await choose(page, "Past due");
    await until(() => heard.evaluate((it) => it.textContent), /\$12\.40 is past due/);
  }));

for (const scheme of ["light", "dark"]) {
  test(`every account passes axe-core, ${scheme}`, () =>
    story({ scheme }, async (page) => {
      for (const account of ACCOUNTS) {
        await choose(page, account);
        await page.evaluate(() => document.querySelectorAll("main details").forEach((it) => (it.open = true)));
        assert.deepEqual(await accessibilityProblems(page), [], account);
      }
    }));
}

for (const width of [320, 375, 768, 1000, 1440]) {
  test(`nothing is wider than a window of ${width} pixels`, () =>
    story({ width }, async (page) => {
      for (const account of ACCOUNTS) {
        await choose(page, account);
        await page.evaluate(() => document.querySelectorAll("main details").forEach((it) => (it.open = true)));
        assert.equal(await sidewaysScroll(page), 0, account);
      }
    }));
}
