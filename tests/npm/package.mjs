// The packed npm package, installed into an empty folder the way a user installs it.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The package's name, by which a user imports it. */
export const name = "billing-rules";

/** Installs the package into an empty folder, which is removed after the tests. */
export function install() {
  const folder = mkdtempSync(join(tmpdir(), "billing-rules-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }');
  npm(folder, "install", "--offline", "--no-audit", "--no-fund", packed());
  return {
    folder,
    files: join(folder, "node_modules", name),
    /** Imports as a module of the user would. */
    import: (what) => importFrom(folder, what),
    /** Requires as a CommonJS module of the user would. */
    require: createRequire(join(folder, "user.cjs")),
  };
}

function packed() {
  const folder = join(root, "crates/billing-wasm/pkg");
  const files = readdirSync(folder).filter((file) => file.endsWith(".tgz"));
  if (files.length !== 1) throw new Error(`one .tgz is needed in ${folder}: run \`cargo xtask npm\``);
  return join(folder, files[0]);
}

/** What npm tells is about the machine, not about the package: it is shown only when npm fails. */
function npm(folder, ...words) {
  execFileSync("npm", words, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
}

async function importFrom(folder, what) {
  const file = join(folder, "importer.mjs");
  writeFileSync(file, "export default (what) => import(what);");
  const { default: importer } = await import(pathToFileURL(file).href);
  return importer(what);
}

/** Each file of vectors: its name, its requests, their answers. */
export function vectors() {
  const folder = join(root, "tests/vectors");
  const names = readdirSync(folder).flatMap((file) => /^(.+)\.answers\.jsonl$/.exec(file)?.[1] ?? []);
  const read = (file) => readFileSync(join(folder, file), "utf8");
  return names.map((name) => ({ name, requests: read(`${name}.jsonl`), answers: read(`${name}.answers.jsonl`) }));
}

/** The lines of a text whose every line ends with a line break. */
export function lines(text) {
  return text.split("\n").slice(0, -1);
}
