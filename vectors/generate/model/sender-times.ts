// When a sender acts (SPEC 6.2, chapter 9): every deadline as a function of state alone, in the words
// of the specification.

import { jitter, jitterHash } from "./jitter.js";
import { tailOf, type Attachment, type SenderState } from "./sender-state.js";

const QUIET_AFTER_US = 10_000_000;
const QUIET_SPACING_US = 1_000_000;
const SILENCE_US = 30_000_000;

/** A deadline, or `undefined` for one that does not exist. */
export type Deadline = number | undefined;

/** What is computed at each use, under the names of SPEC 6.2. */
export interface SenderTimes {
  readonly late: Deadline;
  readonly detach: Deadline;
  readonly idle: Deadline;
  readonly accept: Deadline;
  readonly fresh: Deadline;
  readonly repeat: Deadline;
  readonly kick: Deadline;
  readonly pause: Deadline;
}

/** All deadlines of an attached sender. @spec SND-3, SND-4, SND-5, SND-6, SND-9, TIM-1, TIM-2 */
export function timesOf(state: SenderState, at: Attachment): SenderTimes {
  const outstanding = at.una < at.hi;
  const d = spacing(at);
  const ref = refOf(at);
  const g = outstanding ? Math.min(125_000, Math.floor(Math.max(0, at.lastSend - ref) / 24)) : 0;
  const quiet = (t: Deadline): Deadline =>
    t !== undefined && outstanding && t >= ref + QUIET_AFTER_US
      ? Math.max(t, at.lastSend + QUIET_SPACING_US)
      : t;
  const quarter = Math.floor(at.rtt.srtt / 4);
  const h = jitterHash(state.epoch, state.config.stream_id, at.next);
  return {
    late: outstanding ? lateOf(at) : undefined,
    detach: outstanding ? ref + SILENCE_US : undefined,
    idle: outstanding ? undefined : at.lastHeard + SILENCE_US,
    accept: quiet(at.acceptPending ? at.acceptAt : undefined),
    fresh: quiet(at.hi < tailOf(state, at) ? at.lastSend + jitter(Math.max(d, g), h) : undefined),
    repeat: quiet(outstanding ? repeatAt(at, d, g) : undefined),
    kick: quiet(at.kick ? at.lastSend + Math.max(20_000, quarter, d) : undefined),
    pause: quiet(at.pausePending ? at.lastSend + 20_000 : undefined),
  };
}

/** D. @spec CC-1 */
function spacing(at: Attachment): number {
  const half = Math.floor(Math.max(0, at.rtt.qd - 20_000) / 2);
  const d = Math.min(Math.max(half, 20_000), 150_000);
  return at.loss > 19_660 ? Math.max(d, 40_000) : d;
}

function refOf(at: Attachment): number {
  return Math.max(at.lastAck, at.first.get(at.una) ?? 0);
}

function lateOf(at: Attachment): number {
  return refOf(at) + at.rtt.srtt + Math.max(10_000, 2 * at.rtt.rttvar);
}

function repeatAt(at: Attachment, d: number, g: number): number {
  const { srtt, minrtt, qd } = at.rtt;
  const tSlow = at.lastSend + Math.max(20_000, Math.floor((5 * srtt) / 4), d);
  const tOnce =
    !at.repeated && qd <= Math.max(25_000, Math.floor(minrtt / 2))
      ? Math.max(
          at.lastFresh + (at.loss >= 1966 ? 40_000 : 150_000),
          at.lastSend + Math.max(20_000, d),
        )
      : Infinity;
  const late = lateOf(at);
  const tLate = Math.max(late, at.lastSend + Math.max(20_000, Math.floor(srtt / 4), g, d));
  const t = Math.min(tSlow, tOnce);
  return t < late ? t : tLate;
}

/** @spec SND-12 */
export function isLean(state: SenderState, at: Attachment, now: number): boolean {
  const { srtt, rttvar, qd } = at.rtt;
  const last = at.last.get(at.una);
  const lastAt = at.lastAt.get(at.una);
  if (!(at.una < at.hi && at.hi < tailOf(state, at))) return false;
  if (last === undefined || lastAt === undefined) return false;
  return qd > 200_000 && last > at.largest && now - lastAt < srtt + Math.max(10_000, 4 * rttvar);
}

/** The last line of SND-15: the oldest item has not been sent for long. */
export function isOldestDue(at: Attachment, now: number): boolean {
  const lastAt = at.lastAt.get(at.una);
  if (lastAt === undefined) return false;
  return now >= lastAt + at.rtt.srtt + Math.max(10_000, 2 * at.rtt.rttvar);
}
