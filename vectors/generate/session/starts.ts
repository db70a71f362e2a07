// How most scripts begin: an endpoint that is attached, so that the case itself can be short.

import type { Script } from "../script.js";
import type { Seen } from "./claims.js";
import { ack, open, packet, push, type Given, type Tokenish } from "./packets.js";

/** A receiver that has sent its Open at 0 and accepted packet 1 with these tokens at 10 ms. */
export function startReceiver(s: Script, ...tokens: readonly Tokenish[]): Seen {
  s.poll(0).sends({ open: true, number: 1 });
  return s
    .give(10_000, packet(1, { tokens, accept: true }))
    .accepted()
    .phase("active");
}

/** A sender that has been given these tokens and attached at 0; the Open's number is 1. */
export function startSender(s: Script, ...tokens: readonly Tokenish[]): Seen {
  return startSenderWithHint(s, 0, ...tokens);
}

/** The same with an RTT in the Open, in microseconds. */
export function startSenderWithHint(s: Script, hint: number, ...tokens: readonly Tokenish[]): Seen {
  const given = tokens.length === 0 ? [] : [push(...tokens)];
  return s
    .give(0, ...given, open(1, { hint }))
    .accepted()
    .phase("active");
}

/** Where a volley begins. */
export interface VolleyStart {
  /** When the first kick is given; one follows every `spacing` microseconds. */
  readonly at: number;
  readonly spacing: number;
  /** The receiver's first number. */
  readonly number: number;
  /** Items acknowledged all along. */
  readonly next?: number;
  /** Packets before the first kick that the outcomes begin with. */
  readonly before?: number;
  /** The sender's number of the first packet that the outcomes are about. */
  readonly first?: number;
  /** What the last ack says beside its numbers. */
  readonly withAck?: { readonly stop?: number; readonly ackNow?: boolean };
  /** What comes a microsecond before the last ack. */
  readonly inputs?: readonly Given[];
}

/** When the last ack was given, the receiver's next number, and what followed. */
export interface Volley {
  readonly now: number;
  readonly number: number;
  /** The sender's last number. */
  readonly largest: number;
  readonly seen: Seen;
}

/**
 * Makes a sender that has nothing to send answer kicks with empty packets, then acknowledges all at
 * once: `h` for a packet that arrived, `m` for one that did not. The delay is too long for an RTT
 * sample.
 */
export function volley(
  s: Script,
  outcomes: string,
  { at, spacing, number, next = 0, before = 0, first = 1, withAck = {}, inputs = [] }: VolleyStart,
): Volley {
  const kicks = outcomes.length - before;
  for (let i = 0; i < kicks; i += 1) {
    const seen = s.give(
      at + i * spacing,
      ack(number + i, { next, largest: first - 1, ackNow: true }),
    );
    seen.accepted().sends({ number: first + before + i });
  }
  const now = at + kicks * spacing;
  const largest = first + outcomes.length - 1;
  const ranges = rangesOf(outcomes);
  if (inputs.length > 0) s.give(now - 1, ...inputs).accepted();
  s.note("every packet is resolved at once, without an RTT sample");
  const ackGiven = ack(number + kicks, { next, largest, ranges, delay: 30_000, ...withAck });
  const seen = s.give(now, ackGiven).accepted();
  return { now, number: number + kicks + 1, largest, seen };
}

/** The ranges of an ack of outcomes that end in a hit. */
function rangesOf(outcomes: string): number[] {
  const stretches = outcomes.match(/h+|m+/g) ?? [];
  const lengths = stretches.map((stretch) => stretch.length).reverse();
  const trimmed = lengths.length % 2 === 0 ? lengths.slice(0, -1) : lengths;
  return trimmed.length === 1 && trimmed[0] === 1 ? [] : trimmed;
}
