// The kit against ports that are known to be wrong: the nulls pass nothing, each mutant is killed by a
// case that cites its clause, and a mutant whose text no longer matches is an error.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { applyMutant } from "../mutants/mutant.js";
import { MUTANTS } from "../mutants/mutants.js";
import { packagePath } from "../package-root.js";
import { clauses } from "../report/clauses.js";

test("selftest finds every mutant and lets no null pass", () => {
  const bin = packagePath("bin/chatterbox-conformance.js");
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, "selftest"], {
    encoding: "utf8",
  });
  assert.equal(status, 0, stdout + stderr);
  assert.match(stdout, /null adapters pass 0 of \d+ cases/);
});

test("a mutant's text stands exactly once, and its clause in SPEC.md", () => {
  assert.equal(new Set(MUTANTS.map((mutant) => mutant.id)).size, MUTANTS.length);
  for (const mutant of MUTANTS) {
    assert.ok(clauses().has(mutant.clause), mutant.clause);
    const source = readFileSync(packagePath(`dist/reference/${mutant.file}`), "utf8");
    assert.notEqual(applyMutant(mutant, source), source);
  }
});

test("a text that stands twice or nowhere is an error", () => {
  const mutant = { id: "m", clause: "PKT-1", does: "", file: "f.js", find: "x", replace: "y" };
  assert.equal(applyMutant(mutant, "axb"), "ayb");
  assert.throws(() => applyMutant(mutant, "axbx"), /2 times/);
  assert.throws(() => applyMutant(mutant, "ab"), /0 times/);
});
