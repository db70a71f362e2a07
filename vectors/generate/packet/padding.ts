// Vectors for SPEC 4.8 and 5.1: mark, padding, and the size of a datagram.

import { raw, type Bytes } from "../bytes.js";
import { invalid, packetFile, valid, type PacketFile } from "./case.js";
import * as f from "./fields.js";

const NONE: Bytes = [];
const AMOUNT = "the amount of padding is the choice of whoever padded it (PKT-17)";
const padded = (count: number): Bytes => [f.MARK, f.zeros(count)];

/** A packet of 8 bytes around `hex`, while `hex` is shorter than 122 bytes. */
const holding = (hex: string, note: string): Bytes => [f.HEAD, f.run(f.dataHex(hex, note))];
const letters = (count: number): Bytes => holding("61".repeat(count), `${count} times 'a'`);
const lettersJson = (count: number): object => ({
  ...f.HEAD_JSON,
  runs: [{ data: "61".repeat(count) }],
});

/** Two tokens in 1015 bytes and `last`, one more if `last` is above 127. */
const long = (last: number): Bytes => [
  f.HEAD,
  f.run(f.dataHex("61".repeat(1000 + last), `${1000 + last} times 'a'`), f.lengths(1000, last)),
];
const longJson = (last: number): object => ({
  ...f.HEAD_JSON,
  runs: [{ data: "61".repeat(1000 + last), lengths: [1000, last] }],
});

const amounts = [
  valid("bucket-1", "PKT-18", {
    why:
      "Bucket 1 is the mark and nothing more. A port that leaves the mark out with padding off " +
      "cannot be read by anyone.",
    bytes: letters(2),
    packet: lettersJson(2),
  }),
  valid("bucket-64", "PKT-18", {
    why:
      "The default of a receiver. A port that pads the packet to 64 and then adds the mark " +
      "makes 65 bytes, and lengths leak again.",
    bytes: letters(3),
    tail: padded(52),
    packet: lettersJson(3),
    encode: { max_payload: 1200, bucket: 64 },
  }),
  valid("bucket-128", "PKT-18", {
    why: "The default of a sender, and the size that nearly every datagram of an answer has.",
    bytes: letters(4),
    tail: padded(115),
    packet: lettersJson(4),
    encode: { max_payload: 1200, bucket: 128 },
  }),
  valid("bucket-filled-by-the-mark", "PKT-18", {
    why:
      "63 bytes and the mark are a full bucket. A port that always adds a zero byte takes a " +
      "bucket more than its peer computed.",
    bytes: letters(55),
    packet: lettersJson(55),
    encode: { max_payload: 1200, bucket: 64 },
  }),
  valid("bucket-overflowed-by-the-mark", "PKT-18", {
    why:
      "64 bytes leave no room for the mark, so there is a second bucket. A port that rounds " +
      "`len` instead of `len + 1` drops the mark.",
    bytes: letters(56),
    tail: padded(63),
    packet: lettersJson(56),
    encode: { max_payload: 1200, bucket: 64 },
  }),
  valid("bucket-100", "PKT-18", {
    why:
      "A bucket need not be a power of two. A port that rounds with a bit mask makes a size " +
      "between two buckets.",
    bytes: letters(5),
    tail: padded(86),
    packet: lettersJson(5),
    encode: { max_payload: 1200, bucket: 100 },
  }),
  valid("bucket-1024", "PKT-18", {
    why: "The largest bucket. A port that keeps it in one byte pads to nothing.",
    bytes: letters(6),
    tail: padded(1009),
    packet: lettersJson(6),
    encode: { max_payload: 1200, bucket: 1024 },
  }),
  valid("bucket-beyond-max-payload", "PKT-18", {
    why:
      "The next multiple of 128 is 1280, more than the path carries. A port that sends it has " +
      "every full datagram dropped by the network.",
    bytes: long(170),
    tail: padded(13),
    packet: longJson(170),
    encode: { max_payload: 1200, bucket: 128 },
  }),
  valid("max-payload-filled", "PKT-18", {
    why:
      "1199 bytes and the mark are exactly what fits. A port that is one too careful sends two " +
      "datagrams for one.",
    bytes: long(183),
    packet: longJson(183),
    encode: { max_payload: 1200, bucket: 128 },
  }),
  valid("max-payload-1152", "PKT-18", {
    why: "The smallest path. A port with 1200 built in sends datagrams that it cannot carry.",
    bytes: long(100),
    tail: padded(36),
    packet: longJson(100),
    encode: { max_payload: 1152, bucket: 128 },
  }),
  valid("three-zeros", "PKT-17", {
    why:
      "An amount that no default makes. A port that checks for its own bucket discards " +
      "everything from a peer that is configured otherwise.",
    bytes: letters(7),
    tail: padded(3),
    packet: lettersJson(7),
    encode: AMOUNT,
  }),
  valid("more-than-any-bucket", "PKT-17", {
    why:
      "1500 zeros behind a small packet. A port that looks for the mark in the last bucket only " +
      "does not find it.",
    bytes: letters(8),
    tail: padded(1500),
    packet: lettersJson(8),
    encode: AMOUNT,
  }),
  valid("size-16384", "ENC-7 PKT-17", {
    why:
      "The largest datagram that is read. A smaller buffer cuts it at the end, which here is " +
      "only padding: the port loses a packet that it has.",
    bytes: letters(1),
    tail: padded(16374),
    packet: lettersJson(1),
    encode: AMOUNT,
  }),
];

