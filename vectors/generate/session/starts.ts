// How most scripts begin: an endpoint that is attached, so that the case itself can be short.

import type { Script } from "../script.js";
import type { Seen } from "./claims.js";
import { open, packet, push, type Tokenish } from "./packets.js";

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
  const given = tokens.length === 0 ? [] : [push(...tokens)];
  const seen = s
    .give(0, ...given, open(1))
    .accepted()
    .phase("active");
  return seen.sends({ number: 1, accept: true });
}
