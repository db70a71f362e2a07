// The fields of a packet as annotated bytes, one builder for each row of the schema in SPEC chapter
// 4. Nothing here refuses anything: a vector may hold every value that a varint can.

import {
  ascii,
  bytesField,
  message,
  number,
  packed,
  raw,
  type Bytes,
  type Part,
} from "../bytes.js";

type Num = number | bigint;

export const streamId = (value: Num): Part => number(1, "stream_id", value);
export const epoch = (value: Num): Part => number(2, "epoch", value);
export const packetNumber = (value: Num): Part => number(3, "packet_number", value);
export const firstIndex = (value: Num): Part => number(4, "first_index", value);
export const run = (...parts: Bytes[]): Bytes => message(5, "run", parts);
export const end = (...parts: Bytes[]): Bytes => message(6, "end", parts);
export const accept = (...parts: Bytes[]): Bytes => message(7, "accept", parts);
export const ack = (...parts: Bytes[]): Bytes => message(8, "ack", parts);
export const open = (...parts: Bytes[]): Bytes => message(9, "open", parts);
export const stop = (reason: Num): Bytes => message(10, "stop", number(1, "reason", reason));
export const close = (code: Num): Bytes => message(11, "close", number(1, "code", code));
export const flags = (value: Num, names: string): Part => {
  const part = number(12, "flags", value);
  return raw(part.hex, `${part.note} (${names})`);
};
export const extension = (...parts: Bytes[]): Bytes => message(15, "extension", parts);

export const channel = (value: Num): Part => number(1, "channel", value);
export const data = (text: string): Part => bytesField(2, `data = "${text}"`, ascii(text));
export const dataHex = (hex: string, note: string): Part => bytesField(2, `data: ${note}`, hex);
export const lengths = (...entries: number[]): Part => packed(3, "lengths", entries);

export const finalCount = (value: Num): Part => number(1, "final_count", value);
export const reason = (value: Num): Part => number(2, "reason", value);
export const digest = (hex: string): Part => bytesField(3, `digest, ${hex.length / 2} bytes`, hex);
export const errorCode = (value: Num): Part => number(4, "error_code", value);

export const nextIndex = (value: Num): Part => number(1, "next_index", value);
export const largest = (value: Num): Part => number(2, "largest", value);
export const ranges = (...entries: number[]): Part => packed(3, "ranges", entries);
export const delayUs = (value: Num): Part => number(4, "delay_us", value);
export const endReceived = (): Part => raw("2801", "end_received = true");

export const version = (value: Num): Part => number(1, "version", value);
export const openNextIndex = (value: Num): Part => number(2, "next_index", value);
export const prefixDigest = (hex: string): Part =>
  bytesField(3, `prefix_digest, ${hex.length / 2} bytes`, hex);
export const window = (value: Num): Part => number(4, "window", value);
export const rttHintUs = (value: Num): Part => number(5, "rtt_hint_us", value);

export const type = (value: Num): Part => number(1, "type", value);
export const value = (hex: string): Part => bytesField(2, `value, ${hex.length / 2} bytes`, hex);

/** The mark that ends every packet. */
export const MARK = raw("80", "mark");
export const zeros = (count: number): Part => raw("00".repeat(count), `padding, ${count} bytes`);

/** Epoch 1 and packet number 1: the start of nearly every packet, and the same as JSON. */
export const HEAD: Bytes = [epoch(1), packetNumber(1)];
export const HEAD_JSON = { epoch: 1, packet_number: "1" } as const;

/** Sixteen bytes that stand for a digest. A codec does not know whether it is the right one. */
export const DIGEST = "000102030405060708090a0b0c0d0e0f";
export const INDEX_MAX = 9007199254740991n;
export const UINT32_MAX = 4294967295;
