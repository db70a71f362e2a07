// What a valid ack does to records, RTT, loss and items (SPEC 8.2 to 8.4), up to the breaker, R7 and
// Stop, which are the machine's. Written after C.1 `ack`, line by line.

import type { AckJson } from "./packet-json.js";
import { rttAfter } from "./rtt.js";
import type { Attachment, SenderState, SentRecord } from "./sender-state.js";

const SAMPLE_DELAY_MAX_US = 25_000;
const PACKET_THRESHOLD = 3;

/** next_index and the End, as a number of items. */
export function itemsAcknowledged(ack: AckJson): number {
  return Number(ack.next_index ?? 0) + (ack.end_received === true ? 1 : 0);
}

/** Whether an ack claims what cannot be. @spec ACK-7 */
export function isImpossible(state: SenderState, at: Attachment, ack: AckJson): boolean {
  const n = state.tokens.length;
  const nextIndex = Number(ack.next_index ?? 0);
  return (
    Number(ack.largest ?? 0) >= at.next ||
    itemsAcknowledged(ack) > at.hi ||
    nextIndex > n ||
    (ack.end_received === true && !(state.end !== undefined && nextIndex === n))
  );
}

/** Largest, RTT, loss and items, in this order. @spec ACK-8, ACK-9 */
export function applyAck(at: Attachment, ack: AckJson, now: number): void {
  let news = false;
  const largest = Number(ack.largest ?? 0);
  if (largest > at.largest) {
    news = true;
    at.largest = largest;
    const record = at.records.find(({ number }) => number === largest);
    if (record !== undefined) {
      at.largestSent = record.time;
      const delayUs = ack.delay_us ?? 0;
      if (delayUs <= SAMPLE_DELAY_MAX_US) at.rtt = rttAfter(at.rtt, now, record.time, delayUs);
    }
  }
  for (const record of at.records.filter(({ number }) => number <= at.largest)) {
    if (isInRanges(ack, record.number)) {
      news = true;
      hit(at, record);
      resolve(at, record, false);
    } else if (isLost(at, record)) {
      resolve(at, record, true);
    }
  }
  if (news) at.lastAck = now;
  at.una = Math.max(at.una, itemsAcknowledged(ack));
}

function hit(at: Attachment, record: SentRecord): void {
  const [a, b] = record.items;
  for (let item = a; item < b; item += 1) at.held.add(item);
  if (record.number >= at.acceptFrom) {
    at.acceptRiding = false;
    at.acceptPending = false;
  }
}

function isLost(at: Attachment, record: SentRecord): boolean {
  if (record.number + PACKET_THRESHOLD <= at.largest) return true;
  const threshold = Math.max(5_000, Math.floor(at.rtt.srtt / 4));
  return at.largestSent !== undefined && record.time + threshold < at.largestSent;
}

/** @spec ACK-12 */
function resolve(at: Attachment, record: SentRecord, miss: boolean): void {
  at.records = at.records.filter((other) => other !== record);
  at.loss = at.loss - Math.floor(at.loss / 32) + (miss ? 2048 : 0);
  at.resolved += 1;
  if (miss) at.missed += 1;
}

/** Whether the ack's ranges, lengths and gaps downwards from its largest, contain a number. */
export function isInRanges(ack: AckJson, number: number): boolean {
  let top = Number(ack.largest ?? 0);
  if (top === 0) return false;
  const ranges = ack.ranges === undefined || ack.ranges.length === 0 ? [1] : ack.ranges;
  for (const [i, count] of ranges.entries()) {
    const accepted = i % 2 === 0;
    if (accepted && number <= top && number > top - count) return true;
    top -= count;
  }
  return false;
}

/** Where R7 ends: the first item whose carrier is acknowledged or may still arrive (SND-17). */
export function presumedEnd(at: Attachment): number {
  for (let item = at.una; item < at.hi; item += 1) {
    if (at.held.has(item) || (at.last.get(item) ?? 0) > at.largest) return item;
  }
  return at.hi;
}

/** One period of the breaker; whether three in a row were bad. @spec CC-2 */
export function breakerTrips(at: Attachment, now: number): boolean {
  if (now - at.breakerAt < 5_000_000 || at.resolved < 20) return false;
  at.streak = 2 * at.missed >= at.resolved ? at.streak + 1 : 0;
  at.breakerAt = now;
  at.resolved = 0;
  at.missed = 0;
  return at.streak === 3;
}
