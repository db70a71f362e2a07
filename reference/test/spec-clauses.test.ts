// The check of clauses, on small documents of an area that does not exist, and on SPEC.md itself.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { citedByText, citedByVector, scanCitations } from "../../scripts/citations.js";
import { count, countByArea, coverage } from "../../scripts/clause-coverage.js";
import { parseClauses } from "../../scripts/spec-clauses.js";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const AREAS = ["XA", "XB"];

const DOCUMENT = `# Title

**XA-1.** A sender MUST do
one thing.

Prose that MUST be ignored, and names XA-1.

**XA-2.** A receiver MUST NOT do another.
*Untestable because* nobody sees it.

\`\`\`
**XA-9.** code is no clause

\`\`\`

**XB-1.** An endpoint MAY rest. *Why.* Because.
`;

const parse = (text: string) => parseClauses(text, AREAS);

test("a clause is a paragraph that begins with its number", () => {
  const { clauses, faults, warnings } = parse(DOCUMENT);
  assert.deepEqual(faults, []);
  assert.deepEqual(warnings, []);
  assert.deepEqual(
    clauses.map(({ id, line, sentence, keywords, untestable }) => [
      id,
      line,
      sentence,
      keywords,
      untestable,
    ]),
    [
      ["XA-1", 3, "A sender MUST do one thing.", ["MUST"], undefined],
      ["XA-2", 8, "A receiver MUST NOT do another.", ["MUST NOT"], "nobody sees it."],
      ["XB-1", 16, "An endpoint MAY rest. *Why.* Because.", ["MAY"], undefined],
    ],
  );
});

test("bad numbers and empty clauses are faults", () => {
  const faultOf = (text: string) => parse(text).faults;
  const one = "**XA-1.** A sender MUST.\n\n";
  assert.deepEqual(faultOf(one + one), ["XA-1 stands twice: lines 1 and 3"]);
  assert.deepEqual(faultOf(`${one}**XA-3.** A sender MUST.`), [
    "XA-2 is missing: the numbers have a gap",
  ]);
  assert.deepEqual(faultOf("**XC-1.** A sender MUST."), ["XC-1 is of no known area"]);
  assert.deepEqual(faultOf("**XA-1.** A sender does."), ["XA-1 binds to nothing: no key word"]);
  assert.deepEqual(faultOf("**XA-1.** A sender MUST.\n*Untestable because*"), [
    "XA-1 does not say why it is untestable",
  ]);
});

test("two key words and a missing actor are warnings", () => {
  assert.deepEqual(parse("**XA-1.** A sender MUST and MUST NOT.").warnings, [
    "XA-1 has 2 key words",
  ]);
  assert.deepEqual(parse("**XA-1.** It MUST.").warnings, ["XA-1 names no actor"]);
});

test("citations are found in comments, ranges and vectors", () => {
  const ids = (text: string, file = "reference/core/a.ts") =>
    citedByText(file, text, AREAS).map(({ id, line, kind }) => [id, line, kind]);
  assert.deepEqual(ids("a(); // XA-7\n/** @spec XA-1, XB-2 */ MAXA-3 XA-x"), [
    ["XA-7", 1, "text"],
    ["XA-1", 2, "text"],
    ["XB-2", 2, "text"],
  ]);
  assert.deepEqual(
    ids("XA-1 to XA-3", "simulator/test/a.test.ts").map(([id]) => id),
    ["XA-1", "XA-2", "XA-3"],
  );
  assert.deepEqual(ids("XA-1", "simulator/test/a.test.ts"), [["XA-1", 1, "test"]]);
  assert.deepEqual(ids('clause: "XA-1"', "conformance/ports/mutants/a.ts"), [
    ["XA-1", 1, "mutant"],
  ]);
  const vector = { cases: [{ id: "runs/a", clauses: ["XA-1", "XB-1"] }, { id: "runs/b" }] };
  assert.deepEqual(citedByVector("vectors/packet/runs.json", JSON.stringify(vector)), [
    { id: "XA-1", file: "vectors/packet/runs.json", line: 0, kind: "case", caseId: "runs/a" },
    { id: "XB-1", file: "vectors/packet/runs.json", line: 0, kind: "case", caseId: "runs/a" },
  ]);
});

test("a MUST is proved by a case or a test, or says why not; nothing else is proof", () => {
  const at = (kind: "case" | "test" | "text" | "mutant", id = "XA-1") =>
    ({ id, file: "f", line: 1, kind, ...(kind === "case" && { caseId: "f/c" }) }) as const;
  const statusesWith = (...citations: ReturnType<typeof at>[]) =>
    coverage(parse(DOCUMENT), citations).clauses.map(({ status }) => status);
  assert.deepEqual(statusesWith(), ["missing", "untestable", "optional"]);
  assert.deepEqual(statusesWith(at("text"), at("mutant")), ["missing", "untestable", "optional"]);
  assert.deepEqual(statusesWith(at("case")), ["proved", "untestable", "optional"]);
  assert.deepEqual(statusesWith(at("test"), at("test", "XA-2")), ["proved", "proved", "optional"]);

  const { clauses, failures, warnings } = coverage(parse(DOCUMENT), [at("case"), at("mutant")]);
  assert.deepEqual(failures, []);
  assert.deepEqual(warnings, []);
  assert.deepEqual(
    countByArea(clauses).map(({ area, proved }) => [area, proved]),
    [
      ["XA", 1],
      ["XB", 0],
    ],
  );
  assert.deepEqual(count("total", clauses), {
    area: "total",
    clauses: 3,
    proved: 1,
    byVector: 1,
    untestable: 1,
    missing: 0,
    mutants: 1,
  });
});

test("missing proof, dangling citations and missing mutants are failures", () => {
  const dangling = { id: "XA-5", file: "a.ts", line: 7, kind: "text" } as const;
  assert.deepEqual(coverage(parse(DOCUMENT), [dangling]).failures, [
    "XA-5 does not exist, but is cited by a.ts:7",
    "XA-1 has no proof: A sender MUST do one thing.",
  ]);
  const proof = { id: "XA-1", file: "v.json", line: 0, kind: "case", caseId: "v/c" } as const;
  assert.deepEqual(coverage(parse(DOCUMENT), [proof]).failures, ["XA-1 has no mutant"]);
});

test("the numbers of SPEC.md are in order and nobody cites a clause that it does not have", () => {
  const specification = parseClauses(readFileSync(`${ROOT}SPEC.md`, "utf8"));
  assert.ok(specification.clauses.length > 100);
  const { failures } = coverage(specification, scanCitations(ROOT));
  assert.deepEqual(
    failures.filter((failure) => !failure.includes("has no proof")),
    [],
  );
});
