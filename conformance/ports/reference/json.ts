/**
 * Values of the reference as the adapter protocol writes them and back: names of the proto for names of
 * TypeScript, decimal strings for 64-bit numbers, hexadecimal for bytes, tokens joined into runs.
 */
import { PACKET_DEFAULTS, type Packet, type Run, type Token } from "../../../reference/index.js";

/** A JSON object from the kit, whose shape the kit has checked. */
export interface JsonFields {
  readonly [name: string]: JsonField;
}
type JsonField = undefined | boolean | number | string | readonly JsonField[] | JsonFields;

/** Members that are decimal strings. */
const UINT64 = new Set(
  ["packet_number", "first_index", "final_count", "next_index", "largest", "window"].concat(
    ["index", "una", "hi", "n"], // in renders and views
  ),
);
/** Members that are bytes. */
const BYTES = new Set(["digest", "prefix_digest", "value"]);

/** What a message of the reference has where JSON has nothing. */
const DEFAULTS: Readonly<Record<string, object>> = {
  packet: PACKET_DEFAULTS,
  end: { finalCount: 0, reason: 0, digest: new Uint8Array(), errorCode: 0 },
  accept: { version: 0 },
  ack: { nextIndex: 0, largest: 0, ranges: [], delayUs: 0, endReceived: false },
  open: { version: 0, nextIndex: 0, window: 0, rttHintUs: 0 },
  stop: { reason: 0 },
  close: { code: 0 },
  extensions: { type: 0, value: new Uint8Array() },
};

/** A packet, an event or a view as JSON. */
export function toJson(value: object): object {
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const key = name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
      return key === "bytes"
        ? ["data", memberToJson(key, member)]
        : [key, memberToJson(key, member)];
    }),
  );
}

function memberToJson(key: string, member: unknown): unknown {
  if (member instanceof Uint8Array) return toHex(member);
  if (key === "runs") return (member as readonly Run[]).map(runToJson);
  if (Array.isArray(member)) return member.map((item) => memberToJson("", item));
  if (typeof member === "object" && member !== null) return toJson(member);
  return UINT64.has(key) ? String(member) : member;
}

function runToJson({ channel, tokens }: Run): object {
  const lengths = tokens.length === 1 ? [] : tokens.map((token) => token.length);
  return { channel, data: tokens.map(toHex).join(""), lengths };
}

/** A packet from JSON. */
export function packetOf(json: JsonFields): Packet {
  return fromJson("packet", json) as Packet;
}

function fromJson(message: string, json: JsonFields): object {
  const members = Object.entries(json).map(([key, member]) => {
    const name = key.replace(/_[a-z]/g, (letter) => letter.slice(1).toUpperCase());
    return [name, memberFromJson(key, member)];
  });
  return { ...DEFAULTS[message], ...(Object.fromEntries(members) as object) };
}

function memberFromJson(key: string, member: JsonField): unknown {
  if (key === "runs") return (member as readonly JsonFields[]).map(runFromJson);
  if (Array.isArray(member)) return member.map((item: JsonField) => memberFromJson(key, item));
  if (typeof member === "object") return fromJson(key, member as JsonFields);
  if (BYTES.has(key)) return fromHex(member as string);
  return UINT64.has(key) ? Number(member) : member;
}

function runFromJson(run: JsonFields): Run {
  const {
    channel = 0,
    data = "",
    lengths = [],
  } = run as {
    readonly channel?: number;
    readonly data?: string;
    readonly lengths?: readonly number[];
  };
  const bytes = fromHex(data);
  const cuts = lengths.length === 0 ? [bytes.length] : lengths;
  let from = 0;
  return { channel, tokens: cuts.map((length) => bytes.subarray(from, (from += length))) };
}

/** A token from JSON. */
export function tokenOf({ channel = 0, data }: { channel?: number; data: string }): Token {
  return { channel, bytes: fromHex(data) };
}

/** Bytes as lower-case hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** The bytes of hexadecimal digits. */
export function fromHex(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, "hex"));
}
