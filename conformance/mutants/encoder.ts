// Mutants of encoding: the one form of a packet, what an encoder refuses, padding.

import { inFile, type Mutant } from "./mutant.js";

const ENCODED = "return { message, bytes: serialize(message) };";
const ENCODED_DATAGRAM = "return pad(bytes, size);";
const PADDED =
  "return Math.min(room, Math.ceil(marked / payload.bucket) * payload.bucket); // PKT-18";

/** Mutants that a port with the role `codec` is tried against. */
export const ENCODER_MUTANTS: readonly Mutant[] = [
  ...inFile("wire/encode.js", [
    {
      id: "writes-defaults",
      clause: "ENC-1",
      does: "writes a stream_id of 0",
      find: ENCODED,
      replace:
        "const bytes = serialize(message);" +
        "return { message, bytes: message.streamId === 0 ? Uint8Array.of(8, 0, ...bytes) : bytes };",
    },
    {
      id: "writes-flags-first",
      clause: "ENC-1",
      does: "writes fields in the order in which its struct has them, flags first",
      find: ENCODED,
      replace:
        "const rest = serialize({ ...message, flags: 0 });" +
        "return { message, bytes: Uint8Array.of(...(message.flags ? [0x60, message.flags] : []), ...rest) };",
    },
    {
      id: "writes-long-varints",
      clause: "ENC-2",
      does: "writes a packet number from 127 on in ten bytes",
      find: ENCODED,
      replace:
        "const { packetNumber: number } = message;" +
        "if (number < 127n) return { message, bytes: serialize(message) };" +
        "const head = { streamId: 0, epoch: 0, packetNumber: 0n };" +
        "const tail = serialize({ ...message, ...head });" +
        "const all = serialize({ ...message, packetNumber: 0n });" +
        "const start = all.subarray(0, all.length - tail.length);" +
        "const digit = (i) => Number((number >> BigInt(7 * i)) & 0x7fn) + (i < 9 ? 128 : 0);" +
        "const long = Array.from({ length: 10 }, (_, i) => digit(i));" +
        "return { message, bytes: Uint8Array.of(...start, 0x18, ...long, ...tail) };",
    },
    {
      id: "writes-lengths-unpacked",
      clause: "ENC-3",
      does: "writes each entry of lengths as a field of its own",
      find: ENCODED,
      replace:
        "const varint = (n) => (n < 128 ? [n] : [(n % 128) + 128, ...varint(n >> 7)]);" +
        "const field = (tag, bytes) => [tag, ...varint(bytes.length), ...bytes];" +
        "const run = ({ channel, data, lengths }) => field(0x2a, [" +
        "...(channel ? [8, ...varint(channel)] : []), ...field(0x12, data)," +
        "...lengths.flatMap((length) => [0x18, ...varint(length)])]);" +
        "const { streamId, epoch, packetNumber, firstIndex, runs } = message;" +
        "const header = { streamId, epoch, packetNumber, firstIndex };" +
        "const none = { streamId: 0, epoch: 0, packetNumber: 0n, firstIndex: 0n, runs: [] };" +
        "const bytes = [...serialize({ ...toMessage(EMPTY), ...header }), ...runs.flatMap(run)," +
        "...serialize({ ...message, ...none })];" +
        "return { message, bytes: Uint8Array.from(bytes) };",
      also: [
        {
          find: "function canonical(packet) {",
          replace:
            "const EMPTY = { packetNumber: 0, firstIndex: 0, runs: [], extensions: [] };" +
            "function canonical(packet) {",
        },
      ],
    },
    {
      id: "encodes-anything",
      clause: "ENC-8",
      does: "encodes packets that its own decoder would discard",
      find: "if (fault !== undefined)",
      replace: "if (false)",
    },
    {
      id: "encodes-the-invalid",
      clause: "ENC-8",
      does: "checks limits before it encodes, and nothing else",
      find: "if (fault !== undefined)",
      replace: 'if (fault === "over-limit")',
    },
    {
      id: "encodes-over-limits",
      clause: "ENC-8",
      does: "checks what it encodes, but for limits",
      find: "if (fault !== undefined)",
      replace: 'if (fault === "invalid")',
    },
    {
      id: "refuses-faults-before-size",
      clause: "ENC-8",
      does: "looks for faults before it looks whether the packet fits",
      find: "    const size = paddedBytes(bytes.length, payload);",
      replace:
        "const early = faultOf(message, bytes.length); if (early !== undefined) throw refused(early);" +
        "const size = paddedBytes(bytes.length, payload);",
    },
    {
      id: "pads-with-noise",
      clause: "PKT-18",
      does: "fills the padding with bytes other than zero",
      find: ENCODED_DATAGRAM,
      replace: "return pad(bytes, size).fill(0xff, bytes.length + 1);",
    },
  ]),
  ...inFile("wire/message.js", [
    {
      id: "keeps-no-error-code",
      clause: "PKT-8",
      does: "loses the error code of an End",
      find: "return { finalCount: Number(finalCount), reason, digest: copy(digest), errorCode };",
      replace:
        "return { finalCount: Number(finalCount), reason, digest: copy(digest), errorCode: 0 };",
    },
  ]),
  ...inFile("wire/padding.js", [
    {
      id: "writes-beyond-max-payload",
      clause: "ENC-8",
      does: "encodes a packet that does not fit max_payload",
      find: "if (marked > room || marked > LIMITS.datagramBytesMax)",
      replace: "if (marked > LIMITS.datagramBytesMax)",
      also: [{ find: PADDED, replace: "return Math.max(marked, Math.min(room, marked));" }],
    },
    {
      id: "pads-beyond-max-payload",
      clause: "PKT-18",
      does: "fills the last bucket although the datagram is then too large",
      find: PADDED,
      replace: "return Math.ceil(marked / payload.bucket) * payload.bucket;",
    },
    {
      id: "pads-not-at-all",
      clause: "PKT-18",
      does: "writes the mark and no padding",
      find: PADDED,
      replace: "return marked;",
    },
    {
      id: "pads-the-packet-only",
      clause: "PKT-18",
      does: "forgets the mark when it rounds up: a full bucket overflows by one byte",
      find: PADDED,
      replace:
        "const whole = Math.ceil(packetBytes / payload.bucket) * payload.bucket;" +
        "return Math.min(room, Math.max(marked, whole));",
    },
    {
      id: "pads-a-full-bucket",
      clause: "PKT-18",
      does: "adds a whole bucket where the mark fills the last one",
      find: PADDED,
      replace:
        "const { bucket } = payload; if (bucket === 1) return marked;" +
        "return Math.min(room, (Math.floor(marked / bucket) + 1) * bucket);",
    },
  ]),
];
