// Vectors for ENC-8: packets that an encoder refuses, with the code that its own decoder would
// give. What a port cannot even express, such as lengths that do not fit the data, is left out.

import type { CodecCode } from "../model/codec.js";
import type { PacketJson, RunJson } from "../model/packet-json.js";
import { packetFile, refuse, type PacketFile, type RefuseCase } from "./case.js";
import * as f from "./fields.js";

const BIG = { max_payload: 16384, bucket: 1 };
const times = (count: number, hex: string): string => hex.repeat(count);
const ones = (count: number): number[] => Array<number>(count).fill(1);

const HI = { data: "4869" };
const ACK = { next_index: "3", largest: "2" };
const OPEN = { version: 1, window: "1024" };
const END = { final_count: "1", reason: 1, digest: f.DIGEST };

/** A packet with these parts beside epoch and number, and its twin. */
function refused(
  slug: string,
  clause: string,
  code: CodecCode,
  parts: readonly [PacketJson, PacketJson],
  why: string,
): RefuseCase {
  return refuse(slug, `ENC-8 ${clause}`, code, {
    why,
    packet: { ...f.HEAD_JSON, ...parts[0] },
    twin: { ...f.HEAD_JSON, ...parts[1] },
  });
}

const kinds = [
  refuse("epoch-0", "ENC-8 PKT-1", "invalid", {
    why:
      "A sender that forgets to set its epoch goes on for the whole answer, and every datagram " +
      "is discarded at the other end.",
    packet: { packet_number: "1", runs: [HI] },
    twin: { ...f.HEAD_JSON, runs: [HI] },
  }),
  refuse("number-0", "ENC-8 PKT-2", "invalid", {
    why:
      "A counter that begins at 0 loses its first packet, which is the one that opens the " +
      "session.",
    packet: { epoch: 1, open: OPEN },
    twin: { ...f.HEAD_JSON, open: OPEN },
  }),
  refused(
    "number-in-close",
    "PKT-2",
    "invalid",
    [{ close: { code: 5 } }, {}],
    "Taking the next number is the habit of every other packet. The Close is discarded and " +
      "the peer waits for its idle timer.",
  ),
  refused(
    "ack-and-open",
    "PKT-3",
    "invalid",
    [{ ack: ACK, open: OPEN }, { ack: ACK }],
    "Saving a datagram by joining the two is a good idea that no peer understands.",
  ),
  refused(
    "stop-alone",
    "PKT-3",
    "invalid",
    [{ stop: { reason: 1 } }, { ack: ACK, stop: { reason: 1 } }],
    "A Stop that is sent at once, without waiting for an ack to ride on, never arrives anywhere.",
  ),
  refused(
    "runs-and-ack",
    "PKT-3",
    "invalid",
    [{ runs: [HI], ack: ACK }, { ack: ACK }],
    "A peer-to-peer application that sends and receives on one path mixes its two directions.",
  ),
  refused(
    "paused-with-ack",
    "PKT-4",
    "invalid",
    [
      { ack: ACK, flags: 2 },
      { ack: ACK, flags: 1 },
    ],
    "The two flags are one typing mistake apart, and the kick would be discarded.",
  ),
  refused(
    "unknown-flag",
    "PKT-4",
    "invalid",
    [{ flags: 4 }, { flags: 2 }],
    "A bit for an experiment, set in production: nothing arrives any more.",
  ),
  refused(
    "first-index-without-runs",
    "PKT-5",
    "invalid",
    [{ first_index: "3" }, {}],
    "An encoder that writes `first_index` always has the empty packets of every kick discarded.",
  ),
];

