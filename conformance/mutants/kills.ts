// Which cases each mutant fails, and how: what `selftest` finds, kept as data in kills.json. The
// diagnosis of a port reads it; KILLS.md is written from it.

import type { FailureKind } from "../engine/verdict.js";
import { packageText } from "../package-root.js";

/** Where kills are kept, relative to the package. */
export const KILLS_FILE = "conformance/mutants/kills.json";

/** One case that a port failed. */
export interface CaseFailure {
  readonly case: string;
  readonly kind: FailureKind;
  /** Of a session, from 0. */
  readonly step?: number;
}

/** A mutant with what it fails. */
export interface Kills {
  readonly id: string;
  readonly clause: string;
  /** What the faulty port does, in one phrase. */
  readonly does: string;
  readonly failures: readonly CaseFailure[];
}

/** A mutant as it is written: ids of cases by how they fail, `kind` or `kind@step`. */
interface Entry {
  readonly id: string;
  readonly clause: string;
  readonly does: string;
  readonly fails: Readonly<Record<string, readonly string[]>>;
}

let read: readonly Kills[] | undefined;

/** The kills of all mutants, as they came with the package. */
export function knownKills(): readonly Kills[] {
  read ??= parseKills(packageText(KILLS_FILE));
  return read;
}

/** Kills from the text of a file. */
export function parseKills(text: string): readonly Kills[] {
  const { mutants } = JSON.parse(text) as { readonly mutants: readonly Entry[] };
  return mutants.map(({ fails, ...head }) => ({ ...head, failures: failuresOf(fails) }));
}

function failuresOf(fails: Entry["fails"]): CaseFailure[] {
  return Object.entries(fails).flatMap(([how, ids]) => {
    const [kind = "", step] = how.split("@");
    const rest = step === undefined ? {} : { step: Number(step) };
    return ids.map((id) => ({ case: id, kind: kind as FailureKind, ...rest }));
  });
}

/** The text of a file, ending in a newline: one line for each mutant and way to fail. */
export function killsText(kills: readonly Kills[]): string {
  const entries = kills.map(({ id, clause, does, failures }) => {
    const head = { id, clause, does };
    const lines = [...byOutcome(failures)].map(
      ([how, ids]) => `\n   ${JSON.stringify(how)}: ${JSON.stringify(ids)}`,
    );
    return `  ${JSON.stringify(head).slice(0, -1)},"fails":{${lines.join(",")}}}`;
  });
  return `{"mutants":[\n${entries.join(",\n")}\n]}\n`;
}

function byOutcome(failures: readonly CaseFailure[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const { case: id, kind, step } of failures) {
    const how = step === undefined ? kind : `${kind}@${step}`;
    groups.set(how, [...(groups.get(how) ?? []), id]);
  }
  return groups;
}
