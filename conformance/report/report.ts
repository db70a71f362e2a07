// The report of a run as data (conformance/schemas/report.schema.json): what was claimed, what was run,
// what came of it. All other forms are made from it.

import type { Hello } from "../driver/protocol.js";
import { faultIn } from "../driver/schema.js";
import { ROLES } from "../engine/case.js";
import type { CaseResult, Failure } from "../engine/verdict.js";
import { KitError } from "../kit-error.js";
import { kitVersion } from "../package-root.js";
import { clauses, type Clause } from "./clauses.js";
import { evidenceOf, type Evidence } from "./evidence.js";

/** What became of the cases of one role. */
export interface RoleSummary {
  readonly role: string;
  readonly claimed: boolean;
  readonly passed: number;
  readonly failed: number;
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

/** The report of one run. */
export interface Report {
  readonly report: 1;
  readonly kit: string;
  readonly spec: 1;
  readonly verdict: "conformant" | "selection" | "non-conformant" | "not-driven";
  readonly reason?: string;
  /** What may be said of the port; only with the verdict `conformant`. */
  readonly claim?: string;
  readonly port?: Hello;
  readonly command: readonly string[];
  readonly seconds: number;
  /** What random schedules were made from. */
  readonly seed?: number;
  readonly roles: readonly RoleSummary[];
  readonly clauses: ReportClauses;
  readonly diagnosis?: Diagnosis;
  readonly cases: readonly ReportCase[];
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
  readonly diagnosis?: Diagnosis;
  /** Why the run was given up, if it was. */
  readonly givenUp?: string;
}

/** Makes the report of a run. */
export function makeReport(run: RunRecord): Report {
  const { hello, command, results, isSelection, givenUp, seed, diagnosis } = run;
  const verdict =
    givenUp !== undefined
      ? "not-driven"
      : results.some((result) => result.verdict === "fail")
        ? "non-conformant"
        : isSelection
          ? "selection"
          : "conformant";
  const isClaim = verdict === "conformant" && hello !== undefined;
  return {
    report: 1,
    kit: kitVersion(),
    spec: 1,
    verdict,
    ...(givenUp === undefined ? {} : { reason: givenUp }),
    ...(isClaim ? { claim: claimOf(hello) } : {}),
    ...(hello === undefined ? {} : { port: hello }),
    command,
    seconds: Math.round(run.seconds * 1000) / 1000,
    ...(seed === undefined ? {} : { seed }),
    roles: roleSummaries(results, hello),
    clauses: {
      exercised: clausesOf(results.filter((result) => result.verdict !== "not-run")),
      failed: clausesOf(results.filter((result) => result.verdict === "fail")),
      sentences: [...clauses().values()],
    },
    ...(diagnosis === undefined ? {} : { diagnosis }),
    cases: results.map(reportCase),
  };
}

/** The text of report.json; throws KitError if the report breaks its own schema. */
export function reportJson(report: Report): string {
  const data: unknown = JSON.parse(JSON.stringify(report));
  const fault = faultIn("report.schema.json", data);
  if (fault !== undefined) throw new KitError(`the report breaks report.schema.json: ${fault}`);
  return `${JSON.stringify(data, null, 1)}\n`;
}

function claimOf({ name, version, roles }: Hello): string {
  return `${name} ${version} conforms to Chatterbox 1 as ${roles.join(", ")}, by kit ${kitVersion()}`;
}

function roleSummaries(results: readonly CaseResult[], hello: Hello | undefined): RoleSummary[] {
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
      not_run: withVerdict("not-run"),
      assertions: mine.reduce((sum, result) => sum + result.assertions, 0),
    };
  });
}

function reportCase(result: CaseResult): ReportCase {
  const { id, role, clauses, verdict, assertions, reason, failure } = result;
  return {
    ...{ id, role, clauses },
    ...(result.case === undefined ? {} : { why: result.case.why }),
    ...{ verdict, assertions },
    ...(reason === undefined ? {} : { reason }),
    ...(failure === undefined ? {} : { failure }),
    ...evidenceOf(result),
  };
}

function clausesOf(results: readonly CaseResult[]): string[] {
  return [...new Set(results.flatMap((result) => result.clauses))].sort((a, b) =>
    a.localeCompare(b, "en", { numeric: true }),
  );
}
