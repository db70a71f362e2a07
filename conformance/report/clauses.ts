// The sentences of SPEC.md by clause, read from the document itself: a failure quotes what was broken,
// never a paraphrase that could drift.

import { packageText } from "../package-root.js";

/** A clause of SPEC.md. */
export interface Clause {
  readonly id: string;
  /** The paragraph without its number, on one line, as Markdown. */
  readonly text: string;
  /** The section that it stands in: `4.2 Tokens in a packet`. */
  readonly section: string;
  /** Why the kit cannot test it, if it says so. */
  readonly untestable?: string;
}

let read: ReadonlyMap<string, Clause> | undefined;

/** All clauses, in the order of the document. */
export function clauses(): ReadonlyMap<string, Clause> {
  read ??= parseClauses(packageText("SPEC.md"));
  return read;
}

/** The clauses of a document: paragraphs that begin with `**AREA-1.**`, up to a blank line. */
export function parseClauses(markdown: string): ReadonlyMap<string, Clause> {
  const found = new Map<string, Clause>();
  let section = "";
  for (const paragraph of markdown.split(/\n\s*\n/)) {
    const heading = /^#+ (.*)$/m.exec(paragraph);
    if (heading?.[1] !== undefined) section = heading[1];
    const match = /^\*\*([A-Z]{2,3}-\d+)\.\*\* ([\s\S]*)$/.exec(paragraph);
    if (match === null) continue;
    const [, id = "", body = ""] = match;
    const [text = "", untestable] = body.split(/\s*\*Untestable because\*\s*/);
    const head = { id, section, text: oneLine(text) };
    found.set(id, untestable === undefined ? head : { ...head, untestable: oneLine(untestable) });
  }
  return found;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
