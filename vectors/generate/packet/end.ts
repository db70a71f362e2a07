// Vectors for SPEC 4.3: the End, its reason, digest and error code.

import type { Bytes } from "../bytes.js";
import { invalid, packetFile, valid, type PacketFile } from "./case.js";
import * as f from "./fields.js";

const DIGEST = f.digest(f.DIGEST);
const ended = (...parts: Bytes[]): Bytes => [f.HEAD, f.end(...parts)];
const COMPLETE = ended(f.finalCount(3), f.reason(1), DIGEST);
const ABORTED = ended(f.finalCount(3), f.reason(6), DIGEST, f.errorCode(1));

/** 17.2 without ABORTED, which has an error code. */
const reasons = [
  [
    1,
    "complete",
    "The ordinary end. A port that discards it shows a finished answer as still being written.",
  ],
  [
    2,
    "length",
    "A port that knows only COMPLETE leaves the user waiting for the rest of an answer that was " +
      "cut at its limit.",
  ],
  [
    3,
    "stopped",
    "The answer to Stop. A port that discards it goes on sending Stop until its idle timer " +
      "fails the session.",
  ],
  [
    4,
    "filtered",
    "A port that takes it for an error hides the text that was rendered before the filter.",
  ],
  [
    5,
    "tool",
    "The generation is over because a tool runs. A port that does not know the reason waits for " +
      "tokens that come in another stream.",
  ],
] as const;

const accepted = [
  ...reasons.map(([reason, slug, why]) =>
    valid(`reason-${slug}`, "PKT-8", {
      why,
      bytes: ended(f.finalCount(3), f.reason(reason), DIGEST),
      packet: { ...f.HEAD_JSON, end: { final_count: "3", reason, digest: f.DIGEST } },
    }),
  ),
  valid("reason-aborted", "PKT-8", {
    why:
      "The only End with an error code. A port that forbids the code discards it, and the user " +
      "never learns that the model failed.",
    bytes: ABORTED,
    packet: {
      ...f.HEAD_JSON,
      end: { final_count: "3", reason: 6, digest: f.DIGEST, error_code: 1 },
    },
  }),
  valid("error-code-max", "PKT-8", {
    why:
      "The code is the application's, all 32 bits of it. As a signed number it becomes -1, and " +
      "the application looks up another error.",
    bytes: ended(f.finalCount(3), f.reason(6), DIGEST, f.errorCode(f.UINT32_MAX)),
    packet: {
      ...f.HEAD_JSON,
      end: { final_count: "3", reason: 6, digest: f.DIGEST, error_code: f.UINT32_MAX },
    },
  }),
  valid("count-0", "PKT-8", {
    why:
      "A stream may end without a token, and then `final_count` is absent. A port that wants it " +
      "waits for ever for an empty answer.",
    bytes: ended(f.reason(1), DIGEST),
    packet: { ...f.HEAD_JSON, end: { reason: 1, digest: f.DIGEST } },
  }),
  valid("digest-of-zeros", "PKT-8", {
    why:
      "Sixteen zero bytes are a digest, if an unlikely one. A port that takes a zeroed buffer " +
      "for `absent` discards it.",
    bytes: ended(f.finalCount(3), f.reason(1), f.digest("00".repeat(16))),
    packet: { ...f.HEAD_JSON, end: { final_count: "3", reason: 1, digest: "00".repeat(16) } },
  }),
];

const discarded = [
  invalid("empty-end", "PKT-8", "invalid", {
    why:
      "A present but empty sub-message. A port whose runtime makes defaults of it completes an " +
      "answer with no reason and no digest.",
    bytes: ended(),
    twin: COMPLETE,
  }),
  invalid("reason-0", "PKT-8", "invalid", {
    why:
      "0 is what an author gets who forgot to set the reason. Accepted, it reaches the " +
      "application as an undefined name.",
    bytes: ended(f.finalCount(3), DIGEST),
    twin: COMPLETE,
  }),
  invalid("reason-7", "PKT-8", "invalid", {
    why:
      "The first number that is not assigned. proto3 enums are open, so a port that relies on " +
      "its runtime shows a reason that it cannot explain.",
    bytes: ended(f.finalCount(3), f.reason(7), DIGEST),
    twin: ABORTED,
  }),
  invalid("reason-257", "PKT-8", "invalid", {
    why:
      "Cut to one byte it is COMPLETE: an answer that ended for an unknown reason is shown as " +
      "whole.",
    bytes: ended(f.finalCount(3), f.reason(257), DIGEST),
    twin: COMPLETE,
  }),
  invalid("reason-max", "PKT-8", "invalid", {
    why:
      "As a signed number it is -1, which is below 7: a check `reason > 6` alone lets it " +
      "through.",
    bytes: ended(f.finalCount(3), f.reason(f.UINT32_MAX), DIGEST),
    twin: COMPLETE,
  }),
  invalid("digest-absent", "PKT-8", "invalid", {
    why:
      "Without the digest nothing proves the transcript. A port that treats it as optional can " +
      "be talked out of the check.",
    bytes: ended(f.finalCount(3), f.reason(1)),
    twin: COMPLETE,
  }),
  invalid("digest-15-bytes", "PKT-8", "invalid", {
    why:
      "A port that compares as many bytes as it got accepts any prefix, down to one byte that " +
      "is right by chance.",
    bytes: ended(f.finalCount(3), f.reason(1), f.digest(f.DIGEST.slice(2))),
    twin: COMPLETE,
  }),
  invalid("digest-17-bytes", "PKT-8", "invalid", {
    why:
      "A port that copies it into 16 bytes of its own writes one byte further, or ignores what " +
      "it cannot compare.",
    bytes: ended(f.finalCount(3), f.reason(1), f.digest(`${f.DIGEST}10`)),
    twin: COMPLETE,
  }),
  invalid("digest-32-bytes", "PKT-8", "invalid", {
    why:
      "The author sent the whole state of the digest instead of its first 16 bytes: the " +
      "commonest mistake, and every answer would fail at its end.",
    bytes: ended(f.finalCount(3), f.reason(1), f.digest(f.DIGEST + f.DIGEST)),
    twin: COMPLETE,
  }),
  invalid("aborted-without-error-code", "PKT-8", "invalid", {
    why:
      "An abort without a code tells the application nothing to act on, and 0 reads as `no " +
      "error`: a broken answer is shown as good.",
    bytes: ended(f.finalCount(3), f.reason(6), DIGEST),
    twin: ABORTED,
  }),
  invalid("complete-with-error-code", "PKT-8", "invalid", {
    why:
      "Complete or failed? An application that looks at the code and one that looks at the " +
      "reason tell the user different things.",
    bytes: ended(f.finalCount(3), f.reason(1), DIGEST, f.errorCode(1)),
    twin: COMPLETE,
  }),
  invalid("stopped-with-error-code", "PKT-8", "invalid", {
    why:
      "A sender that passes on the code of its cancelled generator shows an error to a user who " +
      "only pressed stop.",
    bytes: ended(f.finalCount(3), f.reason(3), DIGEST, f.errorCode(499)),
    twin: ended(f.finalCount(3), f.reason(3), DIGEST),
  }),
];

export const end: PacketFile = packetFile(
  "end",
  "The End of a stream: its reason, digest and error code.",
  [...accepted, ...discarded],
);
