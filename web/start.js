// Starts the page. The build says where its wasm lies, and puts everything that this imports into one file.
import init from "./web.js";

// Has the page kept for when there is no network, once it is here itself and the browser has nothing else to do: the copy never
// makes the page wait. Under a data saver only what was fetched anyway is kept. Only these addresses may become a script in this way.
const WORKER = "/worker.js";
const SPARING_WORKER = "/worker.js?sparing";
const createScriptURL = (address) => {
  if (address !== WORKER && address !== SPARING_WORKER) throw new TypeError("there is no other worker");
  return address;
};
const keep = () => {
  const policy = globalThis.trustedTypes?.createPolicy("worker", { createScriptURL });
  const address = navigator.connection?.saveData ? SPARING_WORKER : WORKER;
  navigator.serviceWorker
    .register(policy?.createScriptURL(address) ?? address, { updateViaCache: "none" })
    // Without it the page is the same, but for being there without a network.
    .catch((reason) => console.info("The page is not kept for use without a network:", reason.message));
};
const whenIdle = globalThis.requestIdleCallback ?? setTimeout;
if ("serviceWorker" in navigator) addEventListener("page-is-here", () => whenIdle(keep), { once: true });

try {
  await init({ module_or_path: fetch("web.wasm") });
} catch (reason) {
  // The app says itself when it fails; one that never began cannot.
  document.getElementById("crashed").hidden = false;
  throw reason;
}
