// The strict codec of the model: bytes <-> PacketJson, a literal reading of SPEC chapters 4 and 5.
// It reads each message by its table of fields and accepts only what ENC-1 to ENC-3 would write, so
// it needs no re-encoding to know what is canonical. Slow and obvious; no protobuf library.

import type { Hex, PacketJson } from "./packet-json.js";
import { judge } from "./limits.js";
import { pad, unpad } from "./pad.js";

/** Why a datagram is discarded, in the order in which the reasons are tried (ENC-5). */
export type CodecCode = "size" | "padding" | "not-canonical" | "over-limit" | "invalid";

/** A packet, or why there is none: the code and the clause that was broken. */
export type Decoded =
  | { readonly ok: PacketJson; readonly code?: never; readonly clause?: never }
  | { readonly code: CodecCode; readonly clause: string; readonly ok?: never };

/** What `encode` throws for a packet that its own decoder would discard (ENC-8). */
export class CodecError extends Error {
  constructor(
    readonly code: CodecCode,
    readonly clause: string,
  ) {
    super(`${code} by ${clause}`);
  }
}

/** Largest datagram of any path, in bytes (ENC-7). */
const DATAGRAM_BYTES_MAX = 16384;

/** Decodes one datagram. Never throws. */
export function decode(datagram: Uint8Array): Decoded {
  if (datagram.length === 0 || datagram.length > DATAGRAM_BYTES_MAX) {
    return { code: "size", clause: "ENC-7" };
  }
  const bytes = unpad(datagram);
  if (bytes === undefined) return { code: "padding", clause: "PKT-16" };
  const packet = readMessage(PACKET, bytes) as PacketJson | undefined;
  if (packet === undefined) return { code: "not-canonical", clause: "ENC-4" };
  return judge(packet, controlBytes(packet)) ?? { ok: packet };
}

/**
 * Encodes one packet and pads it to a multiple of `bucket`, or to `maxPayload` or `atMost` bytes if
 * that is less; `atMost` is the size of the datagram that a Close answers.
 *
 * @throws CodecError with the code of the first reason by which `decode` would discard the packet;
 * with `size` also when it does not fit `maxPayload` and `atMost`.
 * @spec ENC-8, PKT-18
 */
export function encode(
  packet: PacketJson,
  maxPayload: number,
  bucket: number,
  atMost: number = maxPayload,
): Uint8Array {
  const room = Math.min(maxPayload, atMost, DATAGRAM_BYTES_MAX);
  const datagram = pad(writeMessage(PACKET, packet), room, bucket);
  if (datagram === undefined) throw new CodecError("size", "ENC-8");
  const fault = judge(packet, controlBytes(packet));
  if (fault !== undefined) throw new CodecError(fault.code, fault.clause);
  return datagram;
}

/** Size of a packet in bytes without mark and padding, whether or not it is valid. */
export function encodedBytes(packet: PacketJson): number {
  return writeMessage(PACKET, packet).length;
}

/** Size of a packet in bytes without its runs, mark and padding: what LIM-9 bounds. */
export function controlBytes(packet: PacketJson): number {
  return encodedBytes({ ...packet, runs: [] });
}

/** A message as its table of fields, in ascending order of number. */
type Message = readonly Field[];
type Field = readonly [number: number, name: string, type: Scalar | Nested];
type Scalar = "uint32" | "uint64" | "bool" | "bytes" | "packed uint32";
type Nested = { readonly message: Message; readonly repeated: boolean };

const one = (message: Message): Nested => ({ message, repeated: false });
const many = (message: Message): Nested => ({ message, repeated: true });

const RUN: Message = [
  [1, "channel", "uint32"],
  [2, "data", "bytes"],
  [3, "lengths", "packed uint32"],
];
const END: Message = [
  [1, "final_count", "uint64"],
  [2, "reason", "uint32"],
  [3, "digest", "bytes"],
  [4, "error_code", "uint32"],
];
const ACK: Message = [
  [1, "next_index", "uint64"],
  [2, "largest", "uint64"],
  [3, "ranges", "packed uint32"],
  [4, "delay_us", "uint32"],
  [5, "end_received", "bool"],
];
const OPEN: Message = [
  [1, "version", "uint32"],
  [2, "next_index", "uint64"],
  [3, "prefix_digest", "bytes"],
  [4, "window", "uint64"],
  [5, "rtt_hint_us", "uint32"],
];
const EXTENSION: Message = [
  [1, "type", "uint32"],
  [2, "value", "bytes"],
];
const PACKET: Message = [
  [1, "stream_id", "uint32"],
  [2, "epoch", "uint32"],
  [3, "packet_number", "uint64"],
  [4, "first_index", "uint64"],
  [5, "runs", many(RUN)],
  [6, "end", one(END)],
  [7, "accept", one([[1, "version", "uint32"]])],
  [8, "ack", one(ACK)],
  [9, "open", one(OPEN)],
  [10, "stop", one([[1, "reason", "uint32"]])],
  [11, "close", one([[1, "code", "uint32"]])],
  [12, "flags", "uint32"],
  [15, "extensions", many(EXTENSION)],
];

type Json = number | string | boolean | readonly Json[] | { readonly [name: string]: Json };
type JsonObject = Readonly<Record<string, Json>>;

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const wireType = (type: Field[2]): number =>
  type === "uint32" || type === "uint64" || type === "bool" ? VARINT : LENGTH_DELIMITED;

