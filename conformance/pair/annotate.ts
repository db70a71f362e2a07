// A datagram field by field, as SPEC.md writes its examples, also when it is wrong: where the bytes stop
// making sense is what the author of a port wants to see. A reader for people, not a judge.

import { fromHex, toHex } from "../../vectors/generate/model/codec.js";

type Fields = Readonly<Record<number, readonly [name: string, type: Kind]>>;
type Kind = "number" | "bytes" | "numbers" | (() => Fields);

const RUN: Fields = { 1: ["channel", "number"], 2: ["data", "bytes"], 3: ["lengths", "numbers"] };
const END: Fields = {
  ...{ 1: ["final_count", "number"], 2: ["reason", "number"] },
  ...{ 3: ["digest", "bytes"], 4: ["error_code", "number"] },
};
const ACK: Fields = {
  ...{ 1: ["next_index", "number"], 2: ["largest", "number"], 3: ["ranges", "numbers"] },
  ...{ 4: ["delay_us", "number"], 5: ["end_received", "number"] },
};
const OPEN: Fields = {
  ...{ 1: ["version", "number"], 2: ["next_index", "number"], 3: ["prefix_digest", "bytes"] },
  ...{ 4: ["window", "number"], 5: ["rtt_hint_us", "number"] },
};
const PACKET: Fields = {
  ...{ 1: ["stream_id", "number"], 2: ["epoch", "number"], 3: ["packet_number", "number"] },
  ...{ 4: ["first_index", "number"], 5: ["runs", () => RUN], 6: ["end", () => END] },
  ...{ 7: ["accept", () => ({ 1: ["version", "number"] })], 8: ["ack", () => ACK] },
  ...{ 9: ["open", () => OPEN], 10: ["stop", () => ({ 1: ["reason", "number"] })] },
  ...{ 11: ["close", () => ({ 1: ["code", "number"] })], 12: ["flags", "number"] },
  15: ["extensions", () => ({ 1: ["type", "number"], 2: ["value", "bytes"] })],
};

const MARK = 0x80;
const BYTES_SHOWN = 12;
const HEX_WIDTH = 40;

/** The lines of a datagram: bytes, then what they say. */
export function annotate(datagram: string): string[] {
  const bytes = fromHex(datagram);
  const mark = bytes.findLastIndex((byte) => byte !== 0);
  if (bytes[mark] !== MARK) return [line(0, bytes, "no mark ends the packet (PKT-16)")];
  const padding = bytes.length - mark - 1;
  const end = padding === 0 ? "mark" : `mark, and ${padding} bytes of padding`;
  return [
    ...message(bytes.subarray(0, mark), PACKET, 0),
    line(0, bytes.subarray(mark, mark + 1), end),
  ];
}

function message(bytes: Uint8Array, fields: Fields, depth: number): string[] {
  const lines: string[] = [];
  let last = 0;
  for (let at = 0; at < bytes.length;) {
    const tag = readVarint(bytes, at);
    const value = tag === undefined ? undefined : readValue(bytes, at, tag);
    if (tag === undefined || value === undefined) {
      lines.push(line(depth, bytes.subarray(at), "cannot be read: the bytes end inside a field"));
      break;
    }
    const number = Number(tag.value >> 3n);
    lines.push(...field(value, fields, number, depth, orderNote(fields, number, last)));
    last = number;
    at = value.to;
  }
  return lines;
}

function orderNote(fields: Fields, number: number, last: number): string {
  const isRepeated = fields === PACKET && (number === 5 || number === 15);
  if (number > last || (number === last && isRepeated)) return "";
  return number === last ? "  <- a second time (ENC-1)" : "  <- out of order (ENC-1)";
}

/** A field's head, and its number or its contents. */
interface Value {
  readonly head: Uint8Array;
  readonly wireType: number;
  readonly number?: Varint;
  readonly contents?: Uint8Array;
  readonly to: number;
}

