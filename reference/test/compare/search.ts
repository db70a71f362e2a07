/**
 * Looks for a schedule on which reference and model differ, and shrinks it.
 */
import fc from "fast-check";
import { schedules } from "./arbitraries.js";
import type { Schedule } from "./schedule.js";
import { Tally } from "./tally.js";
import { Difference } from "./twin.js";
import { play } from "./world.js";

/** A schedule on which they differ, as small as shrinking made it. */
export interface Counterexample {
  readonly seed: number;
  /** Where fast-check found it. */
  readonly path: string | null;
  readonly schedule: Schedule;
  readonly difference: string;
}

/** Tries so many schedules; what they reach is counted in `tally`. */
export function search(seed: number, runs: number, tally: Tally): Counterexample | undefined {
  const property = fc.property(schedules, (schedule) => {
    play(schedule, tally);
  });
  const details = fc.check(property, { seed, numRuns: runs, endOnFailure: false });
  if (!details.failed) return undefined;
  const schedule = details.counterexample?.[0];
  if (!schedule) throw new Error("A failed search has no counterexample.");
  const difference = differenceOn(schedule) ?? "It did not differ again.";
  return { seed, path: details.counterexamplePath, schedule, difference };
}

/** How they differ on one schedule; `undefined` if they do not. */
export function differenceOn(schedule: Schedule): string | undefined {
  try {
    play(schedule, new Tally());
    return undefined;
  } catch (error) {
    if (!(error instanceof Difference)) return String(error instanceof Error && error.stack);
    return `${error.message}\n${JSON.stringify(error.details, undefined, 2)}`;
  }
}
