// What came of a case. A failure carries what its author needs to find the bug: the field, both values,
// the exchange. How it is shown is the report's.

import type { Breakdown, Reply, Request } from "../driver/protocol.js";
import type { Json } from "../json.js";
import type { Case } from "./case.js";

/** What went wrong, in kinds that are folded together in a report. */
export type FailureKind =
  | Breakdown
  | "fault"
  | "unsupported"
  | "accepted-invalid"
  | "wrong-code"
  | "rejected-valid"
  | "wrong-packet"
  | "refused-encode"
  | "wrong-datagram"
  | "encoded-invalid"
  | "twin"
  | "refused-endpoint"
  | "result"
  | "missing-output"
  | "unlisted-output"
  | "wrong-output"
  | "view"
  | "deadline"
  | "timer"
  | "invariant"
  | "not-live"
  | "nondeterministic"
  | "no-assertion"
  | "nothing-exercised";

/** Why a case failed. */
export interface Failure {
  readonly kind: FailureKind;
  /** One sentence for a person. */
  readonly summary: string;
  /** Which step of a session, from 0. */
  readonly step?: number;
  /** The first field that differs. */
  readonly field?: string;
  readonly expected?: Json;
  readonly got?: Json;
  /** The port's line at fault, shortened. */
  readonly line?: string;
  /** The end of what the port wrote to stderr. */
  readonly stderr?: string;
}

/** A request with its reply. */
export interface Exchange {
  readonly request: Request;
  readonly reply: Reply;
}

/** One case with its verdict. */
export interface CaseResult {
  readonly id: string;
  readonly role: string;
  readonly clauses: readonly string[];
  readonly verdict: "pass" | "fail" | "not-run";
  /** How many comparisons were made. A case without any cannot pass. */
  readonly assertions: number;
  /** Why it was not run. */
  readonly reason?: string;
  readonly failure?: Failure;
  /** What was said, kept for a failure. */
  readonly exchange?: readonly Exchange[];
  /** The case itself; absent for a role that has no cases. */
  readonly case?: Case;
}