function field(value: Value, fields: Fields, number: number, depth: number, note: string) {
  const { head, contents } = value;
  const known = fields[number];
  if (known === undefined) {
    const all = contents === undefined ? head : joined(head, contents);
    return [line(depth, all, `unknown field ${number} (ENC-4)${note}`)];
  }
  const [name, kind] = known;
  if ((kind === "number") !== (contents === undefined)) {
    return [line(depth, head, `${name} with wire type ${value.wireType} (ENC-4)${note}`)];
  }
  if (contents === undefined) {
    return [line(depth, head, `${name} = ${describeNumber(value.number)}${note}`)];
  }
  if (typeof kind === "function") {
    const title = line(depth, head, `${name}, ${contents.length} bytes${note}`);
    return [title, ...message(contents, kind(), depth + 1)];
  }
  const text = kind === "numbers" ? describeNumbers(contents) : describeBytes(contents);
  const empty = contents.length === 0 ? "empty, a default written out (ENC-1)" : text;
  return [line(depth, joined(head, contents), `${name} = ${empty}${note}`)];
}

interface Varint {
  readonly value: bigint;
  readonly to: number;
  readonly isLong: boolean;
}

function readVarint(bytes: Uint8Array, from: number): Varint | undefined {
  let value = 0n;
  for (let at = from; at < bytes.length && at < from + 10; at += 1) {
    const byte = bytes[at] ?? 0;
    value |= BigInt(byte & 0x7f) << BigInt(7 * (at - from));
    if (byte < 0x80) return { value, to: at + 1, isLong: byte === 0 && at > from };
  }
  return undefined;
}

function readValue(bytes: Uint8Array, from: number, tag: Varint): Value | undefined {
  const wireType = Number(tag.value & 7n);
  if (wireType === 1 || wireType === 5) {
    const to = tag.to + (wireType === 1 ? 8 : 4);
    const head = bytes.subarray(from, tag.to);
    return to > bytes.length
      ? undefined
      : { head, wireType, contents: bytes.subarray(tag.to, to), to };
  }
  const number = wireType === 0 || wireType === 2 ? readVarint(bytes, tag.to) : undefined;
  if (number === undefined) return undefined;
  const head = bytes.subarray(from, number.to);
  if (wireType === 0) return { head, wireType, number, to: number.to };
  const to = number.to + Number(number.value);
  if (to > bytes.length) return undefined;
  return { head, wireType, contents: bytes.subarray(number.to, to), to };
}

function describeNumber(number: Varint | undefined): string {
  if (number === undefined) return "?";
  const value = number.value.toString();
  if (number.isLong) return `${value} in more bytes than needed (ENC-2)`;
  return number.value === 0n ? `${value}, a default written out (ENC-1)` : value;
}

function describeNumbers(contents: Uint8Array): string {
  const numbers: string[] = [];
  for (let at = 0; at < contents.length;) {
    const number = readVarint(contents, at);
    if (number === undefined) return `${numbers.join(", ")}, then a number that does not end`;
    numbers.push(number.isLong ? `${number.value.toString()} (too long)` : number.value.toString());
    at = number.to;
  }
  const shown = numbers.slice(0, BYTES_SHOWN).join(", ");
  return numbers.length > BYTES_SHOWN ? `${shown}, … ${numbers.length} in all` : shown;
}

function describeBytes(contents: Uint8Array): string {
  const isText = contents.every((byte) => byte >= 0x20 && byte < 0x7f);
  if (!isText) return `${contents.length} bytes`;
  const text = JSON.stringify(String.fromCharCode(...contents.subarray(0, 2 * BYTES_SHOWN)));
  return contents.length > 2 * BYTES_SHOWN ? `${text}… ${contents.length} bytes` : text;
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  return Uint8Array.from([...one, ...other]);
}

function line(depth: number, bytes: Uint8Array, says: string): string {
  const shown = toHex(bytes.subarray(0, BYTES_SHOWN)).replace(/(..)(?!$)/g, "$1 ");
  const cut = bytes.length > BYTES_SHOWN ? `${shown} …` : shown;
  return `${`${"   ".repeat(depth)}${cut}`.padEnd(HEX_WIDTH)}  # ${says}`;
}
