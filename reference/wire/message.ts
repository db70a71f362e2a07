/**
 * The only file that touches the generated protobuf code (SPEC 4, 5): bytes to message, message to
 * bytes, and message to packet and back. It judges nothing: whether a message may be is `faults.ts`'s.
 */
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  AckSchema,
  EndSchema,
  OpenSchema,
  PacketSchema,
  type Ack as AckMessage,
  type End as EndMessage,
  type Open as OpenMessage,
  type Packet as Message,
  type Run as RunMessage,
} from "../../proto/gen/chatterbox/v1/chatterbox_pb.js";
import type { Ack, End, Open, Packet, Run } from "./packet.js";

/** A packet in the form of the schema: whatever a datagram can say, right or wrong. */
export type { Message, RunMessage };

/**
 * Parses bytes as the protobuf runtime does: leniently, and without the fields that it does not know.
 *
 * @returns a message that aliases `bytes`.
 * @throws Error, RangeError or TypeError, as the runtime likes.
 */
export function parse(bytes: Uint8Array): Message {
  return fromBinary(PacketSchema, bytes, { readUnknownFields: false });
}

/**
 * The canonical encoding: the runtime writes fields in ascending order, packs numbers and leaves out
 * defaults.
 *
 * @throws Error if a number is not an integer of its field's type.
 * @spec ENC-1
 */
export function serialize(message: Message): Uint8Array {
  return toBinary(PacketSchema, message, { writeUnknownFields: false });
}

/** The packet that a message without faults describes. It shares no memory with the message. */
export function toPacket(message: Message): Packet {
  const { end, accept, ack, open, stop, close } = message;
  return {
    streamId: message.streamId,
    epoch: message.epoch,
    packetNumber: Number(message.packetNumber),
    firstIndex: Number(message.firstIndex),
    runs: message.runs.map(toRun),
    ...(end && { end: toEnd(end) }),
    ...(accept && { accept: { version: accept.version } }),
    ...(ack && { ack: toAck(ack) }),
    ...(open && { open: toOpen(open) }),
    ...(stop && { stop: { reason: stop.reason } }),
    ...(close && { close: { code: close.code } }),
    flags: message.flags,
    extensions: message.extensions.map(({ type, value }) => ({ type, value: copy(value) })),
  };
}

/**
 * The message that describes a packet, faults included.
 *
 * @throws RangeError if a 64-bit field holds a number that is not an integer.
 */
export function toMessage(packet: Packet): Message {
  const { end, accept, ack, open, stop, close } = packet;
  return create(PacketSchema, {
    streamId: packet.streamId,
    epoch: packet.epoch,
    packetNumber: BigInt(packet.packetNumber),
    firstIndex: BigInt(packet.firstIndex),
    runs: packet.runs.map(fromRun),
    ...(end && { end: fromEnd(end) }),
    ...(accept && { accept: { version: accept.version } }),
    ...(ack && { ack: fromAck(ack) }),
    ...(open && { open: fromOpen(open) }),
    ...(stop && { stop: { reason: stop.reason } }),
    ...(close && { close: { code: close.code } }),
    flags: packet.flags,
    extensions: packet.extensions.map(({ type, value }) => ({ type, value })),
  });
}

function toRun({ channel, data, lengths }: RunMessage): Run {
  if (lengths.length === 0) return { channel, tokens: [copy(data)] }; // PKT-6
  let from = 0;
  const tokens = lengths.map((length) => copy(data.subarray(from, (from += length))));
  return { channel, tokens };
}

function fromRun({ channel, tokens }: Run): {
  channel: number;
  data: Uint8Array;
  lengths: number[];
} {
  const data = new Uint8Array(tokens.reduce((bytes, token) => bytes + token.length, 0));
  let from = 0;
  for (const token of tokens) {
    data.set(token, from);
    from += token.length;
  }
  return { channel, data, lengths: tokens.length > 1 ? tokens.map(({ length }) => length) : [] };
}

function toEnd(end: EndMessage): End {
  const { finalCount, reason, digest, errorCode } = end;
  return { finalCount: Number(finalCount), reason, digest: copy(digest), errorCode };
}

function fromEnd(end: End): EndMessage {
  return create(EndSchema, { ...end, finalCount: BigInt(end.finalCount) });
}

function toAck(ack: AckMessage): Ack {
  const { nextIndex, largest, ranges, delayUs, endReceived } = ack;
  return {
    nextIndex: Number(nextIndex),
    largest: Number(largest),
    ranges: [...ranges],
    delayUs,
    endReceived,
  };
}

function fromAck(ack: Ack): AckMessage {
  return create(AckSchema, {
    nextIndex: BigInt(ack.nextIndex),
    largest: BigInt(ack.largest),
    ranges: [...ack.ranges],
    delayUs: ack.delayUs,
    endReceived: ack.endReceived,
  });
}

function toOpen(open: OpenMessage): Open {
  const { version, nextIndex, prefixDigest, window, rttHintUs } = open;
  return {
    version,
    nextIndex: Number(nextIndex),
    ...(prefixDigest.length > 0 && { prefixDigest: copy(prefixDigest) }), // PKT-9
    window: Number(window),
    rttHintUs,
  };
}

function fromOpen(open: Open): OpenMessage {
  return create(OpenSchema, {
    version: open.version,
    nextIndex: BigInt(open.nextIndex),
    ...(open.prefixDigest && { prefixDigest: open.prefixDigest }),
    window: BigInt(open.window),
    rttHintUs: open.rttHintUs,
  });
}

/** Not `slice`: in Node a `Buffer` answers that with a view of the caller's memory. */
function copy(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}
