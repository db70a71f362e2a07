/**
 * Which of several deadlines is first (SPEC 9, TIM-7). What they are for is not known here.
 */
import type { Micros } from "./output.js";

/** A timer and its deadline; `undefined` where the timer does not run. */
export type Deadline<Timer extends string> = readonly [timer: Timer, at: Micros | undefined];

/**
 * The output that names the earliest deadline, of equal ones the first in the list.
 *
 * @spec TIM-7
 */
export function waitFor<Timer extends string>(
  deadlines: readonly Deadline<Timer>[],
): {
  readonly type: "wait";
  readonly until: Micros | undefined;
  readonly timer: Timer | undefined;
} {
  let until: Micros | undefined;
  let timer: Timer | undefined;
  for (const [name, at] of deadlines) {
    if (at === undefined || (until !== undefined && at >= until)) continue;
    until = at;
    timer = name;
  }
  return { type: "wait", until, timer };
}
