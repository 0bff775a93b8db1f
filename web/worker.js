// Keeps one whole version of the page for when there is no network.
//
// A version is kept whole or not at all, and a newer one takes over only when no tab shows the older one any more: so nobody gets
// the files of one version under the document of another. The build fills in VERSION and FILES.
const KEPT = `page-${VERSION}`;

addEventListener("install", (event) => event.waitUntil(keep()));

async function keep() {
  const cache = await caches.open(KEPT);
  try {
    await Promise.all(FILES.map(async ([address, integrity]) => cache.put(address, await whole(address, integrity))));
  } catch (reason) {
    await caches.delete(KEPT);
    throw reason;
  }
}

async function whole(address, integrity) {
  const response = await fetch(address, { integrity, cache: "no-cache" });
  if (!response.ok) throw new Error(`${address} is not there (${response.status})`);
  return response;
}

addEventListener("activate", (event) => event.waitUntil(forget()));

async function forget() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("page-") && name !== KEPT).map((name) => caches.delete(name)));
}

addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method === "GET" && origin === location.origin) event.respondWith(answer(event.request, pathname));
});

async function answer(request, pathname) {
  const cache = await caches.open(KEPT);
  const kept = await cache.match(request.mode === "navigate" ? "/index.html" : pathname, { ignoreVary: true });
  return kept ?? fetch(request);
}
