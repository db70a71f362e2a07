// The two closed lists of SPEC 5.2 and chapter 4: which canonical packets are over a limit, which
// are invalid. One line per fault, in the order of the clauses. Knows no bytes.

import type { AckJson, EndJson, OpenJson, PacketJson, RunJson } from "./packet-json.js";
import { CLOSE_CODES, END_REASONS, FLAGS, STOP_REASONS } from "./registry.js";

/** A packet's first fault: over-limit before invalid (ENC-5), and the clause that names it. */
export interface Fault {
  readonly code: "over-limit" | "invalid";
  readonly clause: string;
}

/**
 * The fault of a packet, or `undefined` for a packet that is accepted.
 *
 * @param controlBytes - size of the packet's encoding without its runs
 */
export function judge(packet: PacketJson, controlBytes: number): Fault | undefined {
  const over = firstBroken(overLimit(packet, controlBytes));
  if (over !== undefined) return { code: "over-limit", clause: over };
  const invalid = firstBroken([...invalidPacket(packet), ...invalidParts(packet)]);
  return invalid === undefined ? undefined : { code: "invalid", clause: invalid };
}

/** A clause, and whether the packet breaks it. */
type Check = readonly [clause: string, broken: boolean];

function firstBroken(checks: readonly Check[]): string | undefined {
  return checks.find(([, broken]) => broken)?.[0];
}

const INDEX_MAX = 2n ** 53n - 1n;

function overLimit(packet: PacketJson, controlBytes: number): Check[] {
  const { runs = [], end = {}, ack = {}, open = {}, extensions = [] } = packet;
  const tokens = sum(runs.map(tokenCount));
  const numbers = [
    BigInt(packet.packet_number ?? 0),
    BigInt(packet.first_index ?? 0),
    BigInt(packet.first_index ?? 0) + BigInt(tokens),
    BigInt(end.final_count ?? 0),
    BigInt(ack.next_index ?? 0),
    BigInt(ack.largest ?? 0),
    BigInt(open.next_index ?? 0),
  ];
  return [
    ["LIM-1", runs.length > 32],
    ["LIM-2", tokens > 4096],
    ["LIM-3", runs.some((run) => tokenLengths(run).some((length) => length > 1024))],
    ["LIM-4", runs.some((run) => (run.channel ?? 0) > 65535)],
    ["LIM-5", numbers.some((number) => number > INDEX_MAX)],
    ["LIM-6", (ack.ranges ?? []).length > 31],
    ["LIM-7", extensions.length > 4],
    ["LIM-7", sum(extensions.map((extension) => byteCount(extension.value))) > 64],
    ["LIM-8", BigInt(open.window ?? 0) > 16777216n],
    ["LIM-9", controlBytes > 96],
  ];
}

/** What is wrong with the packet as a whole: its kind, its numbers, its flags. */
function invalidPacket(packet: PacketJson): Check[] {
  const { runs = [], flags = 0, packet_number = "0", first_index = "0" } = packet;
  const hasAck = packet.ack !== undefined;
  const hasOpen = packet.open !== undefined;
  const hasStop = packet.stop !== undefined;
  const hasClose = packet.close !== undefined;
  const fromSender = runs.length > 0 || packet.end !== undefined || packet.accept !== undefined;
  const numbered = BigInt(packet_number) !== 0n;
  const allowedFlags = hasAck ? FLAGS.ACK_NOW : hasOpen || hasStop || hasClose ? 0 : FLAGS.PAUSED;
  return [
    ["PKT-1", (packet.epoch ?? 0) === 0],
    ["PKT-2", numbered === hasClose],
    ["PKT-3", hasAck && hasOpen],
    ["PKT-3", hasStop && !hasAck && !hasOpen],
    ["PKT-3", (hasAck || hasOpen || hasClose) && fromSender],
    ["PKT-3", hasClose && (hasAck || hasOpen || hasStop)],
    ["PKT-4", flags !== 0 && flags !== allowedFlags],
    ["PKT-5", runs.length === 0 && BigInt(first_index) !== 0n],
    ["PKT-6", runs.some(invalidRun)],
    ["PKT-7", runs.some((run, i) => i > 0 && (run.channel ?? 0) === (runs[i - 1]?.channel ?? 0))],
  ];
}

/** What is wrong with one of its parts. */
function invalidParts(packet: PacketJson): Check[] {
  const { end, accept, ack, open, stop, close, extensions = [] } = packet;
  return [
    ["PKT-8", end !== undefined && invalidEnd(end)],
    ["PKT-9", open !== undefined && invalidOpen(open)],
    ["PKT-10", accept !== undefined && (accept.version ?? 0) !== 1],
    ["PKT-11", ack !== undefined && invalidAck(ack)],
    ["PKT-12", stop !== undefined && !registered(STOP_REASONS, stop.reason)],
    ["PKT-12", close !== undefined && !registered(CLOSE_CODES, close.code)],
    ["PKT-13", extensions.some(({ type = 0 }, i) => type <= (extensions[i - 1]?.type ?? 0))],
  ];
}

function invalidRun(run: RunJson): boolean {
  const { lengths = [] } = run;
  const dataBytes = byteCount(run.data);
  if (dataBytes === 0 || lengths.length === 1 || lengths.includes(0)) return true;
  return lengths.length > 0 && sum(lengths) !== dataBytes;
}

function invalidEnd(end: EndJson): boolean {
  const aborted = end.reason === END_REASONS.ABORTED;
  if (!registered(END_REASONS, end.reason) || byteCount(end.digest) !== 16) return true;
  return aborted !== ((end.error_code ?? 0) !== 0);
}

function invalidOpen(open: OpenJson): boolean {
  const digestBytes = BigInt(open.next_index ?? 0) === 0n ? 0 : 16;
  if ((open.version ?? 0) === 0 || byteCount(open.prefix_digest) !== digestBytes) return true;
  return BigInt(open.window ?? 0) < 1024n;
}

function invalidAck(ack: AckJson): boolean {
  const { ranges = [], delay_us = 0 } = ack;
  const largest = BigInt(ack.largest ?? 0);
  if (ranges.length !== 0 && ranges.length % 2 === 0) return true;
  if (ranges.includes(0) || (ranges.length === 1 && ranges[0] === 1)) return true;
  return BigInt(sum(ranges)) > largest || (largest === 0n && delay_us !== 0);
}

function registered(registry: Readonly<Record<string, number>>, code: number | undefined): boolean {
  return Object.values(registry).includes(code ?? 0);
}

/** 5.3: a run without lengths is one token, any other has as many as it has entries. */
function tokenCount(run: RunJson): number {
  return tokenLengths(run).length;
}

function tokenLengths(run: RunJson): readonly number[] {
  const { lengths = [] } = run;
  return lengths.length === 0 ? [byteCount(run.data)] : lengths;
}

function byteCount(hex = ""): number {
  return hex.length / 2;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
