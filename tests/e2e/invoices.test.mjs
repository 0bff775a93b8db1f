// The billing history: months that end, what they record, what is due, and the files.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { accessibilityProblems, BASE_URL, launch, open, sidewaysScroll } from "./browser.mjs";
import { ACCOUNTS, buy, choose, confirmed, done, goTo, jump, link, region, reviewed, text, until } from "./life.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

async function story({ account = "Past due", ...options }, live) {
  const { context, page, watched } = await open(browser, { path: "/invoices", ...options });
  try {
    await choose(page, account);
    await live(page, page.getByRole("main"));
    assert.deepEqual(watched.complaints, []);
    assert.deepEqual(watched.foreign, []);
  } finally {
    await context.close();
  }
}

const row = (page, month) => page.getByRole("row", { name: new RegExp(`^${month}`) });

/** Opens a month's invoice from the list. */
async function openMonth(page, month) {
  await page.getByRole("link", { name: month, exact: true }).click();
  await page.getByRole("heading", { level: 1, name: `Invoice for ${month}` }).waitFor();
}

/** Presses a button and reads the file that comes. */
async function downloaded(page, name) {
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name }).click();
  const download = await downloading;
  return { name: download.suggestedFilename(), contents: readFileSync(await download.path(), "latin1") };
}

test("IN-1, IN-3: the month ends, is due on the 3rd, past due when the card fails, and paid by another card", () =>
  story({ account: "Near the −$100 limit" }, async (page, main) => {
    assert.match(await text(row(page, "November 2025")), /So far\s+\$276\.42\s+\$180\.00\s+\$96\.42/);
    await openMonth(page, "November 2025");
    assert.match(await text(main), /The month is still open\. Its invoice is drawn on 1 December 2025/);
    await goTo(page, "Invoices");
    await jump(page, "To the end of the month");
    await until(() => text(row(page, "November 2025")), /Due on 3 December 2025\s+\$276\.42\s+\$180\.00\s+\$96\.42/);
    await link(page, "Links, and fails later, 0341");
    await goTo(page, "Invoices");
    await jump(page, "To the 3rd");
    await until(() => text(row(page, "November 2025")), /Past due/);
    await openMonth(page, "November 2025");
    const due = region(page, "Due");
    assert.match(await text(due), /\$96\s*\.42\s+Past due/);
    assert.match(await text(due), /Credits do not pay an earlier invoice: pay it by card\.\s*Rule\s+CR-9/);
    await region(page, "The charge of $96.42 was declined").waitFor();
    assert.match(await text(region(page, "Summary")), /Covered by purchased credits\s+−\$180\.00[\s\S]*Due\s+\$96\.42/);
    const services = page.getByRole("table", { name: "Usage of services" });
    assert.match(await text(services), /Serverless requests\s+deepseek-v3\s+2\s+155,000,000\s+\$193\.75/);
    assert.deepEqual(await accessibilityProblems(page), []);
    await link(page, "Visa, 4242");
    await page.getByText(/Linked: Visa/).waitFor();
    await goTo(page, "Invoices");
    await openMonth(page, "November 2025");
    await due.getByRole("button", { name: "Pay $96.42 by card" }).click();
    assert.match(await confirmed(page), /\$96\.42 is charged once to Visa ending 4242\./);
    await until(() => text(done(page)), /\$96\.42 is being charged to Visa ending 4242\./);
    await until(() => text(done(page)), /\$96\.42 is paid\.$/);
    await until(() => text(region(page, "Paid")), /\$96\.42 was paid by card on 3 December 2025\./);
    assert.equal(await due.count(), 0);
    await goTo(page, "Invoices");
    assert.match(await text(row(page, "November 2025")), /Paid on 3 December 2025/);
  }));

test("CR-8, CR-9: why did my credits not pay this invoice", () =>
  story({}, async (page) => {
    await openMonth(page, "November 2025");
    const due = region(page, "Due");
    assert.match(
      await text(due),
      /The \$20\.00 of credits bought since 1 December 2025 pay for usage from then on\. The \$12\.40 were invoiced before, so they do not pay it\./,
    );
    await due.getByRole("button", { name: /CR-9/ }).last().click();
    await page.getByText("Credits bought after an invoice was drawn never pay that invoice").last().waitFor();
  }));

test("IN-2: a $0 invoice is issued, and records tokens and models", () =>
  story({ account: "Build Tier 2" }, async (page, main) => {
    await jump(page, "To the end of the month");
    await until(() => text(row(page, "December 2025")), /Covered\s+\$34\.30\s+\$34\.30\s+\$0\.00/);
    await openMonth(page, "December 2025");
    assert.match(await text(main), /Credits covered all of it: nothing is due\.\s*Rule\s+IN-2/);
    assert.match(await text(page.getByRole("table", { name: "Usage of services" })), /llama-3\.3-70b\s+1\s+18,400,000\s+\$21\.80/);
    assert.equal(await main.getByRole("button", { name: /^Pay/ }).count(), 0);
  }));

