// Vectors for SPEC 4.4: Open and Accept.

import type { Bytes } from "../bytes.js";
import { invalid, packetFile, valid, type PacketFile } from "./case.js";
import * as f from "./fields.js";

const opened = (...parts: Bytes[]): Bytes => [f.HEAD, f.open(...parts)];
const WINDOW = f.window(262144);
const FRESH = opened(f.version(1), WINDOW);
const RESUME = opened(f.version(1), f.openNextIndex(7), f.prefixDigest(f.DIGEST), WINDOW);

const accepted = [
  valid("fresh", "PKT-9", {
    why:
      "An Open from the start has neither `next_index` nor digest. A port that wants a digest " +
      "refuses every first session.",
    bytes: FRESH,
    packet: { ...f.HEAD_JSON, open: { version: 1, window: "262144" } },
  }),
  valid("resume", "PKT-9", {
    why:
      "An Open in the middle has both. A port that discards it cannot resume, and the user " +
      "reads the answer from its start again.",
    bytes: RESUME,
    packet: {
      ...f.HEAD_JSON,
      open: { version: 1, next_index: "7", prefix_digest: f.DIGEST, window: "262144" },
    },
  }),
  valid("resume-at-1", "PKT-9", {
    why:
      "The smallest index that needs a digest. A port that compares with `> 1` asks for none " +
      "and never checks the prefix.",
    bytes: opened(f.version(1), f.openNextIndex(1), f.prefixDigest(f.DIGEST), WINDOW),
    packet: {
      ...f.HEAD_JSON,
      open: { version: 1, next_index: "1", prefix_digest: f.DIGEST, window: "262144" },
    },
  }),
  valid("version-2", "PKT-9", {
    why:
      "The decoder accepts it so that the sender can answer Close VERSION. One that discards it " +
      "leaves a newer receiver asking until it times out.",
    bytes: opened(f.version(2), WINDOW),
    packet: { ...f.HEAD_JSON, open: { version: 2, window: "262144" } },
  }),
  valid("version-max", "PKT-9", {
    why:
      "Any version but 0. Read as a signed number this one is -1 and a check `version < 1` " +
      "discards it.",
    bytes: opened(f.version(f.UINT32_MAX), WINDOW),
    packet: { ...f.HEAD_JSON, open: { version: f.UINT32_MAX, window: "262144" } },
  }),
  valid("window-1024", "PKT-9", {
    why:
      "The smallest window, which holds one token of any size. A small device that asks for it " +
      "must not be refused.",
    bytes: opened(f.version(1), f.window(1024)),
    packet: { ...f.HEAD_JSON, open: { version: 1, window: "1024" } },
  }),
  valid("rtt-hint", "PKT-9", {
    why:
      "The hint spares a resumed session its first slow seconds. A port that discards the field " +
      "cannot be resumed by one that sends it.",
    bytes: opened(f.version(1), WINDOW, f.rttHintUs(48000)),
    packet: { ...f.HEAD_JSON, open: { version: 1, window: "262144", rtt_hint_us: 48000 } },
  }),
  valid("rtt-hint-max", "PKT-9", {
    why:
      "The sender clamps the hint, the codec does not judge it. As a signed number it is " +
      "negative, and a timer computed from it fires for ever.",
    bytes: opened(f.version(1), WINDOW, f.rttHintUs(f.UINT32_MAX)),
    packet: { ...f.HEAD_JSON, open: { version: 1, window: "262144", rtt_hint_us: f.UINT32_MAX } },
  }),
];

const discarded = [
  invalid("empty-open", "PKT-9", "invalid", {
    why:
      "A present but empty sub-message: version 0, window 0. A port that takes the defaults " +
      "attaches a receiver that can take no token.",
    bytes: opened(),
    twin: FRESH,
  }),
  invalid("version-0", "PKT-9", "invalid", {
    why:
      "0 is a forgotten version. Answered like an unknown one, it makes a datagram of nothing " +
      "elicit a Close.",
    bytes: opened(WINDOW),
    twin: FRESH,
  }),
  invalid("digest-absent", "PKT-9", "invalid", {
    why:
      "A resume that proves nothing. A port that skips the check joins the tail of one answer " +
      "to the head of another.",
    bytes: opened(f.version(1), f.openNextIndex(7), WINDOW),
    twin: RESUME,
  }),
  invalid("digest-at-index-0", "PKT-9", "invalid", {
    why:
      "The digest of no tokens is known to all. Allowed, it would be a second way to write the " +
      "same Open, and the two would count as different.",
    bytes: opened(f.version(1), f.prefixDigest(f.DIGEST), WINDOW),
    twin: FRESH,
  }),
  invalid("digest-15-bytes", "PKT-9", "invalid", {
    why: "A port that compares as many bytes as it got accepts a prefix of a digest as proof.",
    bytes: opened(f.version(1), f.openNextIndex(7), f.prefixDigest(f.DIGEST.slice(2)), WINDOW),
    twin: RESUME,
  }),
  invalid("digest-17-bytes", "PKT-9", "invalid", {
    why:
      "A copy into 16 bytes writes one further; a comparison of the first 16 ignores what was " +
      "sent.",
    bytes: opened(f.version(1), f.openNextIndex(7), f.prefixDigest(`${f.DIGEST}10`), WINDOW),
    twin: RESUME,
  }),
  invalid("digest-32-bytes", "PKT-9", "invalid", {
    why:
      "The receiver stored 32 bytes and sent them all. Accepted by comparing the first half, " +
      "refused by other ports: resume works in the author's tests only.",
    bytes: opened(f.version(1), f.openNextIndex(7), f.prefixDigest(f.DIGEST + f.DIGEST), WINDOW),
    twin: RESUME,
  }),
  invalid("window-1023", "PKT-9", "invalid", {
    why:
      "A window that cannot hold one long token: the sender has something to send, may not, and " +
      "both wait.",
    bytes: opened(f.version(1), f.window(1023)),
    twin: opened(f.version(1), f.window(1024)),
  }),
  invalid("window-absent", "PKT-9", "invalid", {
    why:
      "There is no default on the wire. A port that puts its own in place sends more than the " +
      "receiver said it can hold.",
    bytes: opened(f.version(1)),
    twin: FRESH,
  }),
  invalid("empty-accept", "PKT-10", "invalid", {
    why:
      "Present but empty. A port that asks only whether the Accept is there begins a session of " +
      "version 0.",
    bytes: [f.HEAD, f.accept()],
    twin: [f.HEAD, f.accept(f.version(1))],
  }),
  invalid("accept-version-2", "PKT-10", "invalid", {
    why:
      "A sender cannot accept what was not asked for. A receiver that goes along reads a later " +
      "version's packets by its own rules.",
    bytes: [f.HEAD, f.accept(f.version(2))],
    twin: [f.HEAD, f.accept(f.version(1))],
  }),
  invalid("accept-version-max", "PKT-10", "invalid", {
    why:
      "A check `version <= 1` on a signed number takes -1 for an old version that it still " +
      "speaks.",
    bytes: [f.HEAD, f.accept(f.version(f.UINT32_MAX))],
    twin: [f.HEAD, f.accept(f.version(1))],
  }),
];

export const open: PacketFile = packetFile(
  "open",
  "Open and Accept: versions, prefix digests and windows.",
  [...accepted, ...discarded],
);
