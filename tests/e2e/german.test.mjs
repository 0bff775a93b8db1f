// The page in German: whole, on every page and with every account; and back, with what was typed.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { accessibilityProblems, launch, open, sidewaysScroll } from "./browser.mjs";
import { chooseById as choose, drawn, noting, region, text, until } from "./life.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

async function story(options, live) {
  const { context, page, watched } = await open(browser, options);
  try {
    await live(page, context);
    assert.deepEqual(watched.complaints, []);
    assert.deepEqual(watched.foreign, []);
  } finally {
    await context.close();
  }
}

const GERMAN = { locale: "de-DE" };
const PAGES = ["/", "/payment-method", "/tiers", "/invoices", "/invoices/2025-11", "/usage", "/help", "/nowhere"];
/** What is no sentence: names, as they are called everywhere. */
const NAMES = /^(Isle of Man|Tristan da Cunha|Build Tier \d|Flux|Free Flux|Stable Diffusion|Dedicated|1 × |llama|qwen|deepseek|Visa|Mastercard|American Express)/;

const languageButton = (page, name) => page.locator("header").getByRole("button", { name });

/** Goes to an address without loading anything again. */
async function show(page, path) {
  await page.evaluate((to) => {
    history.pushState(null, "", to);
    dispatchEvent(new PopStateEvent("popstate"));
  }, path);
  await page.waitForFunction(() => document.querySelector("#page-heading") && !document.querySelector("main [role=status]"));
}

const accounts = (page) =>
  page.locator("#example-account option").evaluateAll((options) => options.map((option) => option.value));

/** Every text that can be read or heard, but for what is marked as English. */
const texts = (page) =>
  page.evaluate(() => {
    document.querySelectorAll("details").forEach((details) => (details.open = true));
    const isForeign = (element) => {
      const marked = element.closest("[lang]");
      return marked !== null && marked !== document.documentElement;
    };
    const found = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!isForeign(node.parentElement) && !node.parentElement.closest("noscript, script, #crashed")) found.push(node.data.trim());
    }
    for (const element of document.querySelectorAll("body *")) {
      if (isForeign(element)) continue;
      for (const name of ["aria-label", "aria-description", "aria-valuetext", "title", "placeholder", "alt", "data-label"]) {
        if (element.hasAttribute(name)) found.push(element.getAttribute(name));
      }
    }
    return [...new Set(found)];
  });

const isSentence = (said) => (said.match(/\p{L}{2,}/gu) ?? []).length >= 3 && !NAMES.test(said);
/** Words that no German sentence has. */
const ENGLISH = /\b(the|and|your|with|of|is|are|for|you|this|that|from|has|have|been|not|after|until|when|by)\b/;

function untranslated(english, german) {
  const same = german.filter((said) => isSentence(said) && english.includes(said));
  const mixed = german.filter((said) => ENGLISH.test(said) && !NAMES.test(said));
  return [...new Set([...same, ...mixed])];
}

