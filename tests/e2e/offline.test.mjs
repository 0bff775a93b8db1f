// Without a network: the page as it was kept, whole. A newer version takes over whole, or not at all.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { BASE_URL, launch, open } from "./browser.mjs";
import { buy, goTo, region, text, until } from "./life.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/** Waits until the page is kept and its worker answers for it. */
async function kept(page) {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  await page.locator("#page-heading").waitFor();
  assert.equal(await page.evaluate(() => navigator.serviceWorker.controller !== null), true);
}

/** What the page is kept under, one name a version. */
const versions = (page) => page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith("page-")));

test("without a network the page opens, acts, and keeps what was done", async () => {
  const { context, page, watched } = await open(browser);
  try {
    await kept(page);
    await context.setOffline(true);
    await page.reload();
    await page.locator("#page-heading").waitFor();
    await (await buy(page, "25")).waitFor({ state: "hidden" });
    await until(() => text(region(page, "Under way")), /Purchase of \$25\.00/);
    await goTo(page, "Payment method");
    await page.getByLabel("Card number").waitFor();
    // Also an address that was never opened before, and what was done is still there.
    await page.goto(`${BASE_URL}/payment-method`);
    await page.getByRole("heading", { name: "Payment method" }).waitFor();
    await goTo(page, "Overview");
    await until(() => text(region(page, "Balance")), /\$63\s*\.20/);
    assert.deepEqual(watched.complaints.filter((line) => !line.includes("ERR_INTERNET_DISCONNECTED")), []);
  } finally {
    await context.close();
  }
});

test("under a data saver what was fetched is kept, and the rest once it is fetched", async () => {
  const context = await browser.newContext({ locale: "en-US" });
  try {
    await context.addInitScript(() => {
      const connection = Object.assign(new EventTarget(), { saveData: true });
      Object.defineProperty(Navigator.prototype, "connection", { get: () => connection });
    });
    const page = await context.newPage();
    await page.goto(BASE_URL);
    await page.locator("#page-heading").waitFor();
    await kept(page);
    const files = () =>
      page.evaluate(async () => {
        const [name] = (await caches.keys()).filter((name) => name.startsWith("page-"));
        const requests = await (await caches.open(name)).keys();
        return requests.map(({ url }) => new URL(url).pathname.replace(/-[0-9a-f]{16}/, "")).join(" ");
      });
    assert.match(await files(), /\/index\.html/);
    assert.match(await files(), /\/web\.wasm/);
    // The page needs this one as soon as its first picture stands, so it was fetched.
    assert.match(await files(), /\/dispatch\.wasm/);
    assert.doesNotMatch(await files(), /\/german\.wasm/);
    const { length } = (await files()).split(" ");
    await page.getByRole("button", { name: "Deutsch" }).click();
    await until(files, /\/german\.wasm/);
    await context.setOffline(true);
    await page.reload();
    await page.locator("#page-heading").waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang), "de");
    assert.ok((await files()).split(" ").length > length);
  } finally {
    await context.close();
  }
});

test("a newer version is kept whole or not at all, and waits until the older one is closed", async () => {
  // Stands before the real server, and changes its worker as a new release would.
  let release = (worker) => worker;
  const proxy = createServer(async (request, response) => {
    const answer = await fetch(BASE_URL + request.url);
    const headers = Object.fromEntries([...answer.headers].filter(([name]) => !/encoding|length|connection/.test(name)));
    const body = Buffer.from(await answer.arrayBuffer());
    response.writeHead(answer.status, headers);
    response.end(request.url === "/worker.js" ? release(body.toString()) : body);
  });
  await new Promise((listening) => proxy.listen(0, "127.0.0.1", listening));
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${proxy.address().port}/`);
    await page.locator("#page-heading").waitFor();
    await kept(page);
    const [first] = await versions(page);
    const update = () =>
      page.evaluate(async () => {
        const registration = await navigator.serviceWorker.ready;
        await registration.update().catch(() => undefined);
        const worker = registration.installing;
        if (worker) {
          await new Promise((settled) => {
            const look = () => ["installed", "redundant"].includes(worker.state) && settled();
            worker.addEventListener("statechange", look);
            look();
          });
        }
        return registration.waiting !== null;
      });
    // A release of which one file is not there yet.
    const version = first.replace("page-", "");
    const renamed = (name) => (worker) => worker.replaceAll(version, name);
    release = (worker) => renamed("half")(worker).replaceAll(/\/rest-[0-9a-f]{16}/g, "/rest-0000000000000000");
    assert.equal(await update(), false);
    assert.deepEqual(await versions(page), [first]);
    // A whole one: it waits, and the older one goes on answering.
    release = renamed("next");
    assert.equal(await update(), true);
    assert.deepEqual((await versions(page)).sort(), [first, "page-next"].sort());
    await page.reload();
    await page.locator("#page-heading").waitFor();
    assert.ok((await versions(page)).includes(first));
    // Once no tab shows the older one it is gone.
    const port = proxy.address().port;
    await page.close();
    // A tab that opens while the last one still closes belongs to the older one; the next does not.
    const opened = async () => {
      const later = await context.newPage();
      try {
        await later.goto(`http://127.0.0.1:${port}/`);
        await later.locator("#page-heading").waitFor();
        return (await versions(later)).join();
      } finally {
        await later.close();
      }
    };
    await until(opened, /^page-next$/);
  } finally {
    await context.close();
    proxy.closeAllConnections();
    proxy.close();
  }
});

test("the page can be installed", async () => {
  const { context, page } = await open(browser);
  try {
    const address = await page.locator("link[rel=manifest]").getAttribute("href");
    const manifest = await (await fetch(BASE_URL + address)).json();
    assert.equal(manifest.start_url, "/");
    const icon = await fetch(BASE_URL + manifest.icons[0].src);
    assert.equal(icon.headers.get("content-type"), "image/svg+xml");
  } finally {
    await context.close();
  }
});
