// Expected failures: what matches, what does not hold any more, and that none of it makes a claim.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { CaseResult, Failure } from "../engine/verdict.js";
import type { Expectation } from "../expect/expectation.js";
import { readExpectations } from "../expect/file.js";
import { expectationsOf, match } from "../expect/match.js";
import { signatureOf } from "../expect/signature.js";
import { packagePath } from "../package-root.js";
import { badgeMessage } from "../report/badge.js";
import { junit } from "../report/junit.js";
import { makeReport, reportJson, type Report, type RunRecord } from "../report/report.js";
import { plain } from "../report/style.js";
import { reportText } from "../report/terminal.js";

const FAILURE: Failure = {
  ...{ kind: "wrong-output", summary: "ack.next_index must be 3", step: 3 },
  ...{ field: "outputs[0]: ack.next_index", expected: { a: 1, b: "3" }, got: null },
};

function result(id: string, failure?: Failure): CaseResult {
  const head = { id, role: "receiver", clauses: ["ACK-2"], assertions: 1 };
  return failure === undefined
    ? { ...head, verdict: "pass" }
    : { ...head, verdict: "fail", failure };
}

function entry(id: string, signature = signatureOf(FAILURE)): Expectation {
  return { case: id, kind: "bug", signature, reason: "rounding" };
}

test("a signature is of the kind, the step, the field and the values, and of nothing else", () => {
  const signature = signatureOf(FAILURE);
  assert.match(signature, /^wrong-output@3 outputs\[0\]: ack\.next_index #[0-9a-f]{12}$/);
  const same = {
    ...FAILURE,
    summary: "in other words",
    stderr: "noise",
    expected: { b: "3", a: 1 },
  };
  assert.equal(signatureOf(same), signature);
  const others: Failure[] = [
    { ...FAILURE, kind: "missing-output" },
    { ...FAILURE, step: 4 },
    { ...FAILURE, field: "outputs[0]" },
    { ...FAILURE, expected: { a: 1, b: 3 } },
    { ...FAILURE, got: [null] },
  ];
  for (const other of others) assert.notEqual(signatureOf(other), signature);
  assert.equal(signatureOf({ kind: "crash", summary: "the process ended" }), "crash");
});

test("a failure that is expected is found by its case", () => {
  const { expected, problems } = match([result("a", FAILURE), result("b")], [entry("a")], false);
  assert.deepEqual([...expected.keys()], ["a"]);
  assert.deepEqual(problems, []);
});

const WRONG: readonly (readonly [string, readonly CaseResult[], Expectation[], RegExp])[] = [
  ["stale", [result("a")], [entry("a")], /^a is expected to fail and passes/],
  [
    "changed",
    [result("a", FAILURE)],
    [entry("a", "crash")],
    /^a fails in another way than expected: wrong-output@3 .*, not crash$/,
  ],
  ["unknown", [result("a", FAILURE)], [entry("b")], /^b .* there is no such case$/],
  [
    "not run",
    [{ ...result("a"), verdict: "not-run", reason: "the port does not claim receiver" }],
    [entry("a")],
    /^a .* was not run: the port does not claim receiver$/,
  ],
];

for (const [what, results, entries, line] of WRONG) {
  test(`an entry that is ${what} is a problem, in one line`, () => {
    const { expected, problems } = match(results, entries, false);
    assert.equal(expected.size, 0);
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? "", line);
  });
}

test("a case that is expected twice is a problem", () => {
  const { expected, problems } = match([result("a", FAILURE)], [entry("a"), entry("a")], false);
  assert.equal(expected.size, 1);
  assert.match(problems[0] ?? "", /^a is expected twice/);
});

test("a selection passes over entries of what it leaves out", () => {
  assert.deepEqual(match([result("a")], [entry("b")], true).problems, []);
});

test("what is written keeps what a person said of it", () => {
  const said = {
    ...entry("a", "crash"),
    kind: "deviation",
    issue: "https://example.org/1",
  } as const;
  const results = [result("a", FAILURE), result("b", FAILURE), result("c")];
  const written = expectationsOf(results, [said, entry("c"), entry("d")], false);
  assert.deepEqual(written, [
    { ...said, signature: signatureOf(FAILURE) },
    { ...entry("b"), reason: "to be filled in" },
  ]);
  const partial = expectationsOf(results, [entry("c"), entry("d")], true);
  assert.deepEqual(
    partial.map((item) => item.case),
    ["a", "b", "d"],
  );
});