const parts = [
  refused(
    "empty-token",
    "PKT-6",
    "invalid",
    [{ runs: [{ channel: 1 }] }, { runs: [HI] }],
    "Tokenizers do yield empty strings. Encoded, one of them blocks the stream for good, " +
      "since it is repeated in every datagram.",
  ),
  refused(
    "adjacent-runs-on-one-channel",
    "PKT-7",
    "invalid",
    [{ runs: [HI, HI] }, { runs: [HI, { channel: 1, data: "4869" }] }],
    "A run for each token is the simple way, and it is refused by every decoder.",
  ),
  refused(
    "end-reason-0",
    "PKT-8",
    "invalid",
    [{ end: { final_count: "1", digest: f.DIGEST } }, { end: END }],
    "The default of the generated type. The answer hangs at its last word.",
  ),
  refused(
    "end-digest-32-bytes",
    "PKT-8",
    "invalid",
    [{ end: { ...END, digest: f.DIGEST + f.DIGEST } }, { end: END }],
    "The whole state of the hash, where its first half belongs.",
  ),
  refused(
    "aborted-without-error-code",
    "PKT-8",
    "invalid",
    [{ end: { ...END, reason: 6 } }, { end: { ...END, reason: 6, error_code: 1 } }],
    "An application that aborts without a code would leave its users before a frozen answer.",
  ),
  refused(
    "open-without-digest",
    "PKT-9",
    "invalid",
    [
      { open: { ...OPEN, next_index: "7" } },
      { open: { ...OPEN, next_index: "7", prefix_digest: f.DIGEST } },
    ],
    "A receiver that has stored the index and not the digest cannot resume; it must learn so " +
      "at home.",
  ),
  refused(
    "open-window-1023",
    "PKT-9",
    "invalid",
    [{ open: { ...OPEN, window: "1023" } }, { open: OPEN }],
    "A configuration that no sender accepts, found at the first Open and not in the field.",
  ),
  refused(
    "accept-version-2",
    "PKT-10",
    "invalid",
    [{ accept: { version: 2 } }, { accept: { version: 1 } }],
    "A sender that copies the version of the Open into its Accept.",
  ),
  refused(
    "ranges-in-pairs",
    "PKT-11",
    "invalid",
    [
      { ack: { next_index: "3", largest: "9", ranges: [2, 1] } },
      { ack: { next_index: "3", largest: "9", ranges: [2, 1, 1] } },
    ],
    "The gap below the last range says nothing. Acks of such a receiver are discarded as soon " +
      "as a packet is lost.",
  ),
  refused(
    "delay-of-nothing",
    "PKT-11",
    "invalid",
    [{ ack: { delay_us: 5 } }, { ack: { ...ACK, delay_us: 5 } }],
    "A delay computed from a packet that has not come.",
  ),
  refused(
    "stop-reason-5",
    "PKT-12",
    "invalid",
    [
      { ack: ACK, stop: { reason: 5 } },
      { ack: ACK, stop: { reason: 4 } },
    ],
    "An application's own reason, which takes the ack down with it.",
  ),
  refuse("close-code-0", "ENC-8 PKT-12", "invalid", {
    why: "A Close without a code: the peer discards it and goes on.",
    packet: { epoch: 1, close: {} },
    twin: { epoch: 1, close: { code: 1 } },
  }),
  refused(
    "extensions-out-of-order",
    "PKT-13",
    "invalid",
    [{ extensions: [{ type: 65 }, { type: 64 }] }, { extensions: [{ type: 64 }, { type: 65 }] }],
    "In the order of a hash map, which is right in every second run of the tests.",
  ),
];

const alternating = (count: number): readonly RunJson[] =>
  Array.from({ length: count }, (_, at) => ({ channel: 1 + (at % 2), data: "61" }));
const tokens = (count: number): PacketJson => ({
  ...f.HEAD_JSON,
  runs: [{ data: times(count, "61"), lengths: ones(count) }],
});
/** 16 tokens of 961 bytes and one of `last`: with `last` 961, packet and mark are 16384 bytes. */
const whole = (last: number): PacketJson => ({
  ...f.HEAD_JSON,
  runs: [{ data: times(16 * 961 + last, "61"), lengths: [...Array<number>(16).fill(961), last] }],
});
/** With `last` 183, packet and mark are 1200 bytes. */
const long = (last: number): PacketJson => ({
  ...f.HEAD_JSON,
  runs: [{ data: times(1000 + last, "61"), lengths: [1000, last] }],
});
const extensionOf = (bytes: number): PacketJson => ({
  extensions: [{ type: 64, value: times(bytes, "ab") }],
});
const beside = (bytes: number): PacketJson => ({
  end: END,
  extensions: [
    { type: 1, value: times(32, "aa") },
    { type: 2, value: times(bytes, "bb") },
  ],
});

