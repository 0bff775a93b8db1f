// A real Chromium on the built page, watched: whatever it complains about, and whatever leaves the machine, is kept.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

export const BASE_URL = process.env.BASE_URL ?? "http://127.0.0.1:8080";
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run"];

export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: QUIET });

/**
 * Opens the page for one story; `complaints` and `foreign` must stay empty, `said` keeps every console line. With `clock`, time goes
 * on by itself and can be moved by `page.clock`.
 */
export async function open(browser, { path = "/", width = 1280, height = 900, scheme = "light", clock = false, ...rest } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    locale: "en-US",
    reducedMotion: "reduce",
    ...rest,
  });
  const page = await context.newPage();
  if (clock) await page.clock.install();
  const watched = { complaints: [], foreign: [], said: [], requested: [] };
  page.on("pageerror", (error) => watched.complaints.push(String(error)));
  page.on("console", (message) => {
    watched.said.push(message.text());
    if (["error", "warning"].includes(message.type())) watched.complaints.push(message.text());
  });
  page.on("request", (request) => {
    watched.requested.push(`${request.url()} ${request.postData() ?? ""}`);
    if (!request.url().startsWith(BASE_URL)) watched.foreign.push(request.url());
  });
  await page.goto(BASE_URL + path);
  // Not the heading of the still picture that stands there until the account is read.
  await page.locator("#page-heading").waitFor();
  return { context, page, watched };
}

/** What axe-core finds, in words. It is evaluated by the debugger, which no content security policy stops. */
export async function accessibilityProblems(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join("; ")}`);
}

/** How far the page can be scrolled sideways, in pixels. */
export const sidewaysScroll = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