function report(results: readonly CaseResult[], entries: readonly Expectation[]): Report {
  const run: RunRecord = {
    hello: { name: "port", version: "1", spec: 1, roles: ["receiver"] },
    ...{ command: ["port"], results, seconds: 1, isSelection: false },
    expectations: { file: "x.json", ...match(results, entries, false) },
  };
  return makeReport(run);
}

test("expected failures give another verdict than conformant, in every form", () => {
  const expected = report([result("a", FAILURE), result("b")], [entry("a")]);
  assert.equal(expected.verdict, "expected-failures");
  assert.equal(expected.claim, undefined);
  assert.match(
    reportText(expected, plain),
    /1 failure expected by x\.json:\n {2}bug {2}a: rounding/,
  );
  assert.match(reportText(expected, plain), /supports no claim/);
  assert.doesNotMatch(reportText(expected, plain), /FAIL/);
  assert.match(
    junit(expected),
    /failures="0" errors="0" skipped="1".*<skipped message="expected bug: /s,
  );
  assert.equal(badgeMessage(expected), "1 expected failure");
  assert.match(reportJson(expected), /"reason": "rounding"/);
});

test("a list that does not hold fails, though every case passes", () => {
  const stale = report([result("a")], [entry("a")]);
  assert.equal(stale.verdict, "stale-expectations");
  assert.equal(stale.claim, undefined);
  assert.match(reportText(stale, plain), /a is expected to fail and passes/);
  assert.match(junit(stale), /<testsuite name="expectations" tests="1" failures="1"/);
});

test("an unexpected failure is one, whatever else was expected", () => {
  const both = report([result("a", FAILURE), result("b", FAILURE)], [entry("a")]);
  assert.equal(both.verdict, "non-conformant");
  assert.match(reportText(both, plain), /2 failed, 1 of them expected/);
});

test("all pass and nothing is expected: the claim stands", () => {
  assert.equal(report([result("a")], []).verdict, "conformant");
});

function folder(t: TestContext): string {
  const made = mkdtempSync(join(tmpdir(), "chatterbox-expect-"));
  t.after(() => {
    rmSync(made, { recursive: true });
  });
  return made;
}

const BAD: readonly (readonly [string, string | undefined])[] = [
  ["is absent", undefined],
  ["is no JSON", "{"],
  ["is no list", "{}"],
  ["has an entry without a reason", '[{"case":"a","kind":"bug","signature":"crash"}]'],
  [
    "has an entry of another kind",
    '[{"case":"a","kind":"flaky","signature":"crash","reason":"it is"}]',
  ],
];

for (const [what, text] of BAD) {
  test(`a file that ${what} is misuse`, (t) => {
    const file = join(folder(t), "expect.json");
    if (text !== undefined) writeFileSync(file, text);
    assert.throws(() => readExpectations(file), { name: "UsageError" });
  });
}

test("the command writes what fails, takes it as expected, and finds it stale when it passes", (t) => {
  const cwd = folder(t);
  const bin = packagePath("bin/chatterbox-conformance.js");
  const mutants = packagePath("dist/conformance/ports/mutants/main.js");
  const wrong = ["--", process.execPath, mutants, "accepts-lying-lengths"];
  const run = (...words: string[]) =>
    spawnSync(process.execPath, [bin, "run", "--only", "encoding-varints/", ...words], {
      ...{ cwd, encoding: "utf8" },
      env: { ...process.env, FORCE_COLOR: "0" },
    });
  assert.equal(run(...wrong).status, 1);
  const written = run("--write-expect", "chatterbox.expect.json", ...wrong);
  assert.equal(written.status, 0, written.stdout);
  const entries = readExpectations(join(cwd, "chatterbox.expect.json"));
  assert.ok(entries.length > 0 && entries.every(({ kind }) => kind === "bug"));
  assert.match(readFileSync(join(cwd, "chatterbox.expect.json"), "utf8"), /to be filled in/);
  const expected = run(...wrong);
  assert.equal(expected.status, 0, expected.stdout);
  assert.match(expected.stdout, /expected by chatterbox\.expect\.json/);
  const stale = run("--expect", "chatterbox.expect.json");
  assert.equal(stale.status, 1, stale.stdout);
  assert.match(stale.stdout, /is expected to fail and passes/);
  const both = run("--expect", "a.json", "--write-expect", "b.json", ...wrong);
  assert.equal(both.status, 2);
  assert.equal(run("--expect", "a.json", ...wrong).status, 2);
});
