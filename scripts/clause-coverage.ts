/**
 * Holds the clauses of the specification against those who cite them: which are proved, and by what. A
 * clause with MUST is proved by a vector's case or a test that cites it, or says why it cannot be.
 */
import type { Citation } from "./citations.js";
import type { Clause, Specification } from "./spec-clauses.js";

/** One clause and its proof. */
export interface CoveredClause extends Clause {
  /** Ids of the vectors' cases that cite it. */
  readonly cases: readonly string[];
  /** Tests that cite it. */
  readonly tests: readonly string[];
  /** How often a mutant names it. */
  readonly mutants: number;
  readonly status: "proved" | "untestable" | "missing" | "optional";
}

/** What {@link coverage} finds. */
export interface Coverage {
  readonly clauses: readonly CoveredClause[];
  /** Any of them fails the check. */
  readonly failures: readonly string[];
  readonly warnings: readonly string[];
}

/** One line of the table. */
export interface AreaCount {
  readonly area: string;
  readonly clauses: number;
  readonly proved: number;
  /** Of those, by a vector and not only by a test of our own. */
  readonly byVector: number;
  readonly untestable: number;
  readonly missing: number;
  readonly mutants: number;
}

/** Combines a specification with all citations of its clauses. */
export function coverage(specification: Specification, citations: readonly Citation[]): Coverage {
  const byId = new Map<string, Citation[]>();
  for (const citation of citations) {
    byId.set(citation.id, [...(byId.get(citation.id) ?? []), citation]);
  }
  const clauses = specification.clauses.map((clause) => cover(clause, byId.get(clause.id) ?? []));
  return {
    clauses,
    failures: [
      ...specification.faults,
      ...dangling(specification.clauses, citations),
      ...clauses
        .filter((clause) => clause.status === "missing")
        .map((clause) => `${clause.id} has no proof: ${clause.sentence}`),
      ...clauses.filter(needsMutant).map((clause) => `${clause.id} has no mutant`),
    ],
    warnings: specification.warnings,
  };
}

/** Whether its proof was never seen to fail. */
function needsMutant({ status, untestable, mutants }: CoveredClause): boolean {
  return status === "proved" && untestable === undefined && mutants === 0;
}

/** The table by area, in the order of the specification, without its total. */
export function countByArea(clauses: readonly CoveredClause[]): AreaCount[] {
  const areas = [...new Set(clauses.map((clause) => clause.area))];
  return areas.map((area) =>
    count(
      area,
      clauses.filter((clause) => clause.area === area),
    ),
  );
}

/** One line of the table for any set of clauses. */
export function count(area: string, clauses: readonly CoveredClause[]): AreaCount {
  const having = (status: string) => clauses.filter((clause) => clause.status === status).length;
  return {
    area,
    clauses: clauses.length,
    proved: having("proved"),
    byVector: clauses.filter((clause) => clause.cases.length > 0).length,
    untestable: having("untestable"),
    missing: having("missing"),
    mutants: clauses.filter((clause) => clause.mutants > 0).length,
  };
}

function cover(clause: Clause, citations: readonly Citation[]): CoveredClause {
  const of = (kind: string) => citations.filter((citation) => citation.kind === kind);
  const cases = [...new Set(of("case").flatMap((citation) => citation.caseId ?? []))];
  const tests = [...new Set(of("test").map((citation) => citation.file))];
  return { ...clause, cases, tests, mutants: of("mutant").length, status: statusOf() };

  function statusOf(): CoveredClause["status"] {
    if (cases.length + tests.length > 0) return "proved";
    if (clause.untestable !== undefined) return "untestable";
    return clause.keywords.some((keyword) => keyword.startsWith("MUST")) ? "missing" : "optional";
  }
}

function dangling(clauses: readonly Clause[], citations: readonly Citation[]): string[] {
  const known = new Set(clauses.map((clause) => clause.id));
  const where = ({ file, line, caseId }: Citation) =>
    `${file}${caseId ? ` ${caseId}` : `:${line}`}`;
  return citations
    .filter((citation) => !known.has(citation.id))
    .map((citation) => `${citation.id} does not exist, but is cited by ${where(citation)}`);
}