const looksLikePadding = [
  valid("data-ends-in-80", "PKT-16", {
    why:
      "The last byte of the packet is 80 too. A port that strips all of them, as it strips " +
      "zeros, cuts the last byte of a token.",
    bytes: holding("4180", "'A' and 80"),
    packet: { ...f.HEAD_JSON, runs: [{ data: "4180" }] },
  }),
  valid("data-ends-in-80-00", "PKT-16", {
    why:
      "Inside the packet is what looks like its end. A port that searches from the front stops " +
      "there.",
    bytes: holding("418000", "'A', 80, 00"),
    tail: padded(4),
    packet: { ...f.HEAD_JSON, runs: [{ data: "418000" }] },
    encode: AMOUNT,
  }),
  valid("data-is-a-mark-and-zeros", "PKT-16", {
    why: "A whole token that is a mark with padding. A port that strips twice renders nothing.",
    bytes: holding("80000000", "80 and three zeros"),
    packet: { ...f.HEAD_JSON, runs: [{ data: "80000000" }] },
  }),
  valid("data-ends-in-zeros", "PKT-16", {
    why:
      "Zeros before the mark are data. A port that strips zeros on both sides of the mark " +
      "shortens the token and finds the length wrong.",
    bytes: holding("41000000", "'A' and three zeros"),
    tail: padded(5),
    packet: { ...f.HEAD_JSON, runs: [{ data: "41000000" }] },
    encode: AMOUNT,
  }),
];

const sizes = [
  invalid("size-0", "ENC-7", "size", {
    why: "UDP carries empty datagrams. A port that looks at the last byte reads before its buffer.",
    bytes: NONE,
    tail: NONE,
    twin: f.HEAD,
  }),
  invalid("size-16385", "ENC-7", "size", {
    why:
      "One byte of padding too many. Without the limit a port allocates as much as its path can " +
      "carry for each datagram.",
    bytes: letters(1),
    tail: padded(16375),
    twin: letters(1),
    twinTail: padded(16374),
  }),
];

