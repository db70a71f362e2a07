// Annotated bytes, made by hand: tags, varints and lengths as the protobuf encoding has them, and
// every way to get them wrong. Knows nothing of packets and shares no line with any codec, so that
// the bytes of a vector are a statement of its author and not of the program that it tests.

/** Some bytes of a datagram and what they say. */
export interface Part {
  readonly hex: string;
  readonly note: string;
}

/** Parts in order, nested at will. */
export type Bytes = Part | readonly Bytes[];

/** Wire types of the protobuf encoding; 6 and 7 do not exist. */
export const WIRE = {
  VARINT: 0,
  FIXED64: 1,
  LENGTH: 2,
  GROUP: 3,
  END_GROUP: 4,
  FIXED32: 5,
} as const;

/** The parts of `bytes` in one list. */
export function flatten(bytes: Bytes): readonly Part[] {
  return isList(bytes) ? bytes.flatMap(flatten) : [bytes];
}

/** The bytes of all parts as hexadecimal. */
export function hexOf(bytes: Bytes): string {
  return flatten(bytes)
    .map((part) => part.hex)
    .join("");
}

/** Any bytes at all. */
export function raw(hex: string, note: string): Part {
  return { hex: hex.replaceAll(" ", ""), note };
}

/** A varint in `size` bytes; without `size` in as few as possible. */
export function varint(value: number | bigint, size = 0): string {
  const groups: number[] = [];
  for (let rest = BigInt(value); rest > 0n || groups.length === 0; rest >>= 7n) {
    groups.push(Number(rest & 0x7fn));
  }
  while (groups.length < size) groups.push(0);
  return groups.map((group, at) => byte(at < groups.length - 1 ? group + 0x80 : group)).join("");
}

/** The tag of a field, in `size` bytes if given. */
export function tag(number: number, wire: number, size = 0): string {
  return varint(number * 8 + wire, size);
}

/** A field with a varint: `name = value`. */
export function number(field: number, name: string, value: number | bigint): Part {
  return raw(tag(field, WIRE.VARINT) + varint(value), `${name} = ${value.toString()}`);
}

/** A field with a length and bytes. `claim` is the length written, if it is to lie. */
export function bytesField(field: number, note: string, hex: string, claim?: number): Part {
  return raw(tag(field, WIRE.LENGTH) + varint(claim ?? hex.length / 2) + hex, note);
}

/** A packed field of varints. `claim` is the length written, if it is to lie. */
export function packed(
  field: number,
  name: string,
  entries: readonly number[],
  claim?: number,
): Part {
  const values = entries.map((entry) => varint(entry)).join("");
  const list = entries.length <= 8 ? entries.join(", ") : `${entries.length} entries`;
  return bytesField(field, `${name} = ${list}${lie(claim)}`, values, claim);
}

/** A sub-message: its tag and length, then its parts. `claim` is the length, if it is to lie. */
export function message(field: number, name: string, parts: Bytes, claim?: number): Bytes {
  const inner = flatten(parts);
  const size = hexOf(inner).length / 2;
  const note = `${name}, ${size} ${size === 1 ? "byte" : "bytes"}${lie(claim)}`;
  return [
    raw(tag(field, WIRE.LENGTH) + varint(claim ?? size), note),
    inner.map((part) => ({ hex: part.hex, note: `  ${part.note}` })),
  ];
}

/** ASCII text as hexadecimal. */
export function ascii(text: string): string {
  return Array.from(text, (character) => byte(character.charCodeAt(0))).join("");
}

function isList(bytes: Bytes): bytes is readonly Bytes[] {
  return Array.isArray(bytes);
}

function byte(value: number): string {
  return value.toString(16).padStart(2, "0");
}

function lie(claim: number | undefined): string {
  return claim === undefined ? "" : `, but the length says ${claim}`;
}
