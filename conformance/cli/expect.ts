// `run --expect` and `run --write-expect`: which file says what may fail, and what a run makes of it.

import { existsSync } from "node:fs";
import type { CaseResult } from "../engine/verdict.js";
import {
  EXPECT_FILE,
  readExpectations,
  readExpectationsIfAny,
  writeExpectations,
} from "../expect/file.js";
import type { Expectation } from "../expect/expectation.js";
import { expectationsOf, match } from "../expect/match.js";
import type { RunRecord } from "../report/report.js";
import { UsageError } from "./exit-code.js";

/** The expectations of a run, read before it. */
export interface Expecting {
  readonly file: string;
  readonly entries: readonly Expectation[];
  /** Whether the file is written anew with what fails now. */
  readonly isWriting: boolean;
}

/**
 * What is expected of a run. Without an option it is what {@link EXPECT_FILE} says, if it is there; the
 * bundled reference has none.
 */
export function expectingOf(
  command: readonly string[],
  options: { readonly expect?: string; readonly writeExpect?: string },
): Expecting | undefined {
  const { expect, writeExpect } = options;
  if (expect !== undefined && writeExpect !== undefined) {
    throw new UsageError("--expect and --write-expect exclude each other: give one");
  }
  if (writeExpect !== undefined) {
    return { file: writeExpect, entries: readExpectationsIfAny(writeExpect), isWriting: true };
  }
  const isDefault = expect === undefined && command.length > 0 && existsSync(EXPECT_FILE);
  const file = isDefault ? EXPECT_FILE : expect;
  if (file === undefined) return undefined;
  return { file, entries: readExpectations(file), isWriting: false };
}

/** What came of the expectations of a run, as its report wants it; writes the file if it is to be. */
export function compare(
  results: readonly CaseResult[],
  expecting: Expecting | undefined,
  isPartial: boolean,
): Pick<RunRecord, "expectations"> {
  if (expecting === undefined) return {};
  const { file, isWriting } = expecting;
  const entries = isWriting
    ? expectationsOf(results, expecting.entries, isPartial)
    : expecting.entries;
  if (isWriting) writeExpectations(file, entries);
  return { expectations: { file, ...match(results, entries, isPartial) } };
}