const marks = [
  invalid("one-zero", "PKT-16", "padding", {
    why:
      "A single zero byte. A loop that strips zeros until it finds something else leaves the " +
      "buffer at its front.",
    bytes: NONE,
    tail: raw("00", "a zero byte"),
    twin: f.HEAD,
  }),
  invalid("all-zeros", "PKT-16", "padding", {
    why:
      "A bucket of zeros, which a broken sender or a cleared buffer makes. A port that takes it " +
      "for an empty packet counts a peer that is not there.",
    bytes: NONE,
    tail: f.zeros(64),
    twin: f.HEAD,
    twinTail: padded(59),
  }),
  invalid("mark-missing", "PKT-16", "padding", {
    why:
      "A packet without its mark. A port that accepts it talks to peers that never pad and " +
      "breaks with the first that does.",
    bytes: f.HEAD,
    tail: NONE,
    twin: f.HEAD,
  }),
  invalid("mark-missing-before-zeros", "PKT-16", "padding", {
    why:
      "Zero padding without the mark is ambiguous: zeros at the end of a token would be " +
      "stripped with it.",
    bytes: f.HEAD,
    tail: f.zeros(4),
    twin: f.HEAD,
    twinTail: padded(3),
  }),
  invalid("mark-01", "PKT-16", "padding", {
    why:
      "The author set the lowest bit of the byte instead of the highest. Two such ports " +
      "understand each other and nobody else.",
    bytes: f.HEAD,
    tail: [raw("01", "not the mark"), f.zeros(3)],
    twin: f.HEAD,
    twinTail: padded(3),
  }),
  invalid("mark-c0", "PKT-16", "padding", {
    why: "A check of the highest bit alone takes c0 for the mark, and bits can be hidden below it.",
    bytes: f.HEAD,
    tail: [raw("c0", "not the mark"), f.zeros(3)],
    twin: f.HEAD,
    twinTail: padded(3),
  }),
  invalid("padding-not-zero", "PKT-16", "padding", {
    why:
      "Random padding, as some record layers have it. A port that searches for the first 80 " +
      "accepts it and lets hidden bytes through.",
    bytes: f.HEAD,
    tail: [f.MARK, raw("00 00 01", "padding that is not all zeros")],
    twin: f.HEAD,
    twinTail: padded(3),
  }),
  invalid("padding-that-counts", "PKT-16", "padding", {
    why:
      "PKCS#7 padding, which says its own length in each byte. A port whose cryptographic " +
      "library adds it pads twice.",
    bytes: f.HEAD,
    tail: raw("04 04 04 04", "four bytes that say 4"),
    twin: f.HEAD,
    twinTail: padded(3),
  }),
  invalid("two-marks", "ENC-4 PKT-16", "not-canonical", {
    why:
      "Only the last 80 is the mark; the one before belongs to the packet and is no field. A " +
      "port that strips both has two forms of one datagram.",
    bytes: f.HEAD,
    tail: [raw("80", "a byte that is no field"), f.MARK],
    twin: f.HEAD,
  }),
  invalid("mark-missing-after-80", "ENC-4 PKT-16", "not-canonical", {
    why:
      "The data ends in 80, which is taken for the mark: the packet is then one byte short. A " +
      "port that forgives that renders a shorter token.",
    bytes: holding("4180", "'A' and 80"),
    tail: NONE,
    twin: holding("4180", "'A' and 80"),
  }),
  invalid("mark-missing-after-80-00", "ENC-4 PKT-16", "not-canonical", {
    why: "As above with a zero behind it: two bytes of a token are taken for mark and padding.",
    bytes: holding("418000", "'A', 80, 00"),
    tail: NONE,
    twin: holding("418000", "'A', 80, 00"),
  }),
  invalid("mark-alone", "PKT-1", "invalid", {
    why:
      "An empty packet with a mark is canonical, and of epoch 0. A port that reports `padding` " +
      "or `size` here cannot name the fault of its peer.",
    bytes: NONE,
    twin: f.HEAD,
  }),
];

export const padding: PacketFile = packetFile(
  "padding",
  "Mark and padding, and the sizes of datagrams.",
  [...amounts, ...looksLikePadding, ...sizes, ...marks],
);
