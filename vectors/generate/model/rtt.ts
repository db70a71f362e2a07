// SPEC 8.3: round-trip time, its variation, its minimum over periods, and the queueing delay. Knows
// nothing of packets: it is given samples.

/** Estimates of one attachment, in microseconds; those that end in 8 and 4 are scaled by it. */
export interface Rtt {
  readonly srtt: number;
  readonly rttvar: number;
  readonly minrtt: number;
  readonly qd: number;
  readonly sampled?: Sampled;
}

interface Sampled {
  readonly srtt8: number;
  readonly var4: number;
  readonly frtt4: number;
  readonly prev: number;
  readonly cur: number;
  readonly bt: number;
}

const MINIMUM_PERIOD_US = 30_000_000;
const SAMPLE_MAX_US = 60_000_000;

/** The estimates before a sample; `hint` is 0 when the Open has none. */
export function rttBefore(hint: number): Rtt {
  if (hint === 0) return { srtt: 333_000, rttvar: 166_500, minrtt: 0, qd: 0 };
  const srtt = clamp(hint, 20_000, 1_000_000);
  return { srtt, rttvar: Math.floor(srtt / 2), minrtt: 0, qd: 0 };
}

/** The estimates after an ack at `now` of a packet sent at `sentAt`. @spec ACK-10 */
export function rttAfter(rtt: Rtt, now: number, sentAt: number, delayUs: number): Rtt {
  const e = now - sentAt;
  const s = delayUs > e ? 1 : clamp(e - delayUs, 1, SAMPLE_MAX_US);
  const sampled =
    rtt.sampled === undefined
      ? { srtt8: 8 * s, var4: 2 * s, frtt4: 4 * s, prev: s, cur: s, bt: now }
      : { ...averaged(rtt.sampled, s), ...minimum(rtt.sampled, s, now) };
  const minrtt = Math.min(sampled.prev, sampled.cur);
  return {
    srtt: Math.floor(sampled.srtt8 / 8),
    rttvar: Math.floor(sampled.var4 / 4),
    minrtt,
    qd: Math.max(0, Math.floor(sampled.frtt4 / 4) - minrtt),
    sampled,
  };
}

function averaged(old: Sampled, s: number): Pick<Sampled, "srtt8" | "var4" | "frtt4"> {
  const { srtt8, var4, frtt4 } = old;
  return {
    var4: var4 - Math.floor(var4 / 4) + Math.abs(Math.floor(srtt8 / 8) - s),
    srtt8: srtt8 - Math.floor(srtt8 / 8) + s,
    frtt4: frtt4 - Math.floor(frtt4 / 4) + s,
  };
}

function minimum(old: Sampled, s: number, now: number): Pick<Sampled, "prev" | "cur" | "bt"> {
  const age = now - old.bt;
  if (age >= 2 * MINIMUM_PERIOD_US) return { prev: s, cur: s, bt: now };
  if (age >= MINIMUM_PERIOD_US) return { prev: old.cur, cur: s, bt: now };
  return { prev: old.prev, cur: Math.min(old.cur, s), bt: old.bt };
}

function clamp(x: number, low: number, high: number): number {
  return Math.min(Math.max(x, low), high);
}