test("UC-5: deployments stand apart, to the minute", () =>
  story({ account: "Idle endpoint, auto-recharge" }, async (page) => {
    await openMonth(page, "December 2025");
    const table = page.getByRole("table", { name: "Deployments" });
    assert.match(await text(table), /support-chat\s+4,8[67]\d\s+\$97\.\d\d/);
    await jump(page, "+1 hour");
    await until(() => text(table), /support-chat\s+4,9[23]\d\s+\$98\.\d\d/);
  }));

test("PM-11: the bank's approval of an invoice's charge is waited for, and given", () =>
  story({ account: "Near the −$100 limit" }, async (page) => {
    await link(page, "Approve every payment, 3184");
    const bank = region(page, "Approve in your bank’s app");
    await page.getByText(/Linked: Visa ending 3184/).waitFor();
    await goTo(page, "Invoices");
    await jump(page, "To the 3rd");
    await until(() => text(bank), /Your bank asks about \$96\.42 for the invoice 2025-11\./);
    await openMonth(page, "November 2025");
    assert.match(await text(region(page, "Due")), /Your bank has waited since .* for you to approve \$96\.42/);
    assert.deepEqual(await accessibilityProblems(page), []);
    await bank.getByRole("button", { name: "Approve" }).click();
    await until(() => text(region(page, "Paid")), /was paid by card on 3 December 2025/);
  }));

test("IN-4: an invoice comes as CSV and as PDF", () =>
  story({}, async (page) => {
    await openMonth(page, "November 2025");
    const csv = await downloaded(page, "Download CSV");
    assert.equal(csv.name, "invoice-2025-11.csv");
    assert.equal(
      csv.contents,
      [
        "invoice,kind,service,model,deployment,times,tokens,minutes,amount_usd",
        "2025-11,usage,serverless,llama-3.3-70b,,1,95000000,,112.40",
        "2025-11,carried_in,,,,,,,0.00",
        "2025-11,covered_by_free,,,,,,,0.00",
        "2025-11,covered_by_purchased,,,,,,,-100.00",
        "2025-11,carried_out,,,,,,,0.00",
        "2025-11,due,,,,,,,12.40",
        "",
      ].join("\r\n"),
    );
    const pdf = await downloaded(page, "Download PDF");
    assert.equal(pdf.name, "invoice-2025-11.pdf");
    assert.match(pdf.contents, /^%PDF-1\.\d/);
    assert.match(pdf.contents, /%%EOF\s*$/);
    for (const shown of ["Invoice for November 2025", "Past due", "llama-3.3-70b", "95,000,000", "$112.40", "$12.40"]) {
      assert.ok(pdf.contents.includes(`(${shown}) Tj`), shown);
    }
  }));

test("what draws the PDF is downloaded when it is asked for", async () => {
  const { context, page, watched } = await open(browser, { path: "/invoices" });
  try {
    await choose(page, "Past due");
    await openMonth(page, "November 2025");
    const drawing = () => watched.requested.filter((address) => /\/pdf-[0-9a-f]+\.wasm/.test(address)).length;
    assert.equal(drawing(), 0);
    await downloaded(page, "Download PDF");
    assert.equal(drawing(), 1);
  } finally {
    await context.close();
  }
});

test("an invoice has an address of its own: reload, back, forward, and one that is none", () =>
  story({}, async (page, main) => {
    await openMonth(page, "November 2025");
    assert.equal(new URL(page.url()).pathname, "/invoices/2025-11");
    assert.match(await page.title(), /^Invoice for November 2025/);
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "Invoice for November 2025" }).waitFor();
    await until(() => text(main), /\$12\.40 is past due/);
    await page.goBack();
    await page.getByRole("heading", { level: 1, name: "Invoices", exact: true }).waitFor();
    await page.goForward();
    await page.getByRole("heading", { level: 1, name: "Invoice for November 2025" }).waitFor();
    await page.getByRole("link", { name: "All invoices" }).click();
    await row(page, "November 2025").waitFor();
    await page.goto(`${BASE_URL}/invoices/2019-01`);
    await page.getByText("This account has no invoice for this month.").waitFor();
    await page.getByRole("link", { name: "All invoices" }).waitFor();
    await page.goto(`${BASE_URL}/invoices/last`);
    await page.getByRole("heading", { level: 1, name: "No such page" }).waitFor();
  }));

test("an account without usage is told what an invoice is", () =>
  story({ account: "New account" }, async (page, main) => {
    assert.match(await text(main), /There is no usage yet\. Every month with usage gets an invoice, even one of \$0\.00\./);
  }));

const purchases = (page) => page.getByRole("table", { name: "Credit purchases" });
const purchase = (page, nth) => text(purchases(page).getByRole("row").nth(nth));

