// Vectors for ENC-2 and ENC-4: varints that are longer than needed, that exceed their type, or that
// do not end.

import { bytesField, message, raw, tag, varint, WIRE, type Bytes, type Part } from "../bytes.js";
import { invalid, packetFile, valid, type InvalidCase, type PacketFile } from "./case.js";
import * as f from "./fields.js";

/** A varint field whose value is written in `size` bytes. */
const long = (field: number, name: string, value: number | bigint, size: number): Part =>
  raw(tag(field, WIRE.VARINT) + varint(value, size), `${name} = ${value} in ${size} bytes`);
const bigNumber = (field: number, name: string, value: bigint, says: string): Part =>
  raw(tag(field, WIRE.VARINT) + varint(value), `${name} = ${says}`);

function refused(
  slug: string,
  clauses: string,
  bytes: Bytes,
  twin: Bytes,
  why: string,
): InvalidCase {
  return invalid(slug, clauses, "not-canonical", { why, bytes, twin });
}

const sizes = [
  [
    127n,
    "The last value in one byte. An encoder that takes the eighth bit for data writes it in " +
      "two.",
  ],
  [
    128n,
    "The first value in two bytes. A port that keeps packet numbers in one byte starts again at " +
      "0 and drops all as duplicates.",
  ],
  [16383n, "The last value in two bytes: an answer of a minute or two reaches it."],
  [
    16384n,
    "The first value in three bytes. A decoder with a two-byte fast path and a bug behind it " +
      "fails long answers only.",
  ],
  [4294967295n, "32 bits full. Signed, it is -1, older than every packet."],
  [
    4294967296n,
    "33 bits. Packet numbers are 64-bit in the schema; a port that keeps 32 sees 0 and reports " +
      "`invalid`.",
  ],
] as const;

const shortest = sizes.map(([value, why]) =>
  valid(`number-${value}`, "ENC-2", {
    why,
    bytes: [f.epoch(1), f.packetNumber(value)],
    packet: { epoch: 1, packet_number: value.toString() },
  }),
);

const overlong = [
  refused(
    "epoch-in-2-bytes",
    "ENC-2 ENC-4",
    [long(2, "epoch", 1, 2), f.packetNumber(1)],
    f.HEAD,
    "The same number in two forms. Every runtime reads both, so without a comparison of bytes " +
      "two datagrams are one packet.",
  ),
  refused(
    "epoch-in-5-bytes",
    "ENC-2 ENC-4",
    [long(2, "epoch", 1, 5), f.packetNumber(1)],
    f.HEAD,
    "Fixed-size varints, which encoders use to fill in a value later. Their packets are 4 " +
      "bytes longer than the sender computed, and may not fit.",
  ),
  refused(
    "epoch-in-10-bytes",
    "ENC-2 ENC-4",
    [long(2, "epoch", 1, 10), f.packetNumber(1)],
    f.HEAD,
    "The longest varint that runtimes read, with nothing in nine of its bytes.",
  ),
  refused(
    "number-in-10-bytes",
    "ENC-2 ENC-4",
    [f.epoch(1), long(3, "packet_number", 1, 10)],
    f.HEAD,
    "As above in a 64-bit field, where ten bytes can be right and the check is about the last " +
      "one only.",
  ),
  refused(
    "number-in-11-bytes",
    "ENC-2 ENC-4",
    [f.epoch(1), long(3, "packet_number", 1, 11)],
    f.HEAD,
    "No varint has 11 bytes. A loop without an end reads as far as there are bytes with the " +
      "high bit: the whole datagram, if asked.",
  ),
  refused(
    "tag-in-2-bytes",
    "ENC-2 ENC-4",
    [raw(tag(2, WIRE.VARINT, 2) + varint(1), "epoch = 1, tag in 2 bytes"), f.packetNumber(1)],
    f.HEAD,
    "A tag is a varint too. A port that compares the first byte with 0x10 takes the field for " +
      "an unknown one and sees epoch 0.",
  ),
  refused(
    "tag-in-5-bytes",
    "ENC-2 ENC-4",
    [raw(tag(2, WIRE.VARINT, 5) + varint(1), "epoch = 1, tag in 5 bytes"), f.packetNumber(1)],
    f.HEAD,
    "As above at the length where 32-bit readers stop looking at the high bits.",
  ),
  refused(
    "length-in-2-bytes",
    "ENC-2 ENC-4",
    [
      f.HEAD,
      raw(tag(5, WIRE.LENGTH) + varint(4, 2), "run, 4 bytes, length in 2 bytes"),
      f.data("Hi"),
    ],
    [f.HEAD, f.run(f.data("Hi"))],
    "Encoders that reserve room for a length and fill it in later write this. Their tokens " +
      "are discarded by every strict port.",
  ),
  refused(
    "length-of-data-in-2-bytes",
    "ENC-2 ENC-4",
    [f.HEAD, f.run(raw(`1282 00${f.data("Hi").hex.slice(4)}`, 'data = "Hi", length in 2 bytes'))],
    [f.HEAD, f.run(f.data("Hi"))],
    "The same one level down, where only a recursive check looks.",
  ),
  refused(
    "entry-in-2-bytes",
    "ENC-2 ENC-4",
    [f.HEAD, f.run(f.data("Hello"), bytesField(3, "lengths = 2 (in 2 bytes), 3", "820003"))],
    [f.HEAD, f.run(f.data("Hello"), f.lengths(2, 3))],
    "Entries of a packed field are varints as well; a check of fields does not see them.",
  ),
  refused(
    "entry-of-ranges-in-2-bytes",
    "ENC-2 ENC-4",
    [f.HEAD, f.ack(f.largest(9), bytesField(3, "ranges = 2 (in 2 bytes)", "8200"))],
    [f.HEAD, f.ack(f.largest(9), f.ranges(2))],
    "As above in acks. A port with its own reader for ranges has its own bugs in it.",
  ),
  refused(
    "bool-in-2-bytes",
    "ENC-2 ENC-4",
    [f.HEAD, f.ack(f.largest(1), long(5, "end_received", 1, 2))],
    [f.HEAD, f.ack(f.largest(1), f.endReceived())],
    "Readers of a bool take one byte. The second is then a tag of 0, where old codecs stop.",
  ),
];

