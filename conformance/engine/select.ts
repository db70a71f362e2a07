// Which cases are run: a selection by id prefix, clause or role. A run with a selection supports no
// claim, whatever comes of it; that is said by who reports.

import type { Case } from "./case.js";

/** What is run. Each word is a role, a clause, or how an id begins. */
export interface Selection {
  /** If given, a case must match one of these. */
  readonly only?: readonly string[];
  /** A case must match none of these. */
  readonly skip?: readonly string[];
}

/** The cases that a selection leaves. */
export function select(cases: readonly Case[], selection: Selection): readonly Case[] {
  const { only = [], skip = [] } = selection;
  return cases.filter(
    (item) =>
      (only.length === 0 || only.some((word) => matches(item, word))) &&
      !skip.some((word) => matches(item, word)),
  );
}

/**
 * Whether a selection leaves something that is for a whole role: chosen by its role or its id, never by
 * one of its many clauses.
 */
export function selectsRole(
  item: { readonly id: string; readonly role: string },
  { only = [], skip = [] }: Selection,
): boolean {
  const isMeant = (word: string): boolean => item.role === word || item.id.startsWith(word);
  return (only.length === 0 || only.some(isMeant)) && !skip.some(isMeant);
}

/** Whether a selection leaves anything out by its form. */
export function isSelective(selection: Selection): boolean {
  return (selection.only ?? []).length + (selection.skip ?? []).length > 0;
}

function matches(item: Case, word: string): boolean {
  return item.role === word || item.clauses.includes(word) || item.id.startsWith(word);
}
