// What can go wrong between two ports, and who showed it. A fault ends its session; how it is told to a
// person is the report's.

import type { Side } from "./party.js";

/** The kinds of fault, the ones that are also a column of the matrix. */
export type FaultKind =
  /** The port's process broke, or answered `fault` or `unsupported`. */
  | "broken"
  /** A datagram of the peer was discarded, and the path is not to blame. */
  | "discarded"
  /** A datagram was accepted that SPEC.md says to discard. */
  | "accepted-invalid"
  /** A datagram says what is not so. */
  | "untrue"
  /** A command of the application was refused, or results do not fit the inputs. */
  | "refused"
  /** What was rendered is not a prefix of what was pushed. */
  | "not-a-prefix"
  /** The End was delivered early, twice, wrong or never. */
  | "wrong-end"
  /** A phase that such a session never enters. */
  | "wrong-phase"
  /** A deadline that is not after the poll, or no end of steps. */
  | "busy"
  /** The time is up, or nothing can happen any more. */
  | "stalled";

/** The first fault of a session. */
export interface Fault {
  readonly kind: FaultKind;
  /** Who showed it; not always who is wrong. */
  readonly side: Side;
  /** One sentence, with the names of the ports. */
  readonly summary: string;
  /** Who is wrong by SPEC.md, as a sentence, where the kit can tell. */
  readonly judgement?: string;
  /** The discard code. */
  readonly code?: string;
  /** The datagram at fault. */
  readonly datagram?: string;
  /** The end of what the port wrote to stderr. */
  readonly stderr?: string;
}
