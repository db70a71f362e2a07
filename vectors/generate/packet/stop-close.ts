// Vectors for SPEC 4.6: every code of the two registries and what stands next to them.

import { invalid, packetFile, valid, type PacketFile } from "./case.js";
import { message } from "../bytes.js";
import * as f from "./fields.js";

const ACK = f.ack(f.nextIndex(3), f.largest(2));

const stops = [
  [
    1,
    "user",
    "A person pressed stop. A port that discards the packet loses the ack with it and goes on.",
  ],
  [
    2,
    "enough",
    "The application has what it wants. A port that knows only USER lets the generator run to " +
      "its limit.",
  ],
  [3, "shutdown", "The application ends. Ignored, the stream is generated for nobody."],
  [4, "limit", "The last code assigned: a check `< 4` discards it."],
] as const;

const closes = [
  [
    1,
    "version",
    "The answer to a newer Open. Discarded, the receiver never learns to ask for version 1.",
  ],
  [
    2,
    "mismatch",
    "The prefix is of another stream. Discarded, the receiver keeps text that does not belong " +
      "to the answer.",
  ],
  [3, "expired", "The tokens are gone. Discarded, the receiver retries what cannot succeed."],
  [
    4,
    "stale-epoch",
    "A later epoch is known. Discarded, the receiver repeats its old one until it fails.",
  ],
  [5, "superseded", "Another tab has taken over. Discarded, the two fight for the stream."],
  [
    6,
    "invalid-ack",
    "The author of a receiver needs to see this one. Discarded, the bug looks like a bad " +
      "network.",
  ],
  [
    7,
    "congestion",
    "The path drops half of everything. Discarded, the receiver keeps kicking into it.",
  ],
  [
    8,
    "content-mismatch",
    "One index with two contents. A sender that discards it repeats tokens to a receiver that " +
      "has left.",
  ],
  [
    9,
    "final-mismatch",
    "Two Ends. As above, and the bug is at the sender, who does not hear of it.",
  ],
  [
    10,
    "transcript-mismatch",
    "The digest differs. A sender that discards it believes in an answer that the user saw " +
      "altered.",
  ],
  [
    11,
    "limit-exceeded",
    "The last code assigned: a check `< 11` or a table that ends early discards it.",
  ],
] as const;

const accepted = [
  ...stops.map(([reason, slug, why]) =>
    valid(`stop-${slug}`, "PKT-12", {
      why,
      bytes: [f.HEAD, ACK, f.stop(reason)],
      packet: { ...f.HEAD_JSON, ack: { next_index: "3", largest: "2" }, stop: { reason } },
    }),
  ),
  ...closes.map(([code, slug, why]) =>
    valid(`close-${slug}`, "PKT-12", {
      why,
      bytes: [f.epoch(2), f.close(code)],
      packet: { epoch: 2, close: { code } },
    }),
  ),
];

const STOP = [f.HEAD, ACK, f.stop(4)];
const CLOSE = [f.epoch(2), f.close(11)];

const discarded = [
  invalid("empty-stop", "PKT-12", "invalid", {
    why:
      "Present but empty, reason 0. A port that asks only whether Stop is there ends an answer " +
      "for a reason that it cannot name.",
    bytes: [f.HEAD, ACK, message(10, "stop", [])],
    twin: STOP,
  }),
  invalid("stop-5", "PKT-12", "invalid", {
    why:
      "The first number not assigned. Enums of proto3 are open: the runtime lets it through and " +
      "the application gets a number without a name.",
    bytes: [f.HEAD, ACK, f.stop(5)],
    twin: STOP,
  }),
  invalid("stop-257", "PKT-12", "invalid", {
    why: "Cut to one byte it is USER, and a log blames a person who pressed nothing.",
    bytes: [f.HEAD, ACK, f.stop(257)],
    twin: STOP,
  }),
  invalid("stop-max", "PKT-12", "invalid", {
    why: "Signed, it is -1 and below every limit.",
    bytes: [f.HEAD, ACK, f.stop(f.UINT32_MAX)],
    twin: STOP,
  }),
  invalid("stop-0-with-open", "PKT-12", "invalid", {
    why:
      "The same check in the other packet that may carry Stop: one written inside the code for " +
      "acks misses it.",
    bytes: [f.HEAD, f.open(f.version(1), f.window(1024)), message(10, "stop", [])],
    twin: [f.HEAD, f.open(f.version(1), f.window(1024)), f.stop(4)],
  }),
  invalid("empty-close", "PKT-12", "invalid", {
    why:
      "Present but empty, code 0. A port that takes it ends a session because of seven bytes " +
      "that say nothing.",
    bytes: [f.epoch(2), message(11, "close", [])],
    twin: CLOSE,
  }),
  invalid("close-12", "PKT-12", "invalid", {
    why:
      "The first number not assigned. A port that ends the session tells its user about an " +
      "error that has no name.",
    bytes: [f.epoch(2), f.close(12)],
    twin: CLOSE,
  }),
  invalid("close-257", "PKT-12", "invalid", {
    why:
      "Cut to one byte it is VERSION, and the application falls back to a version that nobody " +
      "asked for.",
    bytes: [f.epoch(2), f.close(257)],
    twin: CLOSE,
  }),
  invalid("close-max", "PKT-12", "invalid", {
    why:
      "Signed, it is -1: an index before the table of names, which in some languages is a " +
      "crash.",
    bytes: [f.epoch(2), f.close(f.UINT32_MAX)],
    twin: CLOSE,
  }),
];

export const stopClose: PacketFile = packetFile(
  "stop-close",
  "Stop and Close: every code, and the numbers that are none.",
  [...accepted, ...discarded],
);
