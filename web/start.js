// Starts the page. The build says where its wasm lies, and puts everything that this imports into one file.
import init from "./web.js";

// Has the page kept for when there is no network, once it is here itself: the copy never makes the page wait. Only this one address
// may become a script in this way.
const WORKER = "/worker.js";
const keep = () => {
  const createScriptURL = (address) => {
    if (address !== WORKER) throw new TypeError("there is no other worker");
    return address;
  };
  const policy = globalThis.trustedTypes?.createPolicy("worker", { createScriptURL });
  navigator.serviceWorker
    .register(policy?.createScriptURL(WORKER) ?? WORKER, { updateViaCache: "none" })
    // Without it the page is the same, but for being there without a network.
    .catch((reason) => console.info("The page is not kept for use without a network:", reason.message));
};
if ("serviceWorker" in navigator) addEventListener("page-is-here", keep, { once: true });

try {
  await init({ module_or_path: fetch("web.wasm") });
} catch (reason) {
  // The app says itself when it fails; one that never began cannot.
  document.getElementById("crashed").hidden = false;
  throw reason;
}
