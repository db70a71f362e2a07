/**
 * The clauses of the specification, read from its Markdown. A clause is a paragraph that begins with its
 * number in bold (SPEC 2). What a clause means, and who cites it, is not known here.
 */

/** The areas of clauses, in the order of the specification. */
export const AREAS = [
  "STR",
  "PKT",
  "ENC",
  "SND",
  "RCV",
  "ACK",
  "TIM",
  "CC",
  "OPN",
  "END",
  "LIM",
  "ERR",
  "BND",
  "UDP",
  "SEC",
] as const;

/** A key word of BCP 14. */
export type Keyword = "MUST" | "MUST NOT" | "SHOULD" | "SHOULD NOT" | "MAY";

/** One clause. */
export interface Clause {
  /** As it is cited: `SND-7`. */
  readonly id: string;
  readonly area: string;
  /** From 1, within its area. */
  readonly number: number;
  /** Where it begins, from 1. */
  readonly line: number;
  /** The paragraph on one line, without its number and without the *Untestable* sentence. */
  readonly sentence: string;
  readonly keywords: readonly Keyword[];
  /** Why no test from outside can prove it; absent for clauses that one can. */
  readonly untestable?: string;
}

/** What {@link parseClauses} finds. */
export interface Specification {
  /** In the order of the document. */
  readonly clauses: readonly Clause[];
  /** What is wrong with the document: duplicates, gaps, clauses that bind to nothing. */
  readonly faults: readonly string[];
  /** What is against its style: more than one key word in a clause, an actor that is not named. */
  readonly warnings: readonly string[];
}

const START = /^\*\*([A-Z]+)-(\d+)\.\*\*\s*/;
const KEYWORD = /\b(?:MUST NOT|MUST|SHOULD NOT|SHOULD|MAY)\b/g;
const UNTESTABLE = /\*Untestable because\*/;
const ACTOR = /\b(?:sender|receiver|endpoint|decoder|encoder|binding)\b/i;

/**
 * Reads all clauses of a document.
 *
 * @param areas - the areas that may occur
 */
export function parseClauses(markdown: string, areas: readonly string[] = AREAS): Specification {
  const clauses = paragraphs(markdown).flatMap(clauseOf);
  return {
    clauses,
    faults: [
      ...duplicates(clauses),
      ...gaps(clauses),
      ...clauses.flatMap((clause) => faultsOf(clause, areas)),
    ],
    warnings: clauses.flatMap(warningsOf),
  };
}

interface Paragraph {
  readonly line: number;
  readonly text: string;
}

/** Blocks between blank lines; fenced code is none. */
function paragraphs(markdown: string): Paragraph[] {
  const found: Paragraph[] = [];
  let open: { line: number; lines: string[] } | undefined;
  let fenced = false;
  const close = () => {
    if (open) found.push({ line: open.line, text: open.lines.join(" ") });
    open = undefined;
  };
  markdown.split("\n").forEach((text, i) => {
    if (text.startsWith("```")) fenced = !fenced;
    if (fenced || text.startsWith("```") || text.trim() === "") close();
    else if (open) open.lines.push(text.trim());
    else open = { line: i + 1, lines: [text.trim()] };
  });
  close();
  return found;
}

function clauseOf({ line, text }: Paragraph): Clause[] {
  const start = START.exec(text);
  if (start?.[1] === undefined || start[2] === undefined) return [];
  const [sentence = "", untestable] = text.slice(start[0].length).split(UNTESTABLE);
  return [
    {
      id: `${start[1]}-${start[2]}`,
      area: start[1],
      number: Number(start[2]),
      line,
      sentence: sentence.trim(),
      keywords: (sentence.match(KEYWORD) ?? []) as Keyword[],
      ...(untestable !== undefined && { untestable: untestable.trim() }),
    },
  ];
}

function duplicates(clauses: readonly Clause[]): string[] {
  const lines = new Map<string, number>();
  return clauses.flatMap(({ id, line }) => {
    const before = lines.get(id);
    lines.set(id, line);
    return before === undefined ? [] : [`${id} stands twice: lines ${before} and ${line}`];
  });
}

function gaps(clauses: readonly Clause[]): string[] {
  const faults: string[] = [];
  for (const area of new Set(clauses.map((clause) => clause.area))) {
    const numbers = new Set(clauses.filter((c) => c.area === area).map((c) => c.number));
    for (let number = 1; number <= Math.max(...numbers); number += 1) {
      if (!numbers.has(number)) faults.push(`${area}-${number} is missing: the numbers have a gap`);
    }
  }
  return faults;
}

function faultsOf(clause: Clause, areas: readonly string[]): string[] {
  const faults: string[] = [];
  if (!areas.includes(clause.area)) faults.push(`${clause.id} is of no known area`);
  if (clause.keywords.length === 0) faults.push(`${clause.id} binds to nothing: no key word`);
  if (clause.untestable === "") faults.push(`${clause.id} does not say why it is untestable`);
  return faults;
}

function warningsOf(clause: Clause): string[] {
  const warnings: string[] = [];
  if (clause.keywords.length > 1) {
    warnings.push(`${clause.id} has ${clause.keywords.length} key words`);
  }
  if (!ACTOR.test(clause.sentence)) warnings.push(`${clause.id} names no actor`);
  return warnings;
}
