// The report of a run as data (conformance/schemas/report.schema.json): what was claimed, what was run,
// what came of it. All other forms are made from it.

import type { Hello } from "../driver/protocol.js";
import { faultIn } from "../driver/schema.js";
import { ROLES } from "../engine/case.js";
import type { CaseResult, Failure } from "../engine/verdict.js";
import type { Expectation, ExpectedNote } from "../expect/expectation.js";
import type { Matched } from "../expect/match.js";
import { KitError } from "../kit-error.js";
import { kitVersion } from "../package-root.js";
import { clauses, type Clause } from "./clauses.js";
import { evidenceOf, type Evidence } from "./evidence.js";
import { count } from "./style.js";

/** What became of the cases of one role. */
export interface RoleSummary {
  readonly role: string;
  readonly claimed: boolean;
  readonly passed: number;
  readonly failed: number;
  /** How many of the failed were expected to. */
  readonly expected: number;
  readonly not_run: number;
  readonly assertions: number;
}

/** A case in a report; a failed one with its evidence. */
export interface ReportCase extends Evidence {
  readonly id: string;
  readonly role: string;
  readonly clauses: readonly string[];
  /** The bug that it hunts; absent for a role that has no cases. */
  readonly why?: string;
  readonly verdict: CaseResult["verdict"];
  readonly assertions: number;
  readonly reason?: string;
  readonly failure?: Failure;
  /** Why the failure was expected, if it was. */
  readonly expected?: ExpectedNote;
}

/** What is known of the bug behind the failures: ports with the same ones. */
export interface Diagnosis {
  /** One sentence for a person. */
  readonly text: string;
  /** The mutants whose failures are most like these, the likest first. */
  readonly mutants: readonly DiagnosedMutant[];
}

/** A mutant of the reference that fails like the port. */
export interface DiagnosedMutant {
  readonly id: string;
  readonly clause: string;
  /** What the faulty port does, in one phrase. */
  readonly does: string;
}

/** What came of a run. With `expected-failures` all that failed was expected to. */
export type Verdict =
  | "conformant"
  | "selection"
  | "expected-failures"
  | "stale-expectations"
  | "non-conformant"
  | "not-driven";

/** The report of one run. */
export interface Report {
  readonly report: 1;
  readonly kit: string;
  readonly spec: 1;
  readonly verdict: Verdict;
  readonly reason?: string;
  /** What may be said of the port; only with the verdict `conformant`. */
  readonly claim?: string;
  readonly port?: Hello;
  readonly command: readonly string[];
  readonly seconds: number;
  /** What random schedules were made from. */
  readonly seed?: number;
  /** How many random schedules were tried. */
  readonly schedules?: number;
  readonly roles: readonly RoleSummary[];
  readonly clauses: ReportClauses;
  readonly diagnosis?: Diagnosis;
  readonly expectations?: ReportExpectations;
  readonly cases: readonly ReportCase[];
}

/** What came of the list of expected failures. */
export interface ReportExpectations {
  readonly file: string;
  readonly matched: number;
  /** One line for each entry that does not hold. */
  readonly problems: readonly string[];
}

/** What became of the clauses of SPEC.md. */
export interface ReportClauses {
  readonly exercised: readonly string[];
  readonly failed: readonly string[];
  /** All clauses with their sentences, in the order of the document. */
  readonly sentences: readonly Clause[];
}

/** What a report is made from. */
export interface RunRecord {
  readonly hello: Hello | undefined;
  /** Empty for the bundled reference. */
  readonly command: readonly string[];
  readonly results: readonly CaseResult[];
  readonly seconds: number;
  readonly isSelection: boolean;
  readonly seed?: number;
  /** How many random schedules were tried; 0 is the same as none. */
  readonly schedules?: number;
  readonly diagnosis?: Diagnosis;
  readonly expectations?: Matched & { readonly file: string };
  /** Why the run was given up, if it was. */
  readonly givenUp?: string;
}

