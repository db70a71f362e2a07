// The likely bug: every mutant is known again by its failures, with noise too; unrelated failures are not
// explained; and what is said can be checked by whoever reads it.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Prng } from "../../simulator/prng.js";
import { mutantCommand } from "../cli/bundled.js";
import { loadCases } from "../engine/load-cases.js";
import type { CaseResult } from "../engine/verdict.js";
import { knownKills, type CaseFailure, type Kills } from "../mutants/kills.js";
import { packagePath } from "../package-root.js";
import { diagnose } from "../report/diagnosis.js";
import type { Report } from "../report/report.js";

const CASES = loadCases();

/** A run of all cases in which these failed. */
function runOf(failures: readonly CaseFailure[], ids = CASES.map(({ id }) => id)): CaseResult[] {
  const failed = new Map(failures.map((failure) => [failure.case, failure]));
  return ids.map((id): CaseResult => {
    const head = { id, role: "codec", clauses: [], assertions: 1 };
    const failure = failed.get(id);
    if (failure === undefined) return { ...head, verdict: "pass" };
    const { kind, step } = failure;
    const where = step === undefined ? {} : { step };
    return { ...head, verdict: "fail", failure: { kind, summary: "", ...where } };
  });
}

function isSame(left: Kills | undefined, right: Kills | undefined): boolean {
  return JSON.stringify(left?.failures) === JSON.stringify(right?.failures);
}

test("every mutant is diagnosed as itself or as one with the same failures", () => {
  const kills = knownKills();
  const byId = new Map(kills.map((mutant) => [mutant.id, mutant]));
  for (const mutant of kills) {
    const found = diagnose(runOf(mutant.failures), kills);
    assert.ok(isSame(byId.get(found?.mutants[0]?.id ?? ""), mutant), mutant.id);
    assert.match(
      found?.text ?? "",
      /^Your port fails \d+ cases?; mutant `[\w-]+` fails (the same|it too): it /,
    );
  }
});

test("a mutant is known again when a fifth of its failures is missing and others are there", () => {
  const kills = knownKills();
  const wide = kills.filter(({ failures }) => failures.length >= 10);
  for (const mutant of wide) {
    const most = mutant.failures.filter((_, i) => i % 5 > 0);
    const other = CASES.slice(0, 2).map(({ id }): CaseFailure => ({ case: id, kind: "fault" }));
    const found = diagnose(runOf([...most, ...other]), kills);
    assert.notEqual(found, undefined, mutant.id);
  }
});

test("random failures that have nothing to do with each other are not explained", () => {
  const kills = knownKills();
  const prng = Prng.fromSeed(1);
  for (let run = 0; run < 300; run += 1) {
    const size = 4 + prng.below(40);
    const failures = Array.from({ length: size }, (): CaseFailure => {
      const item = CASES[prng.below(CASES.length)];
      return { case: item?.id ?? "", kind: "wrong-output", step: prng.below(5) };
    });
    assert.equal(diagnose(runOf(failures), kills), undefined, JSON.stringify(failures));
  }
});

const ids = Array.from({ length: 20 }, (_, i) => `case/${i}`);
const fails = (...at: readonly number[]): CaseFailure[] =>
  at.map((i) => ({ case: `case/${i}`, kind: "view" }));
const mutant = (id: string, ...at: readonly number[]): Kills => {
  return { id, clause: "ACK-2", does: `does ${id}`, failures: fails(...at) };
};
/** Every case fails two mutants, so all weigh the same. */
const SYNTHETIC = [
  mutant("ten", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
  mutant("twin", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
  mutant("later", 10, 11, 12, 13),
  mutant("last", 14),
];

test("half of what either fails is enough, less is not", () => {
  const half = diagnose(runOf(fails(0, 1, 2, 3, 4), ids), SYNTHETIC);
  assert.equal(half?.mutants[0]?.id, "ten");
  assert.match(half.text, /fails 5 cases; mutant `ten` fails the same and 5 more: it does ten/);
  assert.match(half.text, /So does `twin`\./);
  assert.equal(diagnose(runOf(fails(0, 1, 2, 3), ids), SYNTHETIC), undefined);
});

test("a failure of another kind counts half", () => {
  const other = fails(0, 1, 2, 3, 4, 5, 6, 7, 8).map((failure) => {
    return { ...failure, kind: "timer" } as const;
  });
  assert.equal(diagnose(runOf(other, ids), SYNTHETIC), undefined);
  assert.notEqual(diagnose(runOf([...other.slice(1), ...fails(0)], ids), SYNTHETIC), undefined);
});

test("two bugs are told apart", () => {
  const found = diagnose(
    runOf(fails(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13), ids),
    SYNTHETIC,
  );
  assert.deepEqual(
    found?.mutants.map(({ id }) => id),
    ["ten", "twin", "later"],
  );
  assert.match(found.text, /fails 14 cases; mutant `ten` fails 10 of them: it/);
  assert.match(
    found.text,
    /Of what this leaves, your port fails 4 cases; mutant `later` fails the same/,
  );
});

test("cases that were not run are no difference, nor failures that no mutant has", () => {
  const part = runOf(fails(0, 1, 2), ["case/0", "case/1", "case/2"]);
  assert.equal(diagnose(part, SYNTHETIC)?.mutants[0]?.id, "ten");
  const more = runOf(fails(10, 11, 12, 13, 18, 19), ids);
  assert.match(diagnose(more, SYNTHETIC)?.text ?? "", /fails 4 cases; mutant `later`/);
});

test("nothing is said of a port that fails nothing", () => {
  assert.equal(diagnose(runOf([], ids), SYNTHETIC), undefined);
});

test("the report names the mutant, in every form", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "diagnosis-"));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  const file = join(folder, "report.json");
  const bin = packagePath("bin/chatterbox-conformance.js");
  const words = ["run", "--only", "receiver", "--report", file, "--"];
  const { status, stdout } = spawnSync(
    process.execPath,
    [bin, ...words, ...mutantCommand("acks-past-a-gap")],
    { encoding: "utf8" },
  );
  assert.equal(status, 1, stdout);
  assert.match(
    stdout,
    /likely bug {2}Your port fails \d+ cases; mutant `acks-past-a-gap` fails the/,
  );
  const { diagnosis } = JSON.parse(readFileSync(file, "utf8")) as Report;
  assert.equal(diagnosis?.mutants[0]?.id, "acks-past-a-gap");
});
