// Vectors for ENC-4: fields that the schema does not have, at every depth, and wrong wire types.

import { bytesField, message, number, raw, tag, WIRE, type Bytes } from "../bytes.js";
import { invalid, packetFile, type InvalidCase, type PacketFile } from "./case.js";
import * as f from "./fields.js";

const TOKEN = f.run(f.data("Hi"));
const ACK = f.ack(f.nextIndex(3), f.largest(2));

function refused(slug: string, bytes: Bytes, twin: Bytes, why: string): InvalidCase {
  return invalid(slug, "ENC-4", "not-canonical", { why, bytes, twin });
}

const unknown = (field: number): Bytes => number(field, `unknown field ${field}`, 1);

const DIGEST = f.digest(f.DIGEST);
const END = [f.finalCount(1), f.reason(1), DIGEST];

const strangers = [
  refused(
    "unknown-13",
    [f.HEAD, TOKEN, unknown(13)],
    [f.HEAD, TOKEN],
    "A gap in the numbers of the schema. Runtimes keep unknown fields and write them again, " +
      "so that a comparison after re-encoding finds nothing wrong.",
  ),
  refused(
    "unknown-14",
    [f.HEAD, unknown(14), f.extension(f.type(64))],
    [f.HEAD, f.extension(f.type(64))],
    "As above in the right order before a known field, which a runtime that appends unknown " +
      "ones would move.",
  ),
  refused(
    "unknown-16",
    [f.HEAD, unknown(16)],
    f.HEAD,
    "The first number behind the schema, with a tag of two bytes: where a later version might " +
      "think that it may add a field.",
  ),
  refused(
    "unknown-of-bytes",
    [f.HEAD, bytesField(16, "unknown field 16, 4 bytes", "deadbeef")],
    f.HEAD,
    "Unknown bytes are room for anything. A port that lets them pass carries a hidden channel.",
  ),
  refused(
    "unknown-of-fixed-size",
    [f.HEAD, raw(`${tag(13, WIRE.FIXED32)}00000000`, "unknown field 13, 4 bytes")],
    f.HEAD,
    "Skipping by wire type needs the size of each. A parser that skips none reads the four " +
      "zeros as tags.",
  ),
  refused(
    "unknown-group",
    [f.HEAD, raw(tag(13, WIRE.GROUP) + tag(13, WIRE.END_GROUP), "unknown group 13, empty")],
    f.HEAD,
    "Groups are read by recursion in many runtimes: deep ones overflow the stack, so even " +
      "this empty one must not be entered.",
  ),
  refused(
    "unknown-largest-number",
    [f.HEAD, unknown(536870911)],
    f.HEAD,
    "The largest field number there is, 2^29 - 1. A table indexed by field number must not " +
      "grow to it.",
  ),
  refused(
    "field-0",
    [raw("00 01", "field 0, which does not exist"), f.HEAD],
    f.HEAD,
    "Number 0 is illegal in protobuf. A port whose table begins at 0 treats it as an unknown " +
      "field and skips it.",
  ),
  refused(
    "field-0-last",
    [f.HEAD, raw("00 01", "field 0, which does not exist")],
    f.HEAD,
    "A byte 00 looks like padding. A parser that stops at a zero tag, as old C codecs do, " +
      "ignores what follows.",
  ),
  refused(
    "unknown-in-run",
    [f.HEAD, f.run(f.data("Hi"), unknown(4))],
    [f.HEAD, TOKEN],
    "Unknown fields inside a sub-message survive checks of the outer one only.",
  ),
  refused(
    "unknown-in-end",
    [f.HEAD, f.end(END, unknown(5))],
    [f.HEAD, f.end(END)],
    "A later version's End. A port that steps over the field might miss that the answer was " +
      "not complete.",
  ),
  refused(
    "unknown-in-accept",
    [f.HEAD, f.accept(f.version(1), unknown(2))],
    [f.HEAD, f.accept(f.version(1))],
    "New parameters belong into extensions; an Accept that carries one is not of version 1.",
  ),
  refused(
    "unknown-in-ack",
    [f.HEAD, f.ack(f.nextIndex(3), f.largest(2), unknown(6))],
    [f.HEAD, ACK],
    "QUIC adds ECN counts to acks; an author who does so here is not understood, and should " +
      "learn it at once.",
  ),
  refused(
    "unknown-in-open",
    [f.HEAD, f.open(f.version(1), f.window(1024), unknown(6))],
    [f.HEAD, f.open(f.version(1), f.window(1024))],
    "Two Opens that differ in an ignored field count as the same for one port and as " +
      "different for another.",
  ),
  refused(
    "unknown-in-stop",
    [f.HEAD, ACK, message(10, "stop", [number(1, "reason", 1), unknown(2)])],
    [f.HEAD, ACK, f.stop(1)],
    "The smallest messages are those that hand codecs read without a loop.",
  ),
  refused(
    "unknown-in-close",
    [f.epoch(1), message(11, "close", [number(1, "code", 5), unknown(2)])],
    [f.epoch(1), f.close(5)],
    "A text beside the code is what authors add first. It would be shown to users, and nobody " +
      "has escaped it.",
  ),
  refused(
    "unknown-in-extension",
    [f.HEAD, f.extension(f.type(64), unknown(3))],
    [f.HEAD, f.extension(f.type(64))],
    "An extension of unknown type is ignored, but its form is known and is checked.",
  ),
];

