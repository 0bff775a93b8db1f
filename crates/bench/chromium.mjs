// Times the long loops as wasm in headless Chromium: a line for each, its name and the nanoseconds of one turn, for
// `cargo xtask bench`.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

const [folder, tests] = process.argv.slice(2);
const { chromium } = createRequire(join(tests, "package.json"))("playwright-core");
const TYPES = { js: "text/javascript", wasm: "application/wasm", html: "text/html" };
const BATCHES = 20;

const server = createServer(async (request, response) => {
  const name = request.url === "/" ? "index.html" : request.url.slice(1);
  const contents = name === "index.html" ? "<!doctype html>" : await readFile(join(folder, name)).catch(() => null);
  response.writeHead(contents === null ? 404 : 200, { "content-type": TYPES[name.split(".").pop()] ?? "text/plain" });
  response.end(contents ?? "");
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const options = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run"];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: options });
try {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const times = await page.evaluate(async (batches) => {
    const loops = await import("/billing.js");
    await loops.default();
    const names = loops.names().split("\n");
    return [...loops.long_loops()].map((place) => {
      let fastest = Infinity;
      for (let count = 0; count < batches; count += 1) {
        const start = performance.now();
        loops.repeat(place, 1);
        fastest = Math.min(fastest, performance.now() - start);
      }
      return [names[place], fastest * 1e6];
    });
  }, BATCHES);
  for (const [name, nanoseconds] of times) console.log(`chromium ${name}\t${nanoseconds.toFixed(3)}`);
} finally {
  await browser.close();
  server.close();
}
