// What the authors of session vectors write down: inputs, and the datagrams of the peer, with every
// epoch, number and acknowledgement chosen by hand. Stream 7, epoch 1 unless said otherwise.

import { encode, toHex } from "../model/codec.js";
import type { InputJson, TokenJson } from "../model/lines.js";
import type { EndJson, ExtensionJson, PacketJson } from "../model/packet-json.js";
import { FLAGS } from "../model/registry.js";
import { runsOf } from "../model/sender-state.js";
import { digestOf, onWire } from "../model/transcript.js";

export const STREAM = 7;
export const DEFAULT_WINDOW = 262144;

type WithoutTime<T> = T extends unknown ? Omit<T, "at"> : never;

/** An input at the time of its step, or at an earlier one if it has `at`. */
export type Given = WithoutTime<InputJson> & { readonly at?: number };

/** A token of a text on channel 0, or as it stands. */
export type Tokenish = string | TokenJson;

/** ASCII text as hexadecimal. */
export function text(ascii: string): string {
  return Buffer.from(ascii, "ascii").toString("hex");
}

export function token(tokenish: Tokenish): TokenJson {
  return typeof tokenish === "string" ? { data: text(tokenish) } : tokenish;
}

/** A token on another channel. */
export function on(channel: number, ascii: string): TokenJson {
  return { channel, data: text(ascii) };
}

/** `count` tokens of `size` bytes that differ from each other in their first bytes. */
export function many(count: number, size: number, from = 0): TokenJson[] {
  return Array.from({ length: count }, (_, i) => ({
    data: text(
      String(from + i)
        .padEnd(size, ".")
        .slice(0, size),
    ),
  }));
}

/** The same input, at its own time. */
export function at(time: number, given: Given): Given {
  return { ...given, at: time };
}

export function push(...tokens: Tokenish[]): Given {
  return { type: "push", tokens: tokens.map(token) };
}

export function finish(reason = 1): Given {
  return { type: "finish", reason };
}

export function abort(errorCode: number): Given {
  return { type: "abort", error_code: errorCode };
}

export function pause(): Given {
  return { type: "pause" };
}

export function stop(reason = 1): Given {
  return { type: "stop", reason };
}

export function gate(open: boolean): Given {
  return { type: "gate", open };
}

/** A datagram as it stands. */
export function raw(hex: string): Given {
  return { type: "receive", datagram: hex.replaceAll(" ", "") };
}

/** The datagram of a packet, padded to a multiple of `bucket`. */
export function receive(packet: PacketJson, bucket = 1): Given {
  return { type: "receive", datagram: toHex(encode(packet, 16384, bucket)) };
}

interface Header {
  readonly stream?: number;
  readonly epoch?: number;
  readonly extensions?: readonly ExtensionJson[];
}

function header(number: number, { stream = STREAM, epoch = 1, extensions }: Header): PacketJson {
  return {
    stream_id: stream,
    epoch,
    packet_number: String(number),
    ...(extensions === undefined ? {} : { extensions }),
  };
}

interface SenderParts extends Header {
  readonly first?: number;
  readonly tokens?: readonly Tokenish[];
  readonly end?: EndJson;
  readonly accept?: boolean;
  readonly paused?: boolean;
}

/** A packet from a sender, as an input. */
export function packet(number: number, parts: SenderParts = {}): Given {
  const { first = 0, tokens = [], end, accept = false, paused = false } = parts;
  return receive({
    ...header(number, parts),
    ...(tokens.length === 0 ? {} : { first_index: String(first), runs: runsOf(tokens.map(token)) }),
    ...(end === undefined ? {} : { end }),
    ...(accept ? { accept: { version: 1 } } : {}),
    ...(paused ? { flags: FLAGS.PAUSED } : {}),
  });
}

/** The End of a stream of these tokens. */
export function endOf(tokens: readonly Tokenish[], reason = 1, errorCode?: number): EndJson {
  return {
    final_count: String(tokens.length),
    reason,
    digest: onWire(digestOf(tokens.map(token))),
    ...(errorCode === undefined ? {} : { error_code: errorCode }),
  };
}

/** D of these tokens, 32 bytes. */
export function digest(tokens: readonly Tokenish[]): string {
  return digestOf(tokens.map(token));
}

interface OpenParts extends Header {
  readonly version?: number;
  readonly next?: number;
  /** The tokens before `next`; their digest goes into the Open. */
  readonly prefix?: readonly Tokenish[];
  readonly window?: number;
  readonly hint?: number;
  readonly stop?: number;
  readonly bucket?: number;
}

/** An Open, as an input. */
export function open(number: number, parts: OpenParts = {}): Given {
  const { version = 1, prefix, next = prefix?.length ?? 0, window = DEFAULT_WINDOW } = parts;
  const packetJson = {
    ...header(number, parts),
    open: {
      version,
      next_index: String(next),
      ...(prefix === undefined || next === 0 ? {} : { prefix_digest: onWire(digest(prefix)) }),
      window: String(window),
      rtt_hint_us: parts.hint ?? 0,
    },
    ...(parts.stop === undefined ? {} : { stop: { reason: parts.stop } }),
  };
  return receive(packetJson, parts.bucket);
}

interface AckParts extends Header {
  readonly next?: number;
  readonly largest?: number;
  readonly ranges?: readonly number[];
  readonly delay?: number;
  readonly end?: boolean;
  readonly ackNow?: boolean;
  readonly stop?: number;
}

/** An ack, as an input. */
export function ack(number: number, parts: AckParts = {}): Given {
  const { next = 0, largest = 0, ranges = [], delay = 0, end = false } = parts;
  return receive({
    ...header(number, parts),
    ack: {
      next_index: String(next),
      largest: String(largest),
      ranges,
      delay_us: delay,
      end_received: end,
    },
    ...(parts.stop === undefined ? {} : { stop: { reason: parts.stop } }),
    ...(parts.ackNow === true ? { flags: FLAGS.ACK_NOW } : {}),
  });
}

/** A Close, as an input. */
export function close(code: number, { stream = STREAM, epoch = 1 }: Header = {}): Given {
  return receive({ stream_id: stream, epoch, close: { code } });
}
