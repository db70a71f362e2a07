/**
 * How what was accepted is written into an ack (SPEC 4.5, 8.1), within the size that a packet may have.
 * When an ack is due is not known here.
 */
import { controlBytes, LIMITS, type Packet } from "../wire/index.js";
import { CORE_LIMITS } from "./config.js";
import type { Range } from "./range-set.js";

/**
 * Gives a packet's ack as many ranges as fit, the lower ones left out first.
 *
 * @param packet - a packet with an ack, whose `ranges` is not looked at
 * @param ranges - what was accepted, from the highest to the lowest
 * @spec ACK-3
 */
export function withRanges(packet: Packet, ranges: readonly Range[]): Packet {
  const { ack } = packet;
  if (ack === undefined) return packet;
  for (let kept = ranges.length; kept > 0; kept -= 1) {
    const entries = entriesOf(ranges.slice(0, kept));
    const filled = { ...packet, ack: { ...ack, ranges: entries } };
    if (canStand(filled, entries)) return filled;
  }
  return { ...packet, ack: { ...ack, ranges: [] } };
}

function canStand(packet: Packet, entries: readonly number[]): boolean {
  return (
    controlBytes(packet) <= LIMITS.controlBytesMax && // LIM-9
    entries.every((entry) => entry <= CORE_LIMITS.uint32Max) // ACK-3
  );
}

/** Lengths and gaps in turn, downwards; `[1]` is written as nothing. */
function entriesOf(ranges: readonly Range[]): readonly number[] {
  const entries: number[] = [];
  let above: number | undefined;
  for (const { low, high } of ranges) {
    if (above !== undefined) entries.push(above - high - 1);
    entries.push(high - low + 1);
    above = low;
  }
  return entries.length === 1 && entries[0] === 1 ? [] : entries; // PKT-11
}
