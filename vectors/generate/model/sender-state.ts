// Everything a sender remembers (SPEC 6.1), and what follows from it without time: how far it may
// send, which packet carries a stretch of items, what fits. Always computed from scratch.

import { encodedBytes } from "./codec.js";
import type { SenderConfigJson, TokenJson } from "./lines.js";
import { uint64 } from "./lines.js";
import type { EndJson, OpenJson, PacketJson, RunJson } from "./packet-json.js";
import { FLAGS } from "./registry.js";
import type { Rtt } from "./rtt.js";

export type SenderPhase = "idle" | "active" | "ending" | "done" | "detached" | "closed";

/** A stretch of items `[a, b)`. */
export type Stretch = readonly [a: number, b: number];

/** A packet that is neither acknowledged nor counted as lost. */
export interface SentRecord {
  readonly number: number;
  readonly time: number;
  readonly items: Stretch;
}

/** What belongs to one attachment; made anew by each (OPN-7). */
export interface Attachment {
  readonly opened: OpenJson;
  readonly window: number;
  readonly attachAt: number;
  una: number;
  hi: number;
  highest: number;
  next: number;
  largest: number;
  largestSent: number | undefined;
  records: SentRecord[];
  readonly first: Map<number, number>;
  readonly last: Map<number, number>;
  readonly lastAt: Map<number, number>;
  readonly held: Set<number>;
  lastAck: number;
  lastHeard: number;
  lastSend: number;
  lastFresh: number;
  repeated: boolean;
  burstAt: number | undefined;
  acceptRiding: boolean;
  acceptPending: boolean;
  acceptFrom: number;
  acceptAt: number;
  presumed: boolean;
  kick: boolean;
  pausePending: boolean;
  rtt: Rtt;
  loss: number;
  breakerAt: number;
  resolved: number;
  missed: number;
  streak: number;
}

/** The stream and, if there is or was one, its attachment. */
export interface SenderState {
  readonly config: SenderConfigJson;
  /** All tokens ever pushed; those below `base` are no longer held. */
  readonly tokens: TokenJson[];
  base: number;
  end: EndJson | undefined;
  paused: boolean;
  epoch: number;
  attachment: Attachment | undefined;
}

/** Tokens in one datagram or window, and records (SPEC chapter 12). */
const TOKENS_OUTSTANDING_MAX = 4096;
const RUNS_MAX = 32;

export function tokenBytes(token: TokenJson): number {
  return token.data.length / 2;
}

/** One past the last item that may be sent. @spec SND-1 */
export function tailOf(state: SenderState, at: Attachment): number {
  const n = state.tokens.length;
  let m = at.una;
  let bytes = 0;
  for (; m < n && m - at.una < TOKENS_OUTSTANDING_MAX; m += 1) {
    const token = state.tokens[m];
    if (token === undefined) break;
    bytes += tokenBytes(token);
    if (bytes > at.window) break;
  }
  return state.end !== undefined && m === n ? n + 1 : m;
}

/** The packet with items `[a, b)` under `number` (SPEC C.3). */
export function packetOf(
  state: SenderState,
  at: Attachment,
  [a, b]: Stretch,
  number: number,
): PacketJson {
  const n = state.tokens.length;
  const tokens = state.tokens.slice(a, Math.min(b, n));
  return {
    stream_id: state.config.stream_id,
    epoch: state.epoch,
    packet_number: uint64(number),
    ...(tokens.length > 0 ? { first_index: uint64(a), runs: runsOf(tokens) } : {}),
    ...(state.end !== undefined && a <= n && n < b ? { end: state.end } : {}),
    ...(at.acceptRiding ? { accept: { version: 1 } } : {}),
    ...(state.paused ? { flags: FLAGS.PAUSED } : {}),
  };
}

/** Whether `[a, b)` fits a packet with that number (SPEC 6.4). */
export function fits(
  state: SenderState,
  at: Attachment,
  stretch: Stretch,
  number: number,
): boolean {
  const packet = packetOf(state, at, stretch, number);
  const runs = packet.runs ?? [];
  return runs.length <= RUNS_MAX && encodedBytes(packet) <= state.config.max_payload - 1;
}

/** The longest `[a, w)` with w at most `bound` that fits (SPEC 6.5). */
export function windowOf(
  state: SenderState,
  at: Attachment,
  [a, bound]: Stretch,
  number: number,
): Stretch {
  let w = a;
  while (w < bound && fits(state, at, [a, w + 1], number)) w += 1;
  return [a, w];
}

/** The lowest start of `[start, tail)` that fits; a shorter one fits where a longer one does. */
export function lowestStart(
  state: SenderState,
  at: Attachment,
  [lead, tail]: Stretch,
  number: number,
): number {
  let start = tail;
  while (start > lead && fits(state, at, [start - 1, tail], number)) start -= 1;
  return start;
}

/** Tokens joined into runs: adjacent tokens of one channel share one (SPEC 4.2). */
export function runsOf(tokens: readonly TokenJson[]): RunJson[] {
  const groups: { channel: number; data: string[] }[] = [];
  for (const { channel = 0, data } of tokens) {
    const group = groups.at(-1);
    if (group?.channel === channel) group.data.push(data);
    else groups.push({ channel, data: [data] });
  }
  return groups.map(({ channel, data }) => ({
    ...(channel === 0 ? {} : { channel }),
    data: data.join(""),
    ...(data.length === 1 ? {} : { lengths: data.map((hex) => hex.length / 2) }),
  }));
}