const exceeding = [
  refused(
    "bool-2",
    "ENC-4",
    [f.HEAD, f.ack(f.largest(1), raw("28 02", "end_received = 2"))],
    [f.HEAD, f.ack(f.largest(1), f.endReceived())],
    "Every nonzero varint is `true` to a runtime. A comparison with 1 says no, and the sender " +
      "repeats an End that has arrived.",
  ),
  refused(
    "bool-2-32",
    "ENC-4",
    [f.HEAD, f.ack(f.largest(1), bigNumber(5, "end_received", 2n ** 32n, "2^32"))],
    [f.HEAD, f.ack(f.largest(1), f.endReceived())],
    "Cut to 32 bits it is 0, `false`; as 64 bits it is `true`. Runtimes differ in exactly this.",
  ),
  refused(
    "epoch-2-32-plus-1",
    "ENC-4",
    [bigNumber(2, "epoch", 2n ** 32n + 1n, "2^32 + 1"), f.packetNumber(1)],
    f.HEAD,
    "Protobuf cuts a uint32 to its low 32 bits: epoch 1. A port that does so takes a datagram " +
      "of another session for its own.",
  ),
  refused(
    "epoch-2-32",
    "ENC-4",
    [bigNumber(2, "epoch", 2n ** 32n, "2^32"), f.packetNumber(1)],
    f.HEAD,
    "Cut, it is 0, and the port reports `invalid` instead: the wrong counter rises, and the " +
      "bug is looked for in the wrong place.",
  ),
  refused(
    "epoch-minus-1",
    "ENC-4",
    [bigNumber(2, "epoch", 2n ** 64n - 1n, "-1 in ten bytes"), f.packetNumber(1)],
    f.HEAD,
    "How a signed -1 is written. Authors who declare the field int32 send it, and a cut to 32 " +
      "bits makes the largest epoch of it.",
  ),
  refused(
    "stream-id-2-32",
    "ENC-4",
    [bigNumber(1, "stream_id", 2n ** 32n, "2^32"), f.HEAD],
    [f.streamId(f.UINT32_MAX), f.HEAD],
    "Cut, it is stream 0: tokens of one answer appear in another.",
  ),
  refused(
    "flags-2-32-plus-2",
    "ENC-4",
    [f.HEAD, bigNumber(12, "flags", 2n ** 32n + 2n, "2^32 + 2")],
    [f.HEAD, f.flags(2, "PAUSED")],
    "Cut, it is PAUSED. The bit above is one that no version has defined.",
  ),
  refused(
    "channel-2-32",
    "ENC-4",
    [f.HEAD, f.run(bigNumber(1, "channel", 2n ** 32n, "2^32"), f.data("Hi"))],
    [f.HEAD, f.run(f.channel(65535), f.data("Hi"))],
    "Cut, it is the main channel. It must not be reported as `over-limit` either: the type " +
      "comes before the limit.",
  ),
  refused(
    "entry-2-32-plus-2",
    "ENC-4",
    [
      f.HEAD,
      f.run(f.data("Hello"), bytesField(3, "lengths = 2^32 + 2, 3", `${varint(2n ** 32n + 2n)}03`)),
    ],
    [f.HEAD, f.run(f.data("Hello"), f.lengths(2, 3))],
    "Cut, the entries fit the data. In 64 bits the token is 4 GiB long.",
  ),
  refused(
    "entry-of-ranges-2-32",
    "ENC-4",
    [f.HEAD, f.ack(f.largest(9), bytesField(3, "ranges = 2^32 + 2", varint(2n ** 32n + 2n)))],
    [f.HEAD, f.ack(f.largest(9), f.ranges(2))],
    "Cut, two packets are acknowledged; not cut, more than there are.",
  ),
  refused(
    "delay-2-32",
    "ENC-4",
    [f.HEAD, f.ack(f.largest(9), bigNumber(4, "delay_us", 2n ** 32n + 5n, "2^32 + 5"))],
    [f.HEAD, f.ack(f.largest(9), f.delayUs(5))],
    "A receiver that was asleep for 72 minutes must clamp its delay. Cut, the RTT sample is " +
      "72 minutes long.",
  ),
  refused(
    "number-2-64",
    "ENC-4",
    [f.epoch(1), raw("18 81 80 80 80 80 80 80 80 80 02", "packet_number = 2^64 + 1")],
    f.HEAD,
    "Ten bytes, of which the last may be 1 at most. Readers drop the bit above 64 and see " +
      "packet 1, a duplicate of the first.",
  ),
  refused(
    "number-70-bits",
    "ENC-4",
    [f.epoch(1), raw("18 ff ff ff ff ff ff ff ff ff 7f", "packet_number = 2^70 - 1")],
    [f.epoch(1), f.packetNumber(f.INDEX_MAX)],
    "All 70 bits of a ten-byte varint. A bignum reader calls it over-limit, a 64-bit reader " +
      "sees 2^64 - 1: neither is a field of this type.",
  ),
  refused(
    "tag-beyond-32-bits",
    "ENC-4",
    [raw(`${varint(2n ** 32n + 16n)}01`, "field 2^29 + 2, a varint of 1"), f.packetNumber(1)],
    f.HEAD,
    "Field number 2^29 + 2. A 32-bit reader of tags cuts it to 2, and the field is the epoch.",
  ),
  refused(
    "length-beyond-32-bits",
    "ENC-4 ENC-6",
    [
      f.HEAD,
      raw(tag(5, WIRE.LENGTH) + varint(2n ** 32n + 4n), "run, but the length says 2^32 + 4"),
      f.data("Hi"),
    ],
    [f.HEAD, f.run(f.data("Hi"))],
    "Cut to 32 bits the length is right. In 64 bits, added to the position, it is far " +
      "outside: a read there is a crash or a leak.",
  ),
  refused(
    "length-minus-1",
    "ENC-4 ENC-6",
    [
      f.HEAD,
      raw(tag(5, WIRE.LENGTH) + varint(2n ** 64n - 1n), "run, but the length says -1"),
      f.data("Hi"),
    ],
    [f.HEAD, f.run(f.data("Hi"))],
    "Signed, the end lies before the start. `position + length <= size` is true, and the " +
      "parser goes back and forth for ever.",
  ),
  refused(
    "length-2-31",
    "ENC-4 ENC-6",
    [
      f.HEAD,
      raw(tag(5, WIRE.LENGTH) + varint(2n ** 31n), "run, but the length says 2^31"),
      f.data("Hi"),
    ],
    [f.HEAD, f.run(f.data("Hi"))],
    "2 GiB promised by 8 bytes. A port that makes room first is killed by one datagram.",
  ),
];

