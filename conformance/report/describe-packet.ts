// One packet in a few words, for people: `3: [1,3) " sky is", End 4`. Reads datagrams with the model's
// strict codec, so that what a port sends is judged by someone else's eyes.

import { decode, fromHex } from "../../vectors/generate/model/codec.js";
import type { OpenJson, PacketJson, RunJson } from "../../vectors/generate/model/packet-json.js";
import { CLOSE_CODES, FLAGS, STOP_REASONS } from "../../vectors/generate/model/registry.js";
import { shorten } from "../driver/schema.js";
import { normalPacket } from "../engine/normal-form.js";
import { isObject, type Json } from "../json.js";

/** A datagram in a few words; the code if it is one that is discarded. */
export function describeDatagram(hex: string): string {
  const { ok, code } = decode(fromHex(hex));
  return ok === undefined ? `${hex.length / 2} bytes, ${code}` : describePacket(ok);
}

/** A value for people: datagrams decoded, the rest as JSON, cut. */
export function describeValue(value: Json | undefined): string {
  if (value === undefined || value === null) return "nothing";
  if (isObject(value)) {
    if (typeof value.datagram === "string") {
      return `${describeDatagram(value.datagram)}  (${shorten(value.datagram, 96)})`;
    }
    if (isObject(value.packet)) {
      const packet = normalPacket(value.packet) as PacketJson;
      return `${describePacket(packet)}  ${shorten(JSON.stringify(packet))}`;
    }
  }
  return shorten(JSON.stringify(value));
}

/** The indexes of the tokens in a datagram, `[1,3)`; `undefined` where there are none. */
export function tokenRange(hex: string): string | undefined {
  const { ok } = decode(fromHex(hex));
  return ok === undefined ? undefined : rangeOf(ok);
}

/** A packet in a few words. */
export function describePacket(packet: PacketJson): string {
  const { ack, open, stop, close, end, accept, flags = 0, extensions = [] } = packet;
  const number = packet.packet_number === undefined ? "" : `${packet.packet_number}: `;
  const words = [
    open === undefined ? "" : describeOpen(open),
    ack === undefined ? "" : describeAck(packet),
    close === undefined ? "" : `Close ${nameOf(CLOSE_CODES, close.code)}`,
    accept === undefined ? "" : "Accept",
    describeTokens(packet),
    end === undefined ? "" : `End ${end.final_count ?? "0"}`,
    stop === undefined ? "" : `Stop ${nameOf(STOP_REASONS, stop.reason)}`,
    (flags & FLAGS.ACK_NOW) === 0 ? "" : "ACK_NOW",
    (flags & FLAGS.PAUSED) === 0 ? "" : "PAUSED",
    ...extensions.map(({ type = 0 }) => `extension ${type}`),
  ].filter((word) => word !== "");
  return `${number}${words.length === 0 ? "empty" : words.join(", ")}`;
}

function describeOpen({ version, next_index = "0", rtt_hint_us }: OpenJson): string {
  const hint = rtt_hint_us === undefined ? "" : ` rtt ${rtt_hint_us}`;
  return `Open v${version ?? 0} next ${next_index}${hint}`;
}

function describeAck({ ack }: PacketJson): string {
  const { next_index = "0", largest = "0", ranges = [], delay_us, end_received } = ack ?? {};
  const delay = delay_us === undefined ? "" : ` delay ${delay_us}`;
  const end = end_received === true ? " end_received" : "";
  return `Ack next ${next_index} largest ${largest}${ranges.length === 0 ? "" : ` [${ranges.join(" ")}]`}${delay}${end}`;
}

function describeTokens(packet: PacketJson): string {
  const range = rangeOf(packet);
  if (range === undefined) return "";
  const text = (packet.runs ?? []).map(textOf).join("|");
  const shown = text.length > 24 ? `${text.slice(0, 23)}…` : text;
  return `${range} ${shown}`;
}

function rangeOf({ runs = [], first_index = "0" }: PacketJson): string | undefined {
  if (runs.length === 0) return undefined;
  const tokens = runs.reduce((sum, run) => sum + (run.lengths?.length ?? 1), 0);
  return `[${first_index},${(BigInt(first_index) + BigInt(tokens)).toString()})`;
}

function textOf({ data = "" }: RunJson): string {
  const bytes = fromHex(data);
  return bytes.every((byte) => byte >= 0x20 && byte < 0x7f)
    ? JSON.stringify(String.fromCharCode(...bytes))
    : data;
}

function nameOf(registry: Readonly<Record<string, number>>, value = 0): string {
  return Object.entries(registry).find(([, number]) => number === value)?.[0] ?? String(value);
}