test("on every page and with every account no English sentence is left", () =>
  story({}, (english) =>
    story(GERMAN, async (german) => {
      assert.equal(await german.locator("html").getAttribute("lang"), "de");
      const answers = async () => {
        await show(english, "/help");
        return english.locator("ul.questions a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
      };
      const paths = [...PAGES, ...(await answers())];
      const found = new Set();
      for (const account of await accounts(english)) {
        await Promise.all([english, german].map((page) => choose(page, account)));
        for (const path of paths) {
          const [there, here] = await Promise.all(
            [english, german].map(async (page) => {
              await show(page, path);
              return texts(page);
            }),
          );
          for (const said of untranslated(there, here)) found.add(said);
        }
      }
      assert.deepEqual([...found], []);
    }),
  ));

/** The same story in both languages, compared wherever it looks. */
async function inBoth(live, options = {}) {
  const seen = [];
  for (const locale of ["en-US", "de-DE"]) {
    await story({ ...options, locale }, async (page) => {
      const looks = [];
      await live(page, async () => {
        looks.push(await texts(page));
        if (locale === "de-DE") assert.deepEqual(await accessibilityProblems(page), []);
      });
      seen.push(looks);
    });
  }
  const [english, german] = seen;
  assert.equal(english.length, german.length);
  assert.deepEqual(german.flatMap((look, index) => untranslated(english[index], look)), []);
}

test("Add credits speaks German: what it buys, what it warns of, and the month ahead", () =>
  inBoth(async (page, look) => {
    await choose(page, "build-tier-2");
    await page.locator("main button.primary").first().click();
    const fields = page.locator("dialog input[type=text]");
    await fields.nth(2).waitFor();
    await fields.nth(1).fill("25");
    await fields.nth(2).fill("160");
    await page.locator("dialog svg.balance-chart").waitFor();
    await look();
    await fields.nth(2).fill("20");
    await look();
    await fields.nth(2).fill("0");
    await look();
    await fields.nth(0).fill("1");
    await fields.nth(1).fill("x");
    await fields.nth(0).focus();
    await look();
    await fields.nth(0).fill("");
    await fields.nth(1).fill("25");
    await fields.nth(2).fill("160");
    await page.locator("dialog .foot button.primary").click();
    await page.locator("dialog .confirm").waitFor();
    await look();
  }));

test("the form for a card speaks German, with everything that can be wrong, and a decline", () =>
  inBoth(
    async (page, look) => {
      await choose(page, "new");
      await page.locator("main form button").last().click();
      await page.locator(".summary").waitFor();
      await look();
      for (const card of await page.locator("#test-card option").evaluateAll((options) => options.map((it) => it.value))) {
        await page.locator("#test-card").selectOption(card);
        await drawn(page);
      }
      await look();
      const options = await page.locator("#test-card option").evaluateAll((all) => all.map((it) => [it.value, it.label]));
      const declining = options.find(([, label]) => label.endsWith("9995"));
      await page.locator("#test-card").selectOption(declining[0]);
      await page.locator("main form button").last().click();
      await page.locator("#form-decline").waitFor();
      await look();
    },
    { path: "/payment-method" },
  ));

test("what is refused, bought and under way is told in German", () =>
  inBoth(async (page, look) => {
    await choose(page, "new");
    await page.locator("main button.primary").first().click();
    await page.locator("dialog input[type=text]").first().fill("5");
    await page.locator("dialog .foot button.primary").click();
    await page.locator("#credits-refused-heading").waitFor();
    await look();
    await page.keyboard.press("Escape");
    await choose(page, "build-tier-2");
    await page.locator("main button.primary").first().click();
    await page.locator("dialog input[type=text]").first().fill("40");
    await page.locator("dialog .foot button.primary").click();
    await page.locator("#confirm-heading").waitFor();
    await look();
    await page.locator("dialog .confirm button.primary").click();
    await page.locator("dialog").waitFor({ state: "hidden" });
    await page.locator(".purchases").waitFor();
    await look();
    await noting(page, "build-tier-2", () => page.locator(".clock button").nth(2).click());
    await look();
    await noting(page, "build-tier-2", () => page.locator(".clock button").nth(3).click());
    await look();
  }));

test("the button of the other language changes everything and back, and nothing typed is lost", () =>
  story({ path: "/payment-method" }, async (page) => {
    await page.locator("#test-card").selectOption({ label: "Visa, 4242" });
    const typed = () => page.locator("main form input").evaluateAll((all) => all.map((it) => it.value));
    const first = await typed();
    assert.ok(first.some((value) => value.startsWith("4242")));
    await languageButton(page, "Deutsch").click();
    await page.getByRole("heading", { level: 1, name: "Zahlungsmittel" }).waitFor();
    assert.equal(await page.locator("html").getAttribute("lang"), "de");
    assert.match(await page.title(), /^Zahlungsmittel/);
    assert.deepEqual(await typed(), first);
    await languageButton(page, "English").click();
    await page.getByRole("heading", { level: 1, name: "Payment method" }).waitFor();
    assert.deepEqual(await typed(), first);
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
  }));

test("the focus stays where the language was changed", () =>
  story({}, async (page) => {
    for (const name of ["Deutsch", "English"]) {
      await languageButton(page, name).focus();
      await page.keyboard.press("Enter");
      const back = name === "Deutsch" ? "English" : "Deutsch";
      await languageButton(page, back).waitFor();
      await until(() => page.evaluate(() => document.activeElement.textContent.trim()), new RegExp(`^${back}$`));
    }
  }));

test("an amount is typed with a decimal comma, in every field for one", () =>
  story({ ...GERMAN, path: "/" }, async (page) => {
    await choose(page, "build-tier-2");
    await page.locator("#add-credits").click();
    const dialog = page.locator("dialog");
    await dialog.locator("#purchase-amount").fill("12,50");
    await dialog.locator("#recharge-amount").fill("25,5");
    await dialog.locator("#recharge-threshold").fill("10,");
    await dialog.locator("#recharge-threshold").fill("10,25");
    assert.equal(await dialog.locator("[aria-invalid]").count(), 0);
    assert.match(await text(dialog.locator(".foot")), /\$12\.50 kaufen und automatische Aufladung speichern/);
    await dialog.locator("#purchase-amount").fill("1,234");
    await dialog.locator("#purchase-amount[aria-invalid]").waitFor();
    await page.keyboard.press("Escape");
    await page.evaluate(() => document.querySelectorAll("details.controls").forEach((it) => (it.open = true)));
    await page.locator("#use-amount").fill("1,50");
    await page.locator("#usage-kind").selectOption({ index: 1 });
    await page.locator("#usage-cost").fill("7,50");
    assert.equal(await page.locator("main [aria-invalid], .controls [aria-invalid]").count(), 0);
    await show(page, "/tiers");
    await page.locator("#own-limit").fill("0,00");
    await page.locator("#own-limit").press("Enter");
    await page.locator("output.done").filter({ hasText: "$0.00" }).first().waitFor();
  }));

for (const width of [320, 375, 768]) {
  for (const locale of ["de-DE", "en-US"]) {
    test(`no entry of the navigation breaks inside a syllable at ${width} pixels, ${locale}`, () =>
      story({ locale, width }, async (page) => {
        const broken = await page.evaluate(() => {
          const found = [];
          for (const link of document.querySelectorAll("nav a")) {
            const walker = document.createTreeWalker(link, NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
              // The hyphen counts as of the letter behind it, so that letter is left out.
              for (const { 0: piece, index } of node.data.matchAll(/[^\s\u00ad]+/g)) {
                const range = document.createRange();
                range.setStart(node, index + 1);
                range.setEnd(node, index + piece.length);
                const tops = new Set([...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => Math.round(top)));
                if (tops.size > 1) found.push(piece);
              }
            }
          }
          return found;
        });
        assert.deepEqual(broken, []);
      }));
  }
}

test("a trouble, a limit and a cost that are typed are there in the other language", () =>
  story({ path: "/help" }, async (page) => {
    for (const [path, id, value] of [
      ["/help", "#help-search", "tier"],
      ["/tiers", "#own-limit", "12.34"],
      ["/", "#use-amount", "7.77"],
    ]) {
      await show(page, path);
      await page.evaluate(() => document.querySelectorAll("details.controls").forEach((it) => (it.open = true)));
      await page.locator(id).fill(value);
      for (const name of ["Deutsch", "English"]) {
        await languageButton(page, name).click();
        await languageButton(page, name === "Deutsch" ? "English" : "Deutsch").waitFor();
        await until(() => page.locator(id).inputValue(), new RegExp(`^${value}$`));
      }
    }
  }));

test("the language is kept, and a browser that speaks German is spoken to in German", () =>
  story({}, async (page) => {
    await languageButton(page, "Deutsch").click();
    await page.getByRole("heading", { level: 1, name: "Übersicht" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "Übersicht" }).waitFor();
    await story({ locale: "de-AT", path: "/usage" }, (other) =>
      other.getByRole("heading", { level: 1, name: "Nutzung und Deployments" }).waitFor(),
    );
  }));

test("days are written the German way, amounts as on the invoice, and so is the PDF", () =>
  story({ ...GERMAN, path: "/usage" }, async (page) => {
    await choose(page, "idle-endpoint");
    const said = await text(page.getByRole("main"));
    assert.match(said, /Dezember 2025 bisher/);
    assert.match(said, /Seit der letzten Anfrage, 9\. Dezember 2025\s+\$59\.60/);
    assert.match(said, /Ohne einen Kauf reicht das Guthaben bis zum 12\. Dezember 2025, 17:10 UTC\./);
    assert.doesNotMatch(said, /December|\d\d?\/\d\d?\/\d{4}/);
    await choose(page, "past-due");
    await show(page, "/invoices/2025-11");
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "PDF herunterladen" }).click()]);
    const pdf = await readFile(await download.path(), "latin1");
    assert.match(pdf, /\/Lang \(de/);
    assert.doesNotMatch(pdf, /\((Invoice|Total|Amount due|December|November 2025 ?Invoice)\b/);
  }));

