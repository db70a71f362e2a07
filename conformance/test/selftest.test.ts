// The command `selftest`, one mutant at a time: the whole of it is a step of CI. And the kill matrix that
// it wrote, held to its rules without running anything.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { loadCases } from "../engine/load-cases.js";
import { knownKills } from "../mutants/kills.js";
import { matrixFaults } from "../mutants/matrix.js";
import { MUTANTS } from "../mutants/mutants.js";
import { packagePath } from "../package-root.js";
import { clauses } from "../report/clauses.js";

const BIN = packagePath("bin/chatterbox-conformance.js");

function selftest(...words: readonly string[]) {
  return spawnSync(process.execPath, [BIN, "selftest", ...words], { encoding: "utf8" });
}

test("one mutant is tried, and the cases that kill it are listed", () => {
  const { status, stdout, stderr } = selftest("--only", "checks-no-digest");
  assert.equal(status, 0, stderr);
  assert.match(stdout, /checks-no-digest {2}RCV-7\n/);
  const known = knownKills().find(({ id }) => id === "checks-no-digest");
  for (const { case: id, kind } of known?.failures ?? []) {
    assert.ok(stdout.includes(`${id}  ${kind}`), id);
  }
});

test("a mutant that does not exist is a mistake of the caller", () => {
  const { status, stderr } = selftest("--only", "never-sleeps");
  assert.equal(status, 2);
  assert.match(stderr, /there is no mutant never-sleeps/);
});

test("the matrix that was written is complete and of these mutants", () => {
  const kills = knownKills();
  const head = ({ id, clause, does }: { id: string; clause: string; does: string }) => {
    return `${id} ${clause} ${does}`;
  };
  assert.deepEqual(kills.map(head), MUTANTS.map(head), "run `selftest --write`");
  const byId = new Map(MUTANTS.map((mutant) => [mutant.id, mutant]));
  const trials = kills.flatMap(({ id, failures }) => {
    const mutant = byId.get(id);
    return mutant === undefined ? [] : [{ mutant, failures }];
  });
  assert.deepEqual(matrixFaults({ trials, cases: loadCases(), clauses: clauses() }), []);
});
