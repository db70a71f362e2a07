/**
 * How many bytes a packet takes in its canonical encoding (SPEC 5), without encoding it. Every field
 * number is below 16, so every tag is one byte. Padding and the mark are not counted.
 */
import type { Ack, End, Extension, Open, Packet, Run } from "./packet.js";

const TAG = 1;

/**
 * The size of a varint.
 *
 * @param value - a non-negative integer
 * @spec ENC-2
 */
export function varintBytes(value: number): number {
  let bytes = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) bytes += 1;
  return bytes;
}

/**
 * The size of a scalar field; a default value is not written.
 *
 * @spec ENC-1
 */
export function scalarBytes(value: number): number {
  return value === 0 ? 0 : TAG + varintBytes(value);
}

/**
 * The size of a run, tag included.
 *
 * @param dataBytes - the bytes of its tokens together
 * @param lengthsBytes - the varints of `lengths` together; 0 where `lengths` is absent
 * @spec ENC-3
 */
export function runBytes(channel: number, dataBytes: number, lengthsBytes: number): number {
  return nested(scalarBytes(channel) + optional(dataBytes) + optional(lengthsBytes));
}

/**
 * The size of a field with an End, tag included.
 *
 * @spec ENC-1
 */
export function endBytes(end: End): number {
  return nested(
    scalarBytes(end.finalCount) +
      scalarBytes(end.reason) +
      optional(end.digest.length) +
      scalarBytes(end.errorCode),
  );
}

/**
 * The size of a packet without its runs; `firstIndex` counts.
 *
 * @spec LIM-9
 */
export function controlBytes(packet: Packet): number {
  const { end, accept, ack, open, stop, close } = packet;
  let bytes = scalarBytes(packet.streamId) + scalarBytes(packet.epoch);
  bytes += scalarBytes(packet.packetNumber) + scalarBytes(packet.firstIndex);
  if (end !== undefined) bytes += endBytes(end);
  if (accept !== undefined) bytes += nested(scalarBytes(accept.version));
  if (ack !== undefined) bytes += nested(ackBytes(ack));
  if (open !== undefined) bytes += nested(openBytes(open));
  if (stop !== undefined) bytes += nested(scalarBytes(stop.reason));
  if (close !== undefined) bytes += nested(scalarBytes(close.code));
  bytes += scalarBytes(packet.flags);
  for (const extension of packet.extensions) bytes += nested(extensionBytes(extension));
  return bytes;
}

/**
 * The size of a packet. It fits a datagram of one byte more, which is the mark.
 *
 * @spec SND-11
 */
export function packetBytes(packet: Packet): number {
  return packet.runs.reduce((bytes, run) => bytes + tokensBytes(run), controlBytes(packet));
}

function tokensBytes(run: Run): number {
  let data = 0;
  let lengths = 0;
  for (const token of run.tokens) {
    data += token.length;
    lengths += varintBytes(token.length);
  }
  return runBytes(run.channel, data, run.tokens.length > 1 ? lengths : 0);
}

function ackBytes(ack: Ack): number {
  return (
    scalarBytes(ack.nextIndex) +
    scalarBytes(ack.largest) +
    optional(ack.ranges.reduce((bytes, range) => bytes + varintBytes(range), 0)) +
    scalarBytes(ack.delayUs) +
    scalarBytes(Number(ack.endReceived))
  );
}

function openBytes(open: Open): number {
  return (
    scalarBytes(open.version) +
    scalarBytes(open.nextIndex) +
    optional(open.prefixDigest?.length ?? 0) +
    scalarBytes(open.window) +
    scalarBytes(open.rttHintUs)
  );
}

function extensionBytes(extension: Extension): number {
  return scalarBytes(extension.type) + optional(extension.value.length);
}

/** A field with a length: a message, which is written even when empty. */
function nested(size: number): number {
  return TAG + varintBytes(size) + size;
}

/** A field with a length that is not written when empty: bytes, or packed numbers. */
function optional(size: number): number {
  return size === 0 ? 0 : nested(size);
}