test("a trouble is found by typing it in German", () =>
  story({ ...GERMAN, path: "/help" }, async (page) => {
    const field = page.locator("#help-search");
    const first = async () => (await page.locator("ul.questions a").allInnerTexts())[0] ?? "";
    for (const [typed, question] of [
      ["abgelehnt", "Meine Zahlung wurde abgelehnt"],
      ["Guthaben aber keinen Zugang", "Ich habe Guthaben, aber keinen Zugang"],
      ["Stufe nicht geändert", "Meine Stufe hat sich nicht geändert"],
      ["berechnet und nichts getan", "Mir wurde etwas berechnet, obwohl ich nichts getan habe"],
      ["Rechnung mit Guthaben bezahlen", "Kann ich eine Rechnung mit Guthaben bezahlen?"],
    ]) {
      await field.fill(typed);
      await until(first, new RegExp(`^${question.replace("?", "\\?")}$`));
    }
    await field.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Kann ich eine Rechnung mit Guthaben bezahlen?" }).waitFor();
    await field.waitFor({ state: "detached" });
    await region(page, "Auf diesem Konto").waitFor();
  }));

for (const scheme of ["light", "dark"]) {
  test(`every page passes axe-core in German, ${scheme}`, () =>
    story({ ...GERMAN, scheme }, async (page) => {
      for (const account of await accounts(page)) {
        await choose(page, account);
        for (const path of [...PAGES, "/help/payment-declined"]) {
          await show(page, path);
          assert.deepEqual(await accessibilityProblems(page), [], `${path}, ${account}`);
        }
      }
    }));
}

for (const width of [320, 768, 1280]) {
  test(`nothing is wider than a window of ${width} pixels in German`, () =>
    story({ ...GERMAN, width }, async (page) => {
      for (const account of await accounts(page)) {
        await choose(page, account);
        for (const path of [...PAGES, "/help/payment-declined"]) {
          await show(page, path);
          await texts(page);
          assert.equal(await sidewaysScroll(page), 0, `${path}, ${account}`);
        }
      }
    }));
}