test("IN-6: every purchase is listed with its card and what came of it, long after it is complete", () =>
  story({ account: "Build Tier 2" }, async (page, main) => {
    assert.match(await purchase(page, 1), /^9 December 2025\s+Complete\s+Purchase\s+Visa ending 4242\s+\$12\.50$/);
    assert.match(await purchase(page, 2), /^2 December 2025\s+Complete\s+Purchase\s+Visa ending 4242\s+\$50\.00$/);
    await goTo(page, "Overview");
    await buy(page, "7");
    await region(page, "Charges this month").getByRole("link", { name: "See credit purchases" }).click();
    await until(() => purchase(page, 1), /^11 December 2025\s+(Waits for the bank|Invoice being generated)\s+Purchase/);
    await jump(page, "+1 minute");
    await jump(page, "+1 hour");
    await until(() => purchase(page, 1), /^11 December 2025\s+Complete\s+Purchase\s+Visa ending 4242\s+\$7\.00$/);
    await link(page, "Links, and fails later, 0341");
    await page.getByText(/Linked: Visa ending 0341/).waitFor();
    await goTo(page, "Overview");
    await buy(page, "8");
    await jump(page, "+1 hour");
    await goTo(page, "Invoices");
    await until(() => purchase(page, 1), /^11 December 2025\s+Declined\s+Purchase\s+Visa ending 0341\s+\$8\.00$/);
    assert.match(await purchase(page, 2), /Visa ending 4242\s+\$7\.00$/);
    assert.deepEqual(await accessibilityProblems(page), []);
    await choose(page, "New account");
    const empty = region(page, "Credit purchases");
    assert.match(await text(empty), /No credits have been bought yet\./);
    await empty.getByRole("button", { name: "Add credits" }).click();
    await page.getByRole("dialog", { name: "Add credits" }).waitFor();
    assert.equal(await main.getByRole("table").count(), 0);
  }));

test("AR-5: of many purchases the newest are shown first, and all of them on demand", () =>
  story({ account: "Build Tier 2" }, async (page) => {
    await goTo(page, "Overview");
    await page.getByRole("button", { name: "Add credits" }).first().click();
    const dialog = page.getByRole("dialog", { name: "Add credits" });
    await dialog.getByLabel("Amount of each purchase").fill("5");
    await dialog.getByLabel("When the balance falls below").fill("150");
    await dialog.getByRole("button", { name: /^Save and buy/ }).click();
    await reviewed(dialog);
    await dialog.waitFor({ state: "hidden" });
    await jump(page, "+1 hour");
    await goTo(page, "Invoices");
    await until(() => purchase(page, 1), /Complete\s+Auto-recharge\s+Visa ending 4242\s+\$5\.00$/);
    assert.equal(await purchases(page).getByRole("row").count(), 21);
    await page.getByRole("button", { name: "Show all 25 purchases" }).click();
    await until(async () => String(await purchases(page).getByRole("row").count()), /^26$/);
    await until(() => page.evaluate(() => document.activeElement.id), /^purchases-heading$/);
    assert.match(await purchase(page, 25), /^2 December 2025/);
  }));

test("in German", () =>
  story({ locale: "de-DE" }, async (page) => {
    assert.match(await text(row(page, "November 2025")), /Überfällig/);
    await page.getByRole("link", { name: "November 2025", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Rechnung für November 2025" }).waitFor();
    const pdf = await downloaded(page, "PDF herunterladen");
    // Ü is no ASCII, so its text is written in hexadecimal: "Überfällig".
    assert.ok(pdf.contents.includes("<DC62657266E46C6C6967> Tj"));
  }));

for (const scheme of ["light", "dark"]) {
  test(`every account passes axe-core, ${scheme}`, () =>
    story({ scheme }, async (page) => {
      for (const account of ACCOUNTS) {
        await goTo(page, "Invoices");
        await choose(page, account);
        assert.deepEqual(await accessibilityProblems(page), [], account);
        const first = page.getByRole("table").getByRole("link").last();
        if ((await first.count()) > 0) {
          await first.click();
          await region(page, "Summary").waitFor();
          assert.deepEqual(await accessibilityProblems(page), [], `${account}, an invoice`);
        }
      }
    }));
}

for (const width of [320, 375, 768, 1440]) {
  test(`nothing is wider than a window of ${width} pixels`, () =>
    story({ width }, async (page) => {
      for (const account of ACCOUNTS) {
        await goTo(page, "Invoices");
        await choose(page, account);
        assert.equal(await sidewaysScroll(page), 0, account);
        const first = page.getByRole("table").getByRole("link").last();
        if ((await first.count()) > 0) {
          await first.click();
          await region(page, "Summary").waitFor();
          assert.equal(await sidewaysScroll(page), 0, `${account}, an invoice`);
        }
      }
    }));
}
