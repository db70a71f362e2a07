// What a mutant is: one fault put into the built reference, named for the clause it breaks. A check that
// was never seen to fail proves nothing; each mutant must be killed by a case that cites its clause.

/** A change of text. */
export interface Edit {
  /** Text that stands exactly once in the file. */
  readonly find: string;
  readonly replace: string;
}

/** A fault as data. The reference knows nothing of it. */
export interface Mutant extends Edit {
  /** Kebab-case: what the faulty port does. */
  readonly id: string;
  /** The clause that it breaks. */
  readonly clause: string;
  /** What the faulty port does, in one phrase. */
  readonly does: string;
  /** A built file of the reference, relative to `dist/reference/`. */
  readonly file: string;
  /** Further edits of the same file, where one is not enough. */
  readonly also?: readonly Edit[];
}

/** Mutants of one file. */
export function inFile(file: string, mutants: readonly Omit<Mutant, "file">[]): readonly Mutant[] {
  return mutants.map((mutant) => ({ ...mutant, file }));
}

/** The source with the fault in it; throws unless each `find` matches exactly once. */
export function applyMutant(mutant: Mutant, source: string): string {
  const { id, file, also = [] } = mutant;
  return [mutant, ...also].reduce((text, { find, replace }) => {
    const parts = text.split(find);
    if (parts.length === 2) return parts.join(replace);
    const times = parts.length - 1;
    throw new Error(`mutant ${id}: its text stands ${times} times in ${file}, not once: ${find}`);
  }, source);
}
