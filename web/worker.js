// Keeps one version of the page for when there is no network.
//
// A version is kept whole or not at all, and a newer one takes over only when no tab shows the older one any more: so nobody gets
// the files of one version under the document of another. Under a data saver the worker is sparing: it keeps what a first visit
// loads, and of the rest what has been fetched already or is fetched later. The build fills in VERSION and FILES: an address, what
// it has to hold, and whether a first visit loads it.
const KEPT = `page-${VERSION}`;
const SPARING = location.search === "?sparing";
const ADDRESSES = new Set(FILES.map(([address]) => address));

addEventListener("install", (event) => event.waitUntil(keep()));

async function keep() {
  const wasKept = await caches.has(KEPT);
  const cache = await caches.open(KEPT);
  try {
    await Promise.all(FILES.map(([address, integrity, isFirst]) => keepFile(cache, address, integrity, isFirst)));
  } catch (reason) {
    // Where the other worker keeps a part of this very version, that part goes on to serve.
    if (!wasKept) await caches.delete(KEPT);
    throw reason;
  }
}

async function keepFile(cache, address, integrity, isFirst) {
  if (await cache.match(address, { ignoreVary: true })) return;
  if (SPARING && !isFirst) {
    const fetched = await alreadyFetched(address, integrity);
    if (fetched) await cache.put(address, fetched);
    return;
  }
  const response = await fetch(address, { integrity, cache: SPARING ? "default" : "no-cache" });
  if (!response.ok) throw new Error(`${address} is not there (${response.status})`);
  await cache.put(address, response);
}

// What the browser still has of a file; asking for it never reaches the network, and fails where there is nothing.
async function alreadyFetched(address, integrity) {
  try {
    const response = await fetch(address, { integrity, cache: "only-if-cached", mode: "same-origin" });
    return response.ok ? response : undefined;
  } catch {
    return undefined;
  }
}

addEventListener("activate", (event) => event.waitUntil(forget()));

async function forget() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("page-") && name !== KEPT).map((name) => caches.delete(name)));
}

addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method === "GET" && origin === location.origin) event.respondWith(answer(event, pathname));
});

async function answer(event, pathname) {
  const address = event.request.mode === "navigate" ? "/index.html" : pathname;
  const cache = await caches.open(KEPT);
  const kept = await cache.match(address, { ignoreVary: true });
  if (kept) return kept;
  const response = await fetch(event.request);
  // A file of another version has another name, but for the document, which is always kept.
  if (response.ok && ADDRESSES.has(address)) event.waitUntil(cache.put(address, response.clone()));
  return response;
}