const MAX = { bool: 1n, uint32: (1n << 32n) - 1n, uint64: (1n << 64n) - 1n } as const;

/** The message in `bytes`; `undefined` when they are not its canonical encoding (ENC-4). */
function readMessage(message: Message, bytes: Uint8Array): JsonObject | undefined {
  const value: Record<string, Json> = {};
  const input = { bytes, at: 0 };
  let previous = 0;
  while (input.at < bytes.length) {
    const tag = readVarint(input, MAX.uint32);
    if (tag === undefined) return undefined;
    const number = Number(tag) >>> 3;
    const field = message.find(([known]) => known === number);
    if (field === undefined) return undefined; // unknown, or the impossible number 0
    const [, name, type] = field;
    if ((Number(tag) & 7) !== wireType(type)) return undefined;
    const repeated = typeof type === "object" && type.repeated;
    if (number < previous || (number === previous && !repeated)) return undefined; // ENC-1
    previous = number;
    const read = readValue(type, input);
    if (read === undefined) return undefined;
    if (repeated) value[name] = [...((value[name] ?? []) as readonly Json[]), read];
    else value[name] = read;
  }
  return value;
}

interface Input {
  readonly bytes: Uint8Array;
  at: number;
}

function readValue(type: Field[2], input: Input): Json | undefined {
  if (type === "uint32" || type === "uint64" || type === "bool") {
    const number = readVarint(input, MAX[type]);
    if (number === undefined || number === 0n) return undefined; // ENC-1: no default is written
    if (type === "bool") return true;
    return type === "uint64" ? number.toString() : Number(number);
  }
  const length = readVarint(input, MAX.uint32);
  if (length === undefined || length > input.bytes.length - input.at) return undefined;
  const bytes = input.bytes.subarray(input.at, (input.at += Number(length)));
  if (typeof type === "object") return readMessage(type.message, bytes);
  if (bytes.length === 0) return undefined; // ENC-1, ENC-3
  return type === "bytes" ? toHex(bytes) : readPacked(bytes);
}

function readPacked(bytes: Uint8Array): Json | undefined {
  const input = { bytes, at: 0 };
  const entries: number[] = [];
  while (input.at < bytes.length) {
    const entry = readVarint(input, MAX.uint32);
    if (entry === undefined) return undefined;
    entries.push(Number(entry));
  }
  return entries;
}

/** A varint in its shortest form and not above `max`; otherwise `undefined` (ENC-2, ENC-4). */
function readVarint(input: Input, max: bigint): bigint | undefined {
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = input.bytes[input.at];
    if (byte === undefined) return undefined; // truncated
    input.at += 1;
    value |= BigInt(byte & 0x7f) << shift;
    if (byte >= 0x80) continue;
    const longer = byte === 0 && shift > 0n;
    return longer || value > max ? undefined : value;
  }
  return undefined;
}

function writeMessage(message: Message, value: object): Uint8Array {
  const members = value as Readonly<Record<string, Json | undefined>>;
  const parts: Uint8Array[] = [];
  for (const [number, name, type] of message) {
    const member = members[name];
    if (member === undefined) continue;
    const repeated = typeof type === "object" && type.repeated;
    for (const element of repeated ? (member as readonly Json[]) : [member]) {
      const written = writeValue(type, element);
      if (written === undefined) continue;
      const tag = writeVarint(BigInt(number * 8 + wireType(type)));
      const isDelimited = wireType(type) === LENGTH_DELIMITED;
      const length = isDelimited ? writeVarint(BigInt(written.length)) : [];
      parts.push(Uint8Array.from([...tag, ...length]), written);
    }
  }
  return Buffer.concat(parts);
}

/** The bytes after tag and length; `undefined` for a default value, not written by ENC-1. */
function writeValue(type: Field[2], value: Json): Uint8Array | undefined {
  if (typeof type === "object") return writeMessage(type.message, value as JsonObject);
  if (type === "bytes") return value === "" ? undefined : fromHex(value as Hex);
  if (type === "packed uint32") {
    const entries = value as readonly number[];
    return entries.length === 0
      ? undefined
      : Uint8Array.from(entries.flatMap((entry) => writeVarint(inType(BigInt(entry), MAX.uint32))));
  }
  const number = inType(BigInt(value as number | string | boolean), MAX[type]);
  return number === 0n ? undefined : Uint8Array.from(writeVarint(number));
}

function writeVarint(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  bytes.push(Number(rest));
  return bytes;
}

/** A number that its field cannot hold describes no packet: the caller's fault, not a code. */
function inType(value: bigint, max: bigint): bigint {
  if (value < 0n || value > max)
    throw new RangeError(`${value.toString()} is not in [0, ${max.toString()}]`);
  return value;
}

/** Bytes as lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): Hex {
  return Buffer.from(bytes).toString("hex");
}

/** The bytes of a string of hexadecimal digits; throws when it is not one. */
export function fromHex(hex: Hex): Uint8Array {
  if (!/^([0-9a-f]{2})*$/.test(hex)) throw new RangeError("not lower-case hexadecimal");
  return new Uint8Array(Buffer.from(hex, "hex"));
}
