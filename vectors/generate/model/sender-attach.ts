// What an Open makes of a sender (SPEC 11.2): a new attachment, in which nothing of an older one is left.

import type { OpenJson, PacketJson } from "./packet-json.js";
import { rttBefore } from "./rtt.js";
import type { Attachment } from "./sender-state.js";

/** A new attachment. @spec OPN-7, OPN-8 */
export function attach(p: PacketJson, o: OpenJson, now: number): Attachment {
  const nextIndex = Number(o.next_index ?? 0);
  return {
    opened: o,
    window: Number(o.window),
    attachAt: now,
    una: nextIndex,
    hi: nextIndex,
    highest: Number(p.packet_number),
    next: 1,
    largest: 0,
    largestSent: undefined,
    records: [],
    first: new Map(),
    last: new Map(),
    lastAt: new Map(),
    held: new Set(),
    lastAck: now,
    lastHeard: now,
    lastSend: now,
    lastFresh: now,
    repeated: false,
    burstAt: undefined,
    acceptRiding: true,
    acceptPending: true,
    acceptFrom: 1,
    acceptAt: now,
    presumed: false,
    kick: false,
    pausePending: false,
    rtt: rttBefore(o.rtt_hint_us ?? 0),
    loss: 3277,
    breakerAt: now,
    resolved: 0,
    missed: 0,
    streak: 0,
  };
}

/** Whether two Opens have the same content. @spec OPN-9 */
export function isSameOpen(one: OpenJson, other: OpenJson): boolean {
  return (
    one.version === other.version &&
    (one.next_index ?? "0") === (other.next_index ?? "0") &&
    (one.prefix_digest ?? "") === (other.prefix_digest ?? "") &&
    one.window === other.window &&
    (one.rtt_hint_us ?? 0) === (other.rtt_hint_us ?? 0)
  );
}
