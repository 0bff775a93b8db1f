// How every page stands: in a small window, at twice the size, from right to left, in longer words, and while it loads.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessibilityProblems, BASE_URL, launch, open, sidewaysScroll } from "./browser.mjs";
import { choose, drawn, openControls } from "./life.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** Each page, on an account that gives it much to show. */
const PAGES = [
  ["/", "Past due"],
  ["/", "Idle endpoint, auto-recharge"],
  ["/payment-method", "Past due"],
  ["/tiers", "Build Tier 2"],
  ["/invoices", "Enterprise contract"],
  ["/invoices/2025-11", "Past due"],
  ["/usage", "Idle endpoint, auto-recharge"],
  ["/help", "Past due"],
  ["/help/payment-declined", "Past due"],
  ["/help/charged-without-calls", "Idle endpoint, auto-recharge"],
  ["/nowhere", "Build Tier 2"],
];

async function story(options, live) {
  const { context, page, watched } = await open(browser, options);
  try {
    await live(page);
    assert.deepEqual(watched.complaints, []);
    assert.deepEqual(watched.foreign, []);
  } finally {
    await context.close();
  }
}

/** Goes to each page, opens whatever opens, and looks. */
async function onEveryPage(page, look) {
  const found = [];
  for (const [path, account] of PAGES) {
    await page.goto(BASE_URL + path);
    await page.locator("#page-heading").waitFor();
    await choose(page, account);
    await openControls(page);
    await page.evaluate(() => document.querySelectorAll("main details").forEach((details) => (details.open = true)));
    const problem = await look(page, `${path}, ${account}`);
    if (problem) found.push(`${path}, ${account}: ${problem}`);
  }
  assert.deepEqual(found, []);
}

/** What sticks out, where something does. */
async function tooWide(page) {
  const by = await sidewaysScroll(page);
  if (by === 0) return "";
  const out = await page.evaluate(() => {
    const isOut = ({ left, right, width }) => width > 0 && (left < -1 || right > document.documentElement.clientWidth + 1);
    const all = [...document.querySelectorAll("body *")].filter((element) => isOut(element.getBoundingClientRect()));
    const inmost = all.filter((element) => ![...element.children].some((child) => all.includes(child)));
    return inmost.slice(0, 4).map((element) => `${element.tagName} ${element.className.baseVal ?? element.className}: ${element.textContent.slice(0, 30)}`);
  });
  return `${by} pixels: ${out.join("; ")}`;
}

/** The pairs of texts that stand on each other. */
const overlaps = (page) =>
  page.evaluate(() => {
    const boxes = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!node.data.trim() || parent.closest(".hidden, nav, script, noscript, option")) continue;
      if (!parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const parts = parent.closest("svg") ? [parent.getBoundingClientRect()] : [...range.getClientRects()];
      // A line's box is higher than its letters.
      for (const box of parts) {
        if (box.width > 2) boxes.push({ of: boxes.length, node, text: node.data.trim().slice(0, 30), left: box.left + 1, right: box.right - 1, top: box.top + box.height / 4, bottom: box.bottom - box.height / 4 });
      }
    }
    const pairs = [];
    boxes.forEach((one, index) => {
      for (const other of boxes.slice(index + 1)) {
        const meet = one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
        if (meet && one.node !== other.node) pairs.push(`${one.text} / ${other.text}`);
      }
    });
    return pairs;
  });

for (const width of [320, 1280]) {
  test(`from right to left everything stands in a window of ${width} pixels, and nothing on anything else`, () =>
    story({ width }, (page) =>
      onEveryPage(page, async () => {
        // The clock ticks on: its figures are not compared.
        const still = (pairs) => pairs.map((pair) => pair.replace(/\d\d:\d\d:\d\d/g, ""));
        const before = still(await overlaps(page));
        await page.evaluate(() => (document.documentElement.dir = "rtl"));
        const wide = await tooWide(page);
        const onEachOther = still(await overlaps(page)).filter((pair) => !before.includes(pair));
        return [wide, ...onEachOther].filter(Boolean).join("; ");
      }),
    ));

  test(`words of twice the length stand in a window of ${width} pixels`, () =>
    story({ width }, (page) =>
      onEveryPage(page, () => {
        return page
          .evaluate(() => {
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            // A figure is as long in every language.
            const longer = (word) => (/\p{L}/u.test(word) ? word.replace(/[^\p{L}\p{N}]/gu, "x").repeat(2) : word);
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
              if (!node.parentElement.closest("script")) node.data = node.data.replace(/\S+/g, longer);
            }
          })
          .then(() => tooWide(page));
      }),
    ));
}

test("at twice the size everything stands in the window", () =>
  story({ width: 640, height: 450 }, (page) =>
    onEveryPage(page, async () => {
      await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
      return tooWide(page);
    }),
  ));

/** How much of the page has moved by itself while it was loaded. */
async function shift(path, width, locale) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale });
  try {
    const page = await context.newPage();
    const network = await context.newCDPSession(page);
    await network.send("Network.enable");
    const slow = { offline: false, latency: 150, downloadThroughput: 204_800, uploadThroughput: 96_000 };
    await network.send("Network.emulateNetworkConditions", slow);
    await page.goto(BASE_URL + path);
    await page.locator("#page-heading").waitFor();
    // The page has itself kept once everything has come and stands.
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await drawn(page);
    return await page.evaluate(() => {
      const observer = new PerformanceObserver(() => {});
      observer.observe({ type: "layout-shift", buffered: true });
      const moved = observer.takeRecords().filter((entry) => !entry.hadRecentInput);
      const what = moved.flatMap(({ value, sources }) =>
        sources.map(({ node }) => `${value.toFixed(4)} ${node?.parentElement?.className ?? ""} > ${(node?.textContent ?? "").slice(0, 40)}`),
      );
      return { sum: moved.reduce((sum, { value }) => sum + value, 0), what };
    });
  } finally {
    await context.close();
  }
}

for (const width of [375, 1280]) {
  test(`no page moves while it loads, ${width} pixels`, async () => {
    const pages = [...new Set(PAGES.map(([path]) => path))].map((path) => [path, "en-US"]);
    const found = [];
    const look = async ([path, locale]) => {
      const { sum, what } = await shift(path, width, locale);
      if (sum >= 0.01) found.push(`${path}, ${locale}: ${sum.toFixed(4)}: ${what.join("; ")}`);
    };
    const all = [...pages, ["/", "de-DE"], ["/usage", "de-DE"]];
    while (all.length > 0) await Promise.all(all.splice(0, 4).map(look));
    assert.deepEqual(found, []);
  });
}

test("an address without a page passes axe-core", () =>
  story({ path: "/nowhere" }, async (page) => {
    assert.deepEqual(await accessibilityProblems(page), []);
  }));