const field = (number: number, wire: number, rest: string, note: string): Bytes =>
  raw(tag(number, wire) + rest, note);

const wireTypes = [
  refused(
    "epoch-fixed32",
    [field(2, WIRE.FIXED32, "01000000", "epoch as fixed32"), f.packetNumber(1)],
    f.HEAD,
    "Four bytes, least significant first. A parser that goes by the schema and not by the tag " +
      "reads a varint of 1 and then three empty tags.",
  ),
  refused(
    "epoch-bytes",
    [field(2, WIRE.LENGTH, "0101", "epoch as bytes"), f.packetNumber(1)],
    f.HEAD,
    "A scalar in packed form is accepted by parsers that treat it as a list of one.",
  ),
  refused(
    "number-fixed64",
    [f.epoch(1), field(3, WIRE.FIXED64, "0100000000000000", "packet_number as fixed64")],
    f.HEAD,
    "An author who wrote fixed64 in the schema gets this. Runtimes that ignore the wire type " +
      "of a known field read number 1 and then stumble.",
  ),
  refused(
    "runs-varint",
    [f.HEAD, field(5, WIRE.VARINT, "01", "run as a varint")],
    [f.HEAD, f.run(f.data("a"))],
    "A runtime that takes the varint for a length reads one byte further than the field goes.",
  ),
  refused(
    "runs-group",
    [f.HEAD, field(5, WIRE.GROUP, `${f.data("a").hex}2c`, "run as a group")],
    [f.HEAD, f.run(f.data("a"))],
    "The old form of a sub-message, without a length. Some runtimes still read it, others " +
      "skip it: a token that half of the ports have.",
  ),
  refused(
    "data-varint",
    [f.HEAD, f.run(field(2, WIRE.VARINT, "61", "data as a varint"))],
    [f.HEAD, f.run(f.data("a"))],
    "97 as a length: a port that does not look at the wire type reads 97 bytes that are not " +
      "there.",
  ),
  refused(
    "data-fixed32",
    [f.HEAD, f.run(field(2, WIRE.FIXED32, "61626364", "data as fixed32"))],
    [f.HEAD, f.run(f.data("abcd"))],
    "Four letters without a length. Forgiven, the token is `abcd`; by the length in the first " +
      "byte it is 97 bytes of something else.",
  ),
  refused(
    "lengths-fixed32",
    [f.HEAD, f.run(f.data("ab"), field(3, WIRE.FIXED32, "01010000", "lengths as fixed32"))],
    [f.HEAD, f.run(f.data("ab"), f.lengths(1, 1))],
    "Its bytes begin like two good entries. A parser that ignores the wire type cuts the " +
      "tokens by whatever stands there.",
  ),
  refused(
    "ack-varint",
    [f.HEAD, field(8, WIRE.VARINT, "00", "ack as a varint")],
    [f.HEAD, f.ack()],
    "The varint 0 and the length 0 are the same byte. A port that ignores the wire type sees " +
      "a good, empty ack.",
  ),
  refused(
    "ack-group",
    [f.HEAD, raw("43 44", "ack as an empty group")],
    [f.HEAD, f.ack()],
    "An empty group where an empty sub-message may stand.",
  ),
  refused(
    "end-received-bytes",
    [f.HEAD, f.ack(f.largest(1), field(5, WIRE.LENGTH, "0101", "end_received as bytes"))],
    [f.HEAD, f.ack(f.largest(1), f.endReceived())],
    "Read by the schema, the length 1 is `true` and the next byte is a stray tag: the sender " +
      "ends on half a message.",
  ),
  refused(
    "flags-bytes",
    [f.HEAD, field(12, WIRE.LENGTH, "0102", "flags as bytes")],
    [f.HEAD, f.flags(2, "PAUSED")],
    "Read by the schema, the length is flag 1 and the flag is a tag.",
  ),
  refused(
    "extension-varint",
    [f.HEAD, field(15, WIRE.VARINT, "00", "extension as a varint")],
    [f.HEAD, f.extension(f.type(1))],
    "Ports skip extensions, and skipping goes by wire type; the check that it is the right " +
      "one is what gets lost.",
  ),
  refused(
    "wire-type-6",
    [raw("16 01", "epoch with wire type 6"), f.packetNumber(1)],
    f.HEAD,
    "Wire types 6 and 7 do not exist. A `switch` without a default falls through them as if " +
      "the field were empty.",
  ),
  refused(
    "wire-type-7",
    [f.epoch(1), raw("1f 01", "packet_number with wire type 7")],
    f.HEAD,
    "The other one. A port that masks with 3 instead of 7 sees the last wire type that it knows.",
  ),
  refused(
    "end-group-alone",
    [f.HEAD, raw(tag(2, WIRE.END_GROUP), "end of a group that never began")],
    f.HEAD,
    "Parsers that return at an end-group tag leave the rest of the datagram unread, whatever " +
      "it holds.",
  ),
];

export const encodingFields: PacketFile = packetFile(
  "encoding-fields",
  "Canonical encoding: unknown fields at every depth, and wrong wire types.",
  [...strangers, ...wireTypes],
);