/** Makes the report of a run. */
export function makeReport(run: RunRecord): Report {
  const { hello, command, results, givenUp, seed, schedules = 0, diagnosis, expectations } = run;
  const verdict = verdictOf(run);
  const isClaim = verdict === "conformant" && hello !== undefined;
  return {
    report: 1,
    kit: kitVersion(),
    spec: 1,
    verdict,
    ...(givenUp === undefined ? {} : { reason: givenUp }),
    ...(isClaim ? { claim: claimOf(hello, run) } : {}),
    ...(hello === undefined ? {} : { port: hello }),
    command,
    seconds: Math.round(run.seconds * 1000) / 1000,
    ...(seed === undefined ? {} : { seed }),
    ...(schedules === 0 ? {} : { schedules }),
    roles: roleSummaries(run),
    clauses: {
      exercised: clausesOf(results.filter((result) => result.verdict !== "not-run")),
      failed: clausesOf(results.filter((result) => result.verdict === "fail")),
      sentences: [...clauses().values()],
    },
    ...(diagnosis === undefined ? {} : { diagnosis }),
    ...(expectations === undefined ? {} : { expectations: summaryOf(expectations) }),
    cases: results.map((result) => reportCase(result, expectations)),
  };
}

function verdictOf({ results, isSelection, givenUp, expectations }: RunRecord): Verdict {
  if (givenUp !== undefined) return "not-driven";
  const failed = results.filter(({ verdict }) => verdict === "fail");
  if (failed.some(({ id }) => expectations?.expected.has(id) !== true)) return "non-conformant";
  if ((expectations?.problems ?? []).length > 0) return "stale-expectations";
  if (failed.length > 0) return "expected-failures";
  return isSelection ? "selection" : "conformant";
}

function summaryOf({ file, expected, problems }: Matched & { file: string }): ReportExpectations {
  return { file, matched: expected.size, problems };
}

/** The text of report.json; throws KitError if the report breaks its own schema. */
export function reportJson(report: Report): string {
  const data: unknown = JSON.parse(JSON.stringify(report));
  const fault = faultIn("report.schema.json", data);
  if (fault !== undefined) throw new KitError(`the report breaks report.schema.json: ${fault}`);
  return `${JSON.stringify(data, null, 1)}\n`;
}

/** Name, roles, and how much was tried: what a reader needs to repeat the run. */
function claimOf({ name, version, roles }: Hello, run: RunRecord): string {
  const { results, seed, schedules = 0 } = run;
  const cases = results.filter(
    ({ case: item, verdict }) => item !== undefined && verdict === "pass",
  );
  const proof = [
    count(cases.length, "case"),
    ...(schedules === 0 ? [] : [count(schedules, "random schedule")]),
    `kit ${kitVersion()}`,
    ...(schedules === 0 || seed === undefined ? [] : [`seed ${seed}`]),
  ];
  return `${name} ${version} conforms to Chatterbox 1 (draft) as ${roles.join(", ")}: ${proof.join(", ")}`;
}

function roleSummaries({ results, hello, expectations }: RunRecord): RoleSummary[] {
  const roles = [...new Set<string>([...ROLES, ...(hello?.roles ?? [])])];
  return roles.map((role) => {
    const mine = results.filter((result) => result.role === role);
    const withVerdict = (verdict: CaseResult["verdict"]): number =>
      mine.filter((result) => result.verdict === verdict).length;
    return {
      role,
      claimed: hello?.roles.includes(role) ?? false,
      passed: withVerdict("pass"),
      failed: withVerdict("fail"),
      expected: mine.filter(({ id }) => expectations?.expected.has(id) === true).length,
      not_run: withVerdict("not-run"),
      assertions: mine.reduce((sum, result) => sum + result.assertions, 0),
    };
  });
}

function reportCase(result: CaseResult, expectations: Matched | undefined): ReportCase {
  const { id, role, clauses, verdict, assertions, reason, failure } = result;
  return {
    ...{ id, role, clauses },
    ...(result.case === undefined ? {} : { why: result.case.why }),
    ...{ verdict, assertions },
    ...(reason === undefined ? {} : { reason }),
    ...(failure === undefined ? {} : { failure }),
    ...expectedNote(expectations?.expected.get(id)),
    ...evidenceOf(result),
  };
}

function expectedNote(entry: Expectation | undefined): Pick<ReportCase, "expected"> {
  if (entry === undefined) return {};
  const { kind, reason, issue } = entry;
  return { expected: issue === undefined ? { kind, reason } : { kind, reason, issue } };
}

function clausesOf(results: readonly CaseResult[]): string[] {
  return [...new Set(results.flatMap((result) => result.clauses))].sort((a, b) =>
    a.localeCompare(b, "en", { numeric: true }),
  );
}
