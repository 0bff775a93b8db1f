// What has to hold wherever the package runs. A browser gets this file as it is, so it imports nothing.

/**
 * Asks every vector as a file, as a line and as an object, and returns what was not answered as recorded.
 * An object gets the answer of its JSON, which is the line itself unless JavaScript cannot hold what it says
 * (a field twice, `1.0` apart from `1`): those are counted.
 */
export function wrongAnswers({ evaluate, evaluateJson, evaluateMany }, vectors) {
  const wrong = [];
  const count = { lines: 0, objects: 0, otherwise: 0 };
  const expect = (place, got, expected) => {
    if (got !== expected) wrong.push({ place, got, expected });
  };
  for (const { name, requests, answers } of vectors) {
    expect(`${name}.jsonl`, evaluateMany(requests), answers);
    const expected = answers.split("\n");
    requests.split("\n").slice(0, -1).forEach((request, index) => {
      const place = `${name}.jsonl, line ${index + 1}`;
      // By itself every line is the first one.
      expect(place, evaluateJson(request), expected[index].replace(`"line":${index + 1},`, '"line":1,'));
      count.lines += 1;
      const object = attempt(() => JSON.parse(request));
      if (object === undefined) return;
      const got = attempt(() => JSON.stringify(evaluate(object)));
      // Lists that lie ten thousand deep can be read by every engine, and written by few.
      const byJson = evaluateJson(attempt(() => JSON.stringify(object)) ?? request);
      if (got !== undefined) expect(`${place}, as an object`, withoutColumn(got), withoutColumn(byJson));
      count.objects += 1;
      count.otherwise += got === expected[index] ? 0 : 1;
    });
  }
  return { wrong, count };
}

function attempt(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** An object that cannot be read has no column to name. */
function withoutColumn(answer) {
  const malformed = '{"id":null,"error":{"code":"request.malformed","clause":null,"line":1,';
  return answer.startsWith(malformed) ? malformed : answer;
}

/** Passes in what nobody should, and returns what was not answered with an error. */
export function accepted({ evaluate, evaluateJson, evaluateMany }) {
  const throws = () => {
    throw new Error("hostile");
  };
  const revoked = (target) => {
    const { proxy, revoke } = Proxy.revocable(target, {});
    revoke();
    return proxy;
  };
  const circle = {};
  circle.input = circle;
  const nested = (levels, outside) => Array.from({ length: levels }).reduce(outside, []);
  const long = "x".repeat(1 << 28);
  const hostile = {
    nothing: undefined,
    null: null,
    "a number": 5,
    "a BigInt": 5n,
    "a symbol": Symbol("s"),
    "a function": throws,
    "a text": "{}",
    "a huge text": long,
    "a list": [],
    "a list that claims four billion items": new Array(4294967295),
    "a map": new Map([["query", "tier_progress"]]),
    "a set": new Set(["query"]),
    "a date": new Date(0),
    "a typed array": new Uint8Array(1 << 24),
    "a promise": Promise.resolve({}),
    "an object without a prototype": Object.create(null),
    "a circle": circle,
    "a circle of lists": { policy: nested(1, (list) => (list.push(list), list)) },
    "ten thousand levels of lists": { policy: nested(10000, (list) => [list]) },
    "ten thousand levels of objects": { policy: nested(10000, (value) => ({ value })) },
    "a trillion values in forty lists": { policy: nested(40, (list) => [list, list]) },
    "a huge name": { [long]: 1 },
    "a huge value": { query: long },
    "a BigInt as id": { id: 5n },
    "a symbol as policy": { policy: Symbol("s") },
    "a function as input": { policy: "prepaid", query: "tier_progress", input: throws },
    "a map as input": { policy: "prepaid", query: "tier_progress", input: new Map([["lifetime_spend", "5"]]) },
    "a BigInt as money": { policy: "prepaid", query: "tier_progress", input: { lifetime_spend: 5n } },
    "half a surrogate pair": { policy: "prepaid", query: "card_number", input: { number: "\ud800" } },
    "a getter that throws": Object.defineProperty({}, "query", { get: throws, enumerable: true }),
    "a getter that throws, deep": { input: { account: Object.defineProperty({}, "balance", { get: throws, enumerable: true }) } },
    "a tag that throws": Object.defineProperty({}, Symbol.toStringTag, { get: throws }),
    "a proxy that throws for its names": new Proxy({}, { ownKeys: throws }),
    "a proxy that throws for its values": new Proxy({ query: 1 }, { get: throws }),
    "a proxy that throws for all": new Proxy({}, new Proxy({}, { get: throws })),
    "a list that throws for its length": { policy: new Proxy([], { get: throws }) },
    "a revoked proxy": revoked({}),
    "a revoked proxy of a list": { policy: revoked([]) },
  };
  const found = [];
  const expectError = (place, ask) => {
    try {
      const { error } = ask();
      if (!/^(request|policy|money)\.[a-z_]+$/.test(error?.code)) found.push(`${place}: ${error?.code}`);
    } catch (thrown) {
      found.push(`${place} throws ${thrown}`);
    }
  };
  for (const [what, value] of Object.entries(hostile)) {
    expectError(`evaluate of ${what}`, () => evaluate(value));
    expectError(`evaluateJson of ${what}`, () => JSON.parse(evaluateJson(value)));
    expectError(`evaluateMany of ${what}`, () => JSON.parse(evaluateMany(value).split("\n")[0]));
  }
  for (const [what, line] of Object.entries({ "ten thousand brackets": "[".repeat(10000), "a NUL": "\0", "nothing": "" })) {
    expectError(`evaluateJson of ${what}`, () => JSON.parse(evaluateJson(line)));
  }
  return found;
}
