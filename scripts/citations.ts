/**
 * Who cites the clauses: reads the texts of the repository for ids such as those of SPEC 2 and says in
 * what role each stands. Whether a clause exists is not known here.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AREAS } from "./spec-clauses.js";

/**
 * What a citation is worth. `case`: a vector lists the clause. `test`: a test names it. `mutant`: a
 * deliberate fault against it. `text`: anything else.
 */
export type CitationKind = "case" | "test" | "mutant" | "text";

/** One mention of a clause. */
export interface Citation {
  readonly id: string;
  /** Relative to the root, with slashes. */
  readonly file: string;
  /** From 1; 0 in a vector, whose cases have ids instead. */
  readonly line: number;
  readonly kind: CitationKind;
  /** Of the vector's case. */
  readonly caseId?: string;
}

const SKIPPED = new Set(["node_modules", "dist", "build", "coverage", ".git"]);
const READ = /\.(?:[cm]?[jt]s|json|proto|md|py|go|rs)$/;
const VECTOR = /^vectors\/(?:packet|session)\/[^/]+\.json$/;
const MUTANT = /^conformance\/(?:ports\/)?mutants\b/;
const TEST = /(?:^|\/)test\//;
const LOCK = /(?:^|\/)package-lock\.json$/;

/** Every citation in the files below `root`. */
export function scanCitations(root: string): Citation[] {
  return textsBelow(root, "").flatMap((file) => {
    const text = readFileSync(join(root, file), "utf8");
    return VECTOR.test(file) ? citedByVector(file, text) : citedByText(file, text);
  });
}

/** What the vectors of one file cite, once for each case and clause. */
export function citedByVector(file: string, text: string): Citation[] {
  const { cases = [] } = JSON.parse(text) as {
    cases?: { id?: string; clauses?: string[] }[];
  };
  return cases.flatMap(({ id: caseId = "", clauses = [] }) =>
    clauses.map((id) => ({ id, file, line: 0, kind: "case" as const, caseId })),
  );
}

/** What any other file cites; `LIM-1 to LIM-9` cites all nine. */
export function citedByText(
  file: string,
  text: string,
  areas: readonly string[] = AREAS,
): Citation[] {
  const kind = MUTANT.test(file) ? "mutant" : TEST.test(file) ? "test" : "text";
  const single = `(${areas.join("|")})-(\\d+)`;
  const pattern = new RegExp(`\\b${single}(?:(?: to |\\.\\.)\\1-(\\d+))?\\b`, "g");
  return text.split("\n").flatMap((line, i) =>
    [...line.matchAll(pattern)].flatMap(([, area = "", from = "", to = from]) =>
      numbersBetween(Number(from), Number(to)).map((number) => ({
        id: `${area}-${number}`,
        file,
        line: i + 1,
        kind,
      })),
    ),
  );
}

function numbersBetween(from: number, to: number): number[] {
  return Array.from({ length: Math.max(1, to - from + 1) }, (_, i) => from + i);
}

function textsBelow(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : textsBelow(root, path);
    return READ.test(path) && !LOCK.test(path) ? [path] : [];
  });
}
