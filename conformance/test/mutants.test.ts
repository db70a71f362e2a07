// What a mutant is, how far it reaches, the rules of the matrix, and its form on disk.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Case, InvalidCase } from "../engine/case.js";
import { tryMutants } from "../mutants/crew.js";
import { fieldCheckMutants } from "../mutants/field-checks.js";
import { killsText, parseKills, type CaseFailure } from "../mutants/kills.js";
import { limitMutants } from "../mutants/limits.js";
import { matrixFaults, matrixLines } from "../mutants/matrix.js";
import { applyMutant, type Mutant } from "../mutants/mutant.js";
import { MUTANTS } from "../mutants/mutants.js";
import { dependsOn, rolesOf } from "../mutants/reach.js";
import { registryMutants } from "../mutants/registries.js";
import { packagePath } from "../package-root.js";
import { clauses, parseClauses } from "../report/clauses.js";

const MUTANT: Mutant = {
  ...{ id: "m", clause: "PKT-1", does: "nothing", file: "f.js" },
  ...{ find: "x", replace: "y" },
};

test("a mutant's texts stand exactly once, and its clause in SPEC.md", () => {
  assert.equal(new Set(MUTANTS.map((mutant) => mutant.id)).size, MUTANTS.length);
  for (const mutant of MUTANTS) {
    assert.ok(clauses().has(mutant.clause), `${mutant.id} of ${mutant.clause}`);
    const source = readFileSync(packagePath(`dist/reference/${mutant.file}`), "utf8");
    assert.notEqual(applyMutant(mutant, source), source);
  }
});

test("a text that stands twice or nowhere is an error", () => {
  assert.equal(applyMutant(MUTANT, "axb"), "ayb");
  assert.throws(() => applyMutant(MUTANT, "axbx"), /2 times/);
  assert.throws(() => applyMutant(MUTANT, "ab"), /0 times/);
  const two = { ...MUTANT, also: [{ find: "b", replace: "c" }] };
  assert.equal(applyMutant(two, "axb"), "ayc");
  assert.throws(() => applyMutant(two, "ax"), /0 times/);
});

test("every limit, check and registry of the codec has its mutants", () => {
  const text = (file: string) => readFileSync(packagePath(`dist/reference/${file}`), "utf8");
  const limits = text("wire/limits.js").match(/^ {4}\w+: .*\/\/ [A-Z]/gm) ?? [];
  const ofLimits = limitMutants().filter(({ file }) => file === "wire/limits.js");
  assert.equal(ofLimits.length, 2 * limits.length - 2, "all edges but those of the bucket");
  const checks = text("wire/faults.js").match(/ \/\/ [A-Z]+-\d+/g) ?? [];
  assert.equal(fieldCheckMutants().length, checks.length);
  assert.equal(registryMutants().length, 6 + 4 + 11 + 3 * 2);
});

test("a fault reaches the roles and files that import it", () => {
  assert.deepEqual(rolesOf("wire/faults.js"), ["codec", "receiver", "sender-exact"]);
  assert.deepEqual(rolesOf("core/range-set.js"), ["receiver"]);
  assert.deepEqual(rolesOf("core/rtt.js"), ["sender-exact"]);
  assert.deepEqual(rolesOf("core/transcript.js"), ["receiver", "sender-exact"]);
  assert.ok(dependsOn("index.js", "core/rtt.js"));
  assert.ok(!dependsOn("core/rtt.js", "index.js"));
});

test("kills are read as they were written", () => {
  const failures: CaseFailure[] = [
    { case: "a/b", kind: "view", step: 3 },
    { case: "c/d", kind: "view", step: 3 },
    { case: "e/f", kind: "wrong-code" },
  ];
  const kills = [{ id: "m", clause: "PKT-1", does: 'says "no"', failures }];
  assert.deepEqual(parseKills(killsText(kills)), kills);
  assert.ok(killsText(kills).endsWith("\n"));
});

const cases: readonly Case[] = Array.from({ length: 8 }, (_, i): InvalidCase => {
  const text = { datagram: "", twin: "", code: "invalid", why: "" };
  const own = i < 4 ? ["PKT-1"] : ["PKT-2"];
  return { type: "invalid", id: `case/${i}`, role: "codec", clauses: own, ...text };
});
const SPEC = parseClauses(
  "**PKT-1.** A decoder MUST one.\n\n**PKT-2.** It MUST two.\n\n**PKT-3.** It MAY three.",
);

function faults(...trials: readonly (readonly [clause: string, ...failed: number[]])[]) {
  return matrixFaults({
    trials: trials.map(([clause, ...failed], i) => ({
      mutant: { ...MUTANT, id: `m${i}`, clause },
      failures: failed.map((at) => ({ case: `case/${at}`, kind: "wrong-code" as const })),
    })),
    cases,
    clauses: SPEC,
  });
}

const ALL = [
  ["PKT-1", 0, 1],
  ["PKT-1", 2, 3],
  ["PKT-2", 4, 5],
  ["PKT-2", 6, 7],
] as const;

test("a complete matrix has no faults", () => {
  assert.deepEqual(faults(...ALL), []);
});

test("a mutant that survives, or is killed by others only, is a fault", () => {
  assert.deepEqual(faults(...ALL, ["PKT-1"]), ["mutant m4 of PKT-1 survives"]);
  assert.deepEqual(faults(...ALL, ["PKT-1", 4]), [
    "mutant m4 is killed by no case that cites PKT-1, but by case/4",
  ]);
  assert.match(faults(...ALL, ["PKT-9", 4]).join(), /PKT-9, which SPEC.md does not have/);
});

test("a case that only broad mutants fail is a fault", () => {
  assert.deepEqual(faults(ALL[0], ALL[1], ALL[2], ["PKT-2", 5, 6, 7]), [
    "case case/6 kills no mutant",
    "case case/7 kills no mutant",
  ]);
});

test("a clause with MUST and without a mutant is a fault, one with MAY is not", () => {
  const found = faults(ALL[0], ALL[1]);
  assert.ok(found.includes("PKT-2 has no mutant"));
  assert.ok(!found.some((fault) => fault.startsWith("PKT-3")));
});

test("the matrix is printed by clause", () => {
  const trials = [
    { mutant: MUTANT, failures: [{ case: "case/0", kind: "wrong-code" as const }] },
    { mutant: { ...MUTANT, id: "n" }, failures: [] },
  ];
  assert.deepEqual(matrixLines({ trials, cases, clauses: SPEC }), ["PKT-1      1 of 2      1"]);
});

test("mutants in one process do not know of each other", async () => {
  const ids = ["checks-no-digest", "tells-no-end", "keeps-no-error-code"];
  const some = MUTANTS.filter(({ id }) => ids.includes(id));
  const together = await tryMutants([...some, ...some], () => undefined);
  for (const [i, { mutant, failures, error }] of together.entries()) {
    assert.equal(error, undefined);
    assert.deepEqual(failures, together[(i + 3) % 6]?.failures, mutant.id);
  }
});

test("a mutant that is not known comes to no end", async () => {
  const [trial] = await tryMutants([MUTANT], () => undefined);
  assert.match(trial?.error ?? "", /there is no mutant m/);
});
