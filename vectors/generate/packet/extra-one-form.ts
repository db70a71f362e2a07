// Vectors for SPEC 5 as it binds an encoder: a packet with everything that its kind can have has one
// form, field by field, and what is absent leaves no trace.

import { packetFile, valid, type PacketFile } from "./case.js";
import * as f from "./fields.js";

const EXTENSION = { type: 64, value: "00" };

const forms = [
  valid("sender-packet", "ENC-1", {
    why:
      "An encoder that writes fields in the order of its own struct makes a datagram that every " +
      "other port discards as not canonical. Nothing is ever rendered.",
    bytes: [
      [f.streamId(7), f.HEAD, f.firstIndex(9)],
      f.run(f.channel(2), f.data("Hi"), f.lengths(1, 1)),
      f.end(f.finalCount(11), f.reason(6), f.digest(f.DIGEST), f.errorCode(300)),
      f.accept(f.version(1)),
      f.flags(2, "PAUSED"),
      f.extension(f.type(64), f.value("00")),
    ],
    packet: {
      stream_id: 7,
      ...f.HEAD_JSON,
      first_index: "9",
      runs: [{ channel: 2, data: "4869", lengths: [1, 1] }],
      end: { final_count: "11", reason: 6, digest: f.DIGEST, error_code: 300 },
      accept: { version: 1 },
      flags: 2,
      extensions: [EXTENSION],
    },
  }),
  valid("ack", "ENC-1 ENC-3", {
    why:
      "An encoder that writes the Stop or the flags before the ack is understood by no strict " +
      "sender: every ack is lost, and the sender gives up after 30 s.",
    bytes: [
      [f.streamId(7), f.HEAD],
      f.ack(f.nextIndex(4), f.largest(9), f.ranges(2, 1, 3), f.delayUs(1500), f.endReceived()),
      f.stop(1),
      f.flags(1, "ACK_NOW"),
      f.extension(f.type(64), f.value("00")),
    ],
    packet: {
      stream_id: 7,
      ...f.HEAD_JSON,
      ack: {
        next_index: "4",
        largest: "9",
        ranges: [2, 1, 3],
        delay_us: 1500,
        end_received: true,
      },
      stop: { reason: 1 },
      flags: 1,
      extensions: [EXTENSION],
    },
  }),
  valid("open", "ENC-1", {
    why:
      "An encoder that writes the digest last makes an Open that no sender reads. A session that " +
      "was interrupted never goes on.",
    bytes: [
      [f.streamId(7), f.HEAD],
      f.open(
        f.version(1),
        f.openNextIndex(4),
        f.prefixDigest(f.DIGEST),
        f.window(65536),
        f.rttHintUs(80000),
      ),
      f.stop(1),
    ],
    packet: {
      stream_id: 7,
      ...f.HEAD_JSON,
      open: {
        version: 1,
        next_index: "4",
        prefix_digest: f.DIGEST,
        window: "65536",
        rtt_hint_us: 80000,
      },
      stop: { reason: 1 },
    },
  }),
];

const absences = [
  valid("defaults-are-absent", "ENC-1", {
    why:
      "An encoder that writes a stream_id, next_index or delay of 0 makes acks that are discarded. " +
      "Streams with other numbers work, and the first one does not.",
    bytes: [f.HEAD, f.ack(f.largest(5))],
    packet: { ...f.HEAD_JSON, ack: { largest: "5" } },
  }),
];

const lists = [
  valid("lengths-packed", "ENC-3 ENC-2", {
    why:
      "An encoder that writes each length as a field of its own, as proto2 did, is not understood " +
      "as soon as a datagram carries two tokens.",
    bytes: [f.HEAD, f.run(f.data("a".repeat(200) + "b"), f.lengths(200, 1))],
    packet: {
      ...f.HEAD_JSON,
      runs: [{ data: "61".repeat(200) + "62", lengths: [200, 1] }],
    },
  }),
  valid("ranges-packed", "ENC-3 ENC-2", {
    why:
      "An encoder that writes each range as a field of its own is understood until the first loss, " +
      "and then no more.",
    bytes: [f.HEAD, f.ack(f.nextIndex(1), f.largest(600), f.ranges(200, 1, 300))],
    packet: {
      ...f.HEAD_JSON,
      ack: { next_index: "1", largest: "600", ranges: [200, 1, 300] },
    },
  }),
];

export const oneForm: PacketFile = packetFile(
  "one-form",
  "What an encoder writes: every field in its place, defaults left out, lists in one piece.",
  [...forms, ...absences, ...lists],
);
