/**
 * Looks for a schedule on which reference and model differ, and shrinks it.
 */
import fc from "fast-check";
import { schedules } from "../../../conformance/properties/world/arbitraries.js";
import type { Schedule } from "../../../conformance/properties/world/schedule.js";
import { play, type Seat } from "../../../conformance/properties/world/world.js";
import { Tally } from "./tally.js";
import { Difference, Twin } from "./twin.js";

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
    compare(schedule, tally);
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
    compare(schedule, new Tally());
    return undefined;
  } catch (error) {
    if (!(error instanceof Difference)) return String(error instanceof Error && error.stack);
    return `${error.message}\n${JSON.stringify(error.details, undefined, 2)}`;
  }
}

/**
 * Plays a schedule with both.
 *
 * @throws Difference where reference and model differ.
 */
export function compare(schedule: Schedule, tally: Tally): void {
  const twins = new Map<Seat, Twin>();
  const playing = play(schedule);
  for (let next = playing.next(); next.done !== true;) {
    const { seat, request } = next.value;
    const twin = twins.get(seat) ?? Twin.of(seat);
    twins.set(seat, twin);
    const response = twin.step(request);
    tally.note(seat, request, response);
    next = playing.next(response);
  }
}
