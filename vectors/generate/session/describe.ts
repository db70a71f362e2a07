// A datagram in one line of words: what a person wants to know of it when a vector fails.

import { decode, fromHex } from "../model/codec.js";
import type { AckJson, OpenJson, PacketJson } from "../model/packet-json.js";
import { CLOSE_CODES, END_REASONS, FLAGS, STOP_REASONS } from "../model/registry.js";

/** A datagram in words; its discard code where it is no packet. */
export function describe(datagram: string): string {
  const decoded = decode(fromHex(datagram));
  if (decoded.ok === undefined) return `${decoded.code} datagram of ${datagram.length / 2} bytes`;
  const packet = decoded.ok;
  const parts = [
    ...(packet.open === undefined ? [] : [describeOpen(packet.open)]),
    ...(packet.ack === undefined ? [] : [describeAck(packet.ack)]),
    ...describeTokens(packet),
    ...describeEnd(packet),
    ...(packet.accept === undefined ? [] : ["Accept"]),
    ...(packet.stop === undefined ? [] : [`Stop ${nameOf(STOP_REASONS, packet.stop.reason)}`]),
    ...(packet.close === undefined ? [] : [`Close ${nameOf(CLOSE_CODES, packet.close.code)}`]),
    ...(packet.flags === FLAGS.ACK_NOW ? ["ACK_NOW"] : []),
    ...(packet.flags === FLAGS.PAUSED ? ["PAUSED"] : []),
    ...(packet.extensions ?? []).map(({ type }) => `extension ${type ?? 0}`),
  ];
  const header =
    packet.packet_number === undefined
      ? `epoch ${packet.epoch ?? 0}`
      : `epoch ${packet.epoch ?? 0} number ${packet.packet_number}`;
  return `${header}: ${parts.length === 0 ? "empty" : parts.join(", ")}`;
}

/** How many tokens a packet carries. */
export function tokenCount(packet: PacketJson): number {
  return (packet.runs ?? []).reduce(
    (sum, { lengths = [] }) => sum + Math.max(1, lengths.length),
    0,
  );
}

function describeTokens(packet: PacketJson): string[] {
  const count = tokenCount(packet);
  if (count === 0) return [];
  const first = Number(packet.first_index ?? 0);
  return [`tokens [${first}, ${first + count})`];
}

function describeEnd({ end }: PacketJson): string[] {
  if (end === undefined) return [];
  const code = end.error_code === undefined ? "" : ` error ${end.error_code}`;
  return [`End ${end.final_count ?? "0"} ${nameOf(END_REASONS, end.reason)}${code}`];
}

function describeOpen(open: OpenJson): string {
  const hint = open.rtt_hint_us === undefined ? "" : `, RTT ${open.rtt_hint_us} us`;
  return `Open v${open.version ?? 0} from ${open.next_index ?? "0"}, window ${open.window ?? "0"}${hint}`;
}

function describeAck(ack: AckJson): string {
  const ranges = ack.ranges === undefined ? "" : ` ranges ${ack.ranges.join(" ")}`;
  const delay = ack.delay_us === undefined ? "" : `, delay ${ack.delay_us} us`;
  const end = ack.end_received === true ? ", end_received" : "";
  return `Ack next ${ack.next_index ?? "0"}${end}, largest ${ack.largest ?? "0"}${ranges}${delay}`;
}

function nameOf(registry: Readonly<Record<string, number>>, code: number | undefined): string {
  return Object.entries(registry).find(([, known]) => known === code)?.[0] ?? String(code);
}
