// Times the loops as wasm, and the ways across the boundary of the npm package: a line for each, its name and the
// nanoseconds of one turn, for `cargo xtask bench`.
import { pathToFileURL } from "node:url";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const [loopsPath, packagePath, requestsPath] = process.argv.slice(2);
const loops = createRequire(import.meta.url)(loopsPath);
const rules = await import(pathToFileURL(packagePath));
const BATCHES = 60;
const TURNS = 2000;

/** The fastest of many batches: whatever else the machine does only ever adds. */
function time(name, batch, turns = TURNS, batches = BATCHES) {
  batch(turns);
  batch(turns);
  let fastest = Infinity;
  for (let count = 0; count < batches; count += 1) {
    const start = process.hrtime.bigint();
    batch(turns);
    fastest = Math.min(fastest, Number(process.hrtime.bigint() - start) / turns);
  }
  console.log(`${name}\t${fastest.toFixed(3)}`);
}

const long = new Set(loops.long_loops());
loops.names().split("\n").forEach((name, place) => {
  const batch = (turns) => loops.repeat(place, turns);
  if (long.has(place)) time(`wasm ${name}`, batch, 1, 20);
  else time(`wasm ${name}`, batch);
});

for (const row of readFileSync(requestsPath, "utf8").trimEnd().split("\n")) {
  const [name, line] = row.split("\t");
  const request = JSON.parse(line);
  const repeat = (turn) => (turns) => {
    for (let count = 0; count < turns; count += 1) turn();
  };
  time(`object ${name}`, repeat(() => rules.evaluate(request)));
  time(`string ${name}`, repeat(() => rules.evaluateJson(line)));
  time(`string and parse ${name}`, repeat(() => JSON.parse(rules.evaluateJson(JSON.stringify(request)))));
  const lines = `${line}\n`.repeat(TURNS);
  time(`many ${name}`, () => rules.evaluateMany(lines));
}
