// The likely next step after a failure, by its kind: where bugs of that kind usually are. A hint, never
// part of a verdict.

import type { Failure, FailureKind } from "../engine/verdict.js";

const HINTS: Readonly<Partial<Record<FailureKind, string>>> = {
  hang: "find out whether the adapter flushes stdout after each line, and answers every request",
  crash: "run the replay with your debugger; an adapter may answer `fault` instead of dying",
  garbage: "write one line for each request to stdout and everything else to stderr",
  "wrong-id": "echo the `id` of the request that is being answered, and answer each once",
  flood: "end each answer with one byte 0x0A",
  closed: "keep stdin and stdout open until stdin ends",
  "bad-line": "compare the line with conformance/schemas/response.schema.json and ADAPTER.md",
  fault: "the stack trace is the port's own: begin there",
  unsupported: "implement it, or do not claim this role in hello",
  "accepted-invalid":
    "check the datagram after parsing: re-encode and compare (ENC-4), then the lists of chapter 4 and 5.2",
  "wrong-code":
    "codes are tried in a fixed order (ENC-5): size, padding, not-canonical, over-limit, invalid",
  "rejected-valid":
    "look for a limit that is off by one, or for a default that is taken for absent",
  "wrong-packet": "decode this datagram alone and print the field",
  "refused-encode": "the encoder refuses what the decoder accepts: use one check for both",
  "wrong-datagram": "compare byte by byte: order of fields, defaults written out, padding (PKT-18)",
  "encoded-invalid": "let the encoder run the decoder's checks before it pads (ENC-8)",
  twin: "the valid neighbour must pass first: this code is given for too much",
  result: "the code comes from SPEC 13.1: the first line that applies, in that order",
  "missing-output": "poll until nothing is left; look at the condition that the clause names",
  "unlisted-output":
    "something is emitted too often or too early: compare the deadline of the step before",
  "wrong-output": "the field named above is the first that differs; later ones may follow from it",
  view: "the state went wrong here, before any output shows it",
  deadline: "recompute the deadline by hand from the state at this step: every division floors",
  invariant:
    "this holds whatever the network does: look where the state is changed that it speaks of",
  "not-live":
    "see what the port waits for at the end of the exchange: a deadline that never comes?",
  nondeterministic:
    "look for a clock, a random number, or state that outlives `new` in the port or its adapter",
  timer: "the deadline is right and its name is not: at equal times the order of TIM-7 decides",
};

/** What to look at next. */
export function hintFor(failure: Failure): string | undefined {
  return HINTS[failure.kind];
}