const limits = [
  refuse("size-16385", "ENC-8 ENC-7", "size", {
    why:
      "Every limit is kept, and with its mark the packet is one byte larger than any decoder " +
      "reads.",
    packet: whole(962),
    twin: whole(961),
    encode: BIG,
  }),
  refuse("does-not-fit", "ENC-8 PKT-18", "size", {
    why:
      "1200 bytes leave no room for the mark. A port that sends 1201 has the datagram dropped " +
      "by the network, again and again; one that leaves the mark out has it discarded.",
    packet: long(184),
    twin: long(183),
  }),
  refuse("does-not-fit-before-over-limit", "ENC-8 ENC-5 LIM-2", "size", {
    why:
      "Two faults by design: 4097 tokens, in a datagram of 1200 bytes. What does not fit is " +
      "named first, as an application can do something about that.",
    packet: tokens(4097),
    twin: tokens(500),
  }),
  refused(
    "runs-33",
    "LIM-1",
    "over-limit",
    [{ runs: alternating(33) }, { runs: alternating(32) }],
    "An answer that changes channel at each token. The sender must cut the packet, not send " +
      "what nobody takes.",
  ),
  refuse("tokens-4097", "ENC-8 LIM-2", "over-limit", {
    why:
      "A sender with a large path fills a datagram with bytes and forgets that tokens are " +
      "counted too.",
    packet: tokens(4097),
    twin: tokens(4096),
    encode: BIG,
  }),
  refused(
    "token-1025",
    "LIM-3",
    "over-limit",
    [{ runs: [{ data: times(1025, "61") }] }, { runs: [{ data: times(1024, "61") }] }],
    "A tool call pushed as one token. Refused at the push, the application can cut it; sent, " +
      "the stream is blocked.",
  ),
  refused(
    "channel-65536",
    "LIM-4",
    "over-limit",
    [{ runs: [{ channel: 65536, data: "61" }] }, { runs: [{ channel: 65535, data: "61" }] }],
    "An application that uses hashes as channels.",
  ),
  refused(
    "next-index-over",
    "LIM-5",
    "over-limit",
    [{ ack: { next_index: "9007199254740992" } }, { ack: { next_index: "9007199254740991" } }],
    "An encoder that converts to a double would write another number, one that passes.",
  ),
  refused(
    "ranges-33",
    "LIM-6",
    "over-limit",
    [{ ack: { largest: "33", ranges: ones(33) } }, { ack: { largest: "33", ranges: ones(31) } }],
    "A receiver on a bad path that never drops its oldest range has its acks discarded when " +
      "it needs them most.",
  ),
  refused(
    "extensions-5",
    "LIM-7",
    "over-limit",
    [
      { extensions: [1, 2, 3, 4, 5].map((type) => ({ type })) },
      { extensions: [1, 2, 3, 4].map((type) => ({ type })) },
    ],
    "A fifth experiment on top of four.",
  ),
  refused(
    "extension-65-bytes",
    "LIM-7",
    "over-limit",
    [extensionOf(65), extensionOf(64)],
    "A key of 65 bytes, which is what an uncompressed point has.",
  ),
  refused(
    "window-over",
    "LIM-8",
    "over-limit",
    [{ open: { ...OPEN, window: "16777217" } }, { open: { ...OPEN, window: "16777216" } }],
    "A server with memory to spare asks for more than any sender gives, and gets no session.",
  ),
  refused(
    "control-97",
    "LIM-9",
    "over-limit",
    [beside(25), beside(24)],
    "Every part is within its own limit. The whole is not, and a long token would no longer " +
      "fit beside it.",
  ),
];

const order = [
  refused(
    "over-limit-before-invalid",
    "ENC-5 LIM-8 PKT-9",
    "over-limit",
    [{ open: { window: "16777217" } }, { open: OPEN }],
    "Two faults by design: the window is over its limit and the version is 0. An encoder " +
      "names the same code as a decoder would.",
  ),
];

export const encode: PacketFile = packetFile(
  "encode",
  "Packets that an encoder refuses, and the code that it gives.",
  [...kinds, ...parts, ...limits, ...order],
);