const unfinished = [
  refused(
    "number-runs-into-the-mark",
    "ENC-4",
    [f.epoch(1), raw("18 81", "packet_number, cut off")],
    f.HEAD,
    "The varint goes on and the packet does not. A parser that was not told where the packet " +
      "ends takes the mark for the next byte.",
  ),
  refused(
    "tag-runs-into-the-mark",
    "ENC-4",
    [f.HEAD, raw("e0", "a tag, cut off")],
    [f.HEAD, f.flags(2, "PAUSED")],
    "As above with a tag, which readers check less than values.",
  ),
  refused(
    "length-runs-into-the-mark",
    "ENC-4",
    [f.HEAD, raw("2a 84", "run, its length cut off")],
    [f.HEAD, f.run(f.data("Hi"))],
    "As above with a length: 4, or 4 and the mark's bits, and then bytes that are not there.",
  ),
  refused(
    "value-runs-out-of-its-message",
    "ENC-4",
    [f.HEAD, message(8, "ack", raw("08 83", "next_index, cut off")), raw("60 01", "flags = 1")],
    [f.HEAD, f.ack(f.nextIndex(3)), f.flags(1, "ACK_NOW")],
    "The ack ends within a varint and the packet goes on. A parser bounded by the datagram " +
      "alone reads on into the flags.",
  ),
  refused(
    "entry-runs-out-of-its-field",
    "ENC-4",
    [f.HEAD, f.ack(f.largest(9), bytesField(3, "ranges, the entry cut off", "82"), f.delayUs(5))],
    [f.HEAD, f.ack(f.largest(9), f.ranges(2), f.delayUs(5))],
    "Known of a widespread runtime: the packed field ends within an entry, and the entry is " +
      "read on over its end.",
  ),
];

export const encodingVarints: PacketFile = packetFile(
  "encoding-varints",
  "Canonical encoding: varints in their shortest form, within their type, and whole.",
  [...shortest, ...overlong, ...exceeding, ...unfinished],
);
