// What one emission carries (SPEC 6.4, 6.5): everything where it fits, otherwise windows in the order of
// R6. Decides; the machine transmits.

import {
  fits,
  lowestStart,
  tailOf,
  windowOf,
  type Attachment,
  type SenderState,
  type Stretch,
} from "./sender-state.js";
import { isLean, isOldestDue, timesOf } from "./sender-times.js";

const BURST_MAX = 10;

/** What an emission carries: R1, lean or R6. @spec SND-11, SND-12, SND-13, SND-14, SND-15, SND-16 */
export function stretches(state: SenderState, at: Attachment, now: number): Stretch[] {
  const tail = tailOf(state, at);
  const lead = isLean(state, at, now) ? at.hi : at.una;
  if (fits(state, at, [lead, tail], at.next)) return [[lead, tail]];
  const { late } = timesOf(state, at);
  const isOverdue = late !== undefined && now >= late;
  if (isOverdue || at.hi >= tail) return [windowOf(state, at, [at.una, tail], at.next)];

  const list: Stretch[] = [];
  const most = burstLimit(at, now);
  const a = lowestStart(state, at, [lead, tail], at.next);
  const s = Math.max(lead, Math.min(at.hi, a));
  for (let x = s; x < tail && list.length < most;) {
    const stretch = windowOf(state, at, [x, tail], at.next + list.length);
    list.push(stretch);
    x = stretch[1];
  }
  if (list.length > 1) at.burstAt = now;
  if (at.una < s && at.una < at.hi && isOldestDue(at, now)) {
    list.push(windowOf(state, at, [at.una, s], at.next + list.length));
  }
  return list;
}

/** How many datagrams may leave at once. */
export function burstLimit(at: Attachment, now: number): number {
  return at.burstAt === undefined || now >= at.burstAt + at.rtt.srtt ? BURST_MAX : 1;
}
