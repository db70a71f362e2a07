// A short exploration of the shipping machines, and of mutants that it must find. `npm run explore` goes
// further.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { explore } from "../explore/explore.js";
import { EXTRA_ACTIONS, LARGE, type Scope, SMALL } from "../explore/scope.js";

const STATES = 2500;
const COMMAND = fileURLToPath(new URL("../explore/main.js", import.meta.url));

const scopes: readonly (readonly [what: string, scope: Scope])[] = [
  ["tokens that all fit a datagram", SMALL],
  ["tokens of which one fits", LARGE],
  ["pauses, stops and second receivers", { ...SMALL, extra: EXTRA_ACTIONS }],
  ["the same between large tokens", { ...LARGE, extra: EXTRA_ACTIONS }],
];

describe("no state breaks an invariant, from each a whole network completes the stream:", () => {
  for (const [what, scope] of scopes) {
    test(what, () => {
      const bounds = { depthMax: 14, statesMax: STATES, isOver: () => false };
      const findings = explore(scope, bounds);
      assert.deepEqual(findings.violation, undefined);
      assert.equal(findings.states, STATES);
    });
  }
});

describe("the exploration finds a sender or receiver that", () => {
  for (const mutant of ["acks-past-a-gap", "forgets-the-oldest", "ends-no-empty-stream"]) {
    test(mutant, () => {
      const options = ["--mutant", mutant, "--states", String(STATES), "--seconds", "Infinity"];
      const { status, stdout } = spawnSync(process.execPath, [COMMAND, ...options], {
        encoding: "utf8",
      });
      assert.match(stdout, /^VIOLATION: /m);
      assert.equal(status, 1);
    });
  }

  test("is no mutant passes", () => {
    const options = ["--states", "200", "--seconds", "Infinity"];
    const { status, stdout } = spawnSync(process.execPath, [COMMAND, ...options], {
      encoding: "utf8",
    });
    assert.match(stdout, /^small: 200 states, .*\nlarge: 200 states, /m);
    assert.equal(status, 0);
  });
});
