// Mutants of decoding: strictness, the order of codes, the mark, tokens. Limits, lists of checks and
// registries have mutants that are made from tables.

import { inFile, type Mutant } from "./mutant.js";

const COMPARE = "return areEqual(serialize(message), body) ? message : undefined;";
const CATCH = "return undefined; // ENC-6: the runtime throws on what it cannot read.";
const PARSE = "return fromBinary(PacketSchema, bytes, { readUnknownFields: false });";
const SERIALIZE = "return toBinary(PacketSchema, message, { writeUnknownFields: false });";
const UNPADDED = "return last >= 0 && datagram[last] === MARK ? last : undefined; // PKT-16";

/** Mutants that a port with the role `codec` is tried against. */
export const DECODER_MUTANTS: readonly Mutant[] = [
  ...inFile("wire/decode.js", [
    {
      id: "accepts-lying-lengths",
      clause: "ENC-4",
      does: "takes what its runtime parses for canonical, without encoding it again",
      find: COMPARE,
      replace: "return message;",
    },
    {
      id: "compares-sizes-only",
      clause: "ENC-4",
      does: "encodes again and compares only the number of bytes",
      find: COMPARE,
      replace: "return serialize(message).length === body.length ? message : undefined;",
    },
    {
      id: "accepts-longer-encodings",
      clause: "ENC-4",
      does: "forgives an encoding that is longer than the canonical one",
      find: COMPARE,
      replace:
        "const canonical = serialize(message);" +
        "return canonical.length < body.length || areEqual(canonical, body) ? message : undefined;",
    },
    {
      id: "accepts-shorter-encodings",
      clause: "ENC-4",
      does: "forgives an encoding that is shorter than the canonical one: numbers cut to 32 bits",
      find: COMPARE,
      replace:
        "const canonical = serialize(message);" +
        "return canonical.length > body.length || areEqual(canonical, body) ? message : undefined;",
    },
    {
      id: "takes-lists-in-any-form",
      clause: "ENC-3",
      does: "takes lists of numbers packed, unpacked and in pieces",
      find: COMPARE,
      replace:
        "const isList = message.runs.some((run) => run.lengths.length > 0) ||" +
        " message.ack?.ranges.length > 0;" +
        "return isList || areEqual(serialize(message), body) ? message : undefined;",
    },
    {
      id: "lets-range-errors-out",
      clause: "ENC-4",
      does: "catches some of the exceptions of its runtime and lets RangeError out",
      find: "catch {",
      replace: "catch (error) { if (error instanceof RangeError) throw error;",
    },
    {
      id: "lets-errors-out",
      clause: "ENC-4",
      does: "catches RangeError of its runtime and lets other exceptions out",
      find: "catch {",
      replace: "catch (error) { if (!(error instanceof RangeError)) throw error;",
    },
    {
      id: "takes-exceptions-for-empty",
      clause: "ENC-4",
      does: "goes on with an empty message when its runtime throws, which is then `invalid`",
      find: CATCH,
      replace: "return parse(new Uint8Array());",
    },
    {
      id: "judges-before-comparing",
      clause: "ENC-5",
      does: "looks for faults in the contents before it compares the encoding",
      find: COMPARE,
      replace:
        "return faultOf(message, 0) || areEqual(serialize(message), body) ? message : undefined;",
    },
    {
      id: "looks-for-the-mark-first",
      clause: "ENC-5",
      does: "reports `padding` for a datagram that is too large too",
      find: "if (datagram.length === 0 || datagram.length > LIMITS.datagramBytesMax)",
      replace:
        'if (datagram.length > 0 && unpaddedBytes(datagram) === undefined) return discard("padding");' +
        "if (datagram.length === 0 || datagram.length > LIMITS.datagramBytesMax)",
    },
    {
      id: "parses-before-the-mark",
      clause: "ENC-5",
      does: "reports `not-canonical` where there is no mark",
      find: 'return discard("padding"); // PKT-16',
      replace: 'return discard("not-canonical");',
    },
    {
      id: "takes-any-size",
      clause: "ENC-7",
      does: "decodes datagrams of more than 16384 bytes",
      find: "if (datagram.length === 0 || datagram.length > LIMITS.datagramBytesMax)",
      replace: "if (datagram.length === 0)",
    },
    {
      id: "takes-nothing-for-padding",
      clause: "ENC-7",
      does: "reports `padding` for an empty datagram",
      find: "if (datagram.length === 0 || datagram.length > LIMITS.datagramBytesMax)",
      replace: "if (datagram.length > LIMITS.datagramBytesMax)",
    },
  ]),
  ...inFile("wire/message.js", [
    {
      id: "reads-32-bits-as-signed",
      clause: "PKT-1",
      does: "reads numbers of 32 bits as signed",
      find: "epoch: message.epoch,",
      replace: "epoch: message.epoch | 0,",
      also: [{ find: "streamId: message.streamId,", replace: "streamId: message.streamId | 0," }],
    },
    {
      id: "forgets-the-first-index",
      clause: "PKT-5",
      does: "numbers the tokens of each packet from 0",
      find: "firstIndex: Number(message.firstIndex),",
      replace: "firstIndex: 0,",
    },
    {
      id: "sorts-runs",
      clause: "PKT-7",
      does: "keeps runs by channel, in ascending order",
      find: "runs: message.runs.map(toRun),",
      replace: "runs: message.runs.map(toRun).sort((a, b) => a.channel - b.channel),",
    },
    {
      id: "takes-no-lengths-for-no-tokens",
      clause: "PKT-6",
      does: "finds no token in a run without lengths",
      find: "return { channel, tokens: [copy(data)] }; // PKT-6",
      replace: "return { channel, tokens: [] };",
    },
    {
      id: "takes-an-empty-ack-for-none",
      clause: "PKT-11",
      does: "takes an ack in which everything is 0 for absent",
      find: "...(ack && { ack: toAck(ack) }),",
      replace: "...(ack && (ack.nextIndex || ack.largest) && { ack: toAck(ack) }),",
    },
    {
      id: "loses-the-index-of-an-ack",
      clause: "PKT-11",
      does: "reads next_index as 0",
      find: "return {\n        nextIndex: Number(nextIndex),\n        largest",
      replace: "return {\n        nextIndex: 0,\n        largest",
    },
    {
      id: "loses-the-largest-of-an-ack",
      clause: "PKT-11",
      does: "reads largest as next_index",
      find: "largest: Number(largest),",
      replace: "largest: Number(nextIndex),",
    },
    {
      id: "loses-ranges",
      clause: "PKT-11",
      does: "keeps the first of the ranges",
      find: "ranges: [...ranges],\n        delayUs,",
      replace: "ranges: ranges.slice(0, 1),\n        delayUs,",
    },
    {
      id: "keeps-the-delay-in-16-bits",
      clause: "PKT-11",
      does: "keeps the delay of an ack in 16 bits",
      find: "ranges: [...ranges],\n        delayUs,",
      replace: "ranges: [...ranges],\n        delayUs: delayUs & 0xffff,",
    },
    {
      id: "loses-the-delay",
      clause: "PKT-11",
      does: "reads the delay of an ack as 0",
      find: "ranges: [...ranges],\n        delayUs,",
      replace: "ranges: [...ranges],\n        delayUs: 0,",
    },
    {
      id: "loses-end-received",
      clause: "PKT-11",
      does: "reads end_received as false",
      find: "delayUs,\n        endReceived,\n",
      replace: "delayUs,\n        endReceived: false,\n",
    },
    {
      id: "keeps-unknown-fields",
      clause: "ENC-4",
      does: "keeps unknown fields and writes them again, so that the comparison finds nothing",
      find: PARSE,
      replace: "return fromBinary(PacketSchema, bytes);",
      also: [{ find: SERIALIZE, replace: "return toBinary(PacketSchema, message);" }],
    },
    {
      id: "forgets-extensions",
      clause: "PKT-14",
      does: "loses extensions when it decodes, so that nobody can look at them",
      find: "extensions: message.extensions.map(({ type, value }) => ({ type, value: copy(value) })),",
      replace: "extensions: [],",
    },
    {
      id: "cuts-numbers-to-32-bits",
      clause: "ENC-2",
      does: "keeps packet numbers in 32 bits",
      find: "packetNumber: Number(message.packetNumber),",
      replace: "packetNumber: Number(message.packetNumber & 0xffffffffn),",
    },
    {
      id: "cuts-tokens-as-text",
      clause: "PKT-6",
      does: "decodes data as text and cuts it by characters",
      find: "if (lengths.length === 0)\n        return { channel, tokens: [copy(data)] }; // PKT-6",
      replace:
        "const text = (bytes) => new TextEncoder().encode(new TextDecoder().decode(bytes));" +
        "if (lengths.length === 0) return { channel, tokens: [text(data)] };",
    },
    {
      id: "strips-line-ends",
      clause: "PKT-6",
      does: "strips white space and NUL from a token",
      find: "if (lengths.length === 0)\n        return { channel, tokens: [copy(data)] }; // PKT-6",
      replace:
        "const isSpace = (byte) => byte === 0 || byte === 10 || byte === 13 || byte === 32;" +
        "if (lengths.length === 0) return { channel, tokens: [copy(data.filter((b) => !isSpace(b)))] };",
    },
    {
      id: "joins-tokens",
      clause: "PKT-6",
      does: "takes a run for one token, whatever its lengths",
      find: "const tokens = lengths.map((length) => copy(data.subarray(from, (from += length))));",
      replace: "const tokens = [copy(data)];",
    },
  ]),
  ...inFile("wire/faults.js", [
    {
      id: "wants-something-in-a-packet",
      clause: "PKT-3",
      does: "discards a sender packet without tokens, End or Accept",
      find: "isMixed(message) || // PKT-3",
      replace:
        "isMixed(message) || !(message.runs.length || message.end || message.accept || message.ack || message.open || close) ||",
    },
    {
      id: "wants-tokens-beside-accept",
      clause: "PKT-3",
      does: "discards an Accept without tokens",
      find: "isMixed(message) || // PKT-3",
      replace: "isMixed(message) || (message.accept && !message.runs.length) ||",
    },
    {
      id: "allows-extension-type-0",
      clause: "PKT-13",
      does: "accepts extensions of type 0",
      find: "(extensions[place - 1]?.type ?? 0)",
      replace: "(extensions[place - 1]?.type ?? -1)",
    },
    {
      id: "judges-invalid-first",
      clause: "ENC-5",
      does: "reports `invalid` for a packet that is over a limit too",
      find: "if (isOverLimit(message, bytes))",
      replace: "if (!isInvalid(message) && isOverLimit(message, bytes))",
    },
    {
      id: "refuses-extensions",
      clause: "PKT-14",
      does: "discards a packet with an extension that it does not know",
      find: "areExtensionsInvalid(message));",
      replace: "message.extensions.length > 0);",
    },
    {
      id: "counts-tokens-by-runs",
      clause: "LIM-2",
      does: "counts each run as one token",
      find: "return lengths.length === 0 ? 1 : lengths.length;",
      replace: "return 1;",
    },
    {
      id: "sums-in-32-bits",
      clause: "PKT-11",
      does: "adds up ranges in 32 bits, so that their sum wraps",
      find: "return terms.reduce((total, term) => total + value(term), 0);",
      replace: "return terms.reduce((total, term) => (total + value(term)) >>> 0, 0);",
    },
    {
      id: "counts-runs-as-control",
      clause: "LIM-9",
      does: "counts the runs towards the 96 bytes",
      find: "bytes - sum(runs, encodedBytes) > LIMITS.controlBytesMax // LIM-9",
      replace: "bytes > LIMITS.controlBytesMax",
    },
    {
      id: "joins-equal-channels",
      clause: "PKT-7",
      does: "refuses a channel that comes back after another",
      find: "runs.some((run, place) => run.channel === runs[place - 1]?.channel) // PKT-7",
      replace: "new Set(runs.map((run) => run.channel)).size < runs.length",
    },
  ]),
  ...inFile("wire/padding.js", [
    {
      id: "takes-a-mark-alone-for-none",
      clause: "PKT-1",
      does: "reports `padding` for an empty packet, not that its epoch is 0",
      find: "return last >= 0 && datagram[last] === MARK",
      replace: "return last > 0 && datagram[last] === MARK",
    },
    {
      id: "takes-any-mark",
      clause: "PKT-16",
      does: "takes the last byte that is not zero for the mark, whatever it is",
      find: UNPADDED,
      replace: "return last >= 0 ? last : undefined;",
    },
    {
      id: "finds-the-mark-from-the-front",
      clause: "PKT-16",
      does: "takes the first byte 80 for the mark",
      find: UNPADDED,
      replace: "const first = datagram.indexOf(MARK); return first >= 0 ? first : undefined;",
    },
    {
      id: "finds-the-last-80",
      clause: "PKT-16",
      does: "takes the last byte 80 for the mark, whatever follows it",
      find: UNPADDED,
      replace: "const mark = datagram.lastIndexOf(MARK); return mark >= 0 ? mark : undefined;",
    },
    {
      id: "needs-no-mark",
      clause: "PKT-16",
      does: "strips zeros, then a mark if there is one",
      find: UNPADDED,
      replace: "return last >= 0 && datagram[last] === MARK ? last : last + 1;",
    },
    {
      id: "bounds-the-padding",
      clause: "PKT-17",
      does: "discards a datagram with more zeros than a bucket of its own has",
      find: UNPADDED,
      replace:
        "return datagram[last] === MARK && datagram.length - last <= 128 ? last : undefined;",
    },
    {
      id: "wants-whole-buckets",
      clause: "PKT-17",
      does: "discards a padded datagram whose size is no multiple of 64",
      find: UNPADDED,
      replace:
        "const isOdd = last < datagram.length - 1 && datagram.length % 64 !== 0;" +
        "return datagram[last] === MARK && !isOdd ? last : undefined;",
    },
  ]),
];
