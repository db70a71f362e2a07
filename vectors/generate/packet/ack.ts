// Vectors for SPEC 4.5: acks, their ranges, delay and end.

import type { Bytes } from "../bytes.js";
import { invalid, packetFile, valid, type PacketFile } from "./case.js";
import * as f from "./fields.js";

const acked = (...parts: Bytes[]): Bytes => [f.HEAD, f.ack(...parts)];
const WITH_GAP = acked(f.nextIndex(12), f.largest(10), f.ranges(2, 1, 7));

const accepted = [
  valid("empty-ack", "PKT-11", {
    why:
      "A kick before anything has come is an Ack without a field. A port whose runtime drops " +
      "empty sub-messages takes it for a sender packet and never answers.",
    bytes: acked(),
    packet: { ...f.HEAD_JSON, ack: {} },
  }),
  valid("next-index-only", "PKT-11", {
    why:
      "After a resume the receiver has tokens but no packet yet. A port that wants `largest` " +
      "beside `next_index` discards its first word.",
    bytes: acked(f.nextIndex(12)),
    packet: { ...f.HEAD_JSON, ack: { next_index: "12" } },
  }),
  valid("largest-only", "PKT-11", {
    why:
      "Without ranges, `largest` means that one packet came. A port that reads no ranges as no " +
      "packets takes no RTT sample and repeats at the slow default.",
    bytes: acked(f.nextIndex(1), f.largest(1)),
    packet: { ...f.HEAD_JSON, ack: { next_index: "1", largest: "1" } },
  }),
  valid("one-range", "PKT-11", {
    why: "The commonest ack of a good path: the last n without a gap.",
    bytes: acked(f.nextIndex(12), f.largest(10), f.ranges(2)),
    packet: { ...f.HEAD_JSON, ack: { next_index: "12", largest: "10", ranges: [2] } },
  }),
  valid("with-a-gap", "PKT-11", {
    why:
      "Ranges go down from `largest` and alternate. A port that reads them upwards takes the " +
      "lost packet for received and the received for lost.",
    bytes: WITH_GAP,
    packet: { ...f.HEAD_JSON, ack: { next_index: "12", largest: "10", ranges: [2, 1, 7] } },
  }),
  valid("ranges-down-to-1", "PKT-11", {
    why:
      "The sum may reach `largest`: everything down to number 1 is described. A port that wants " +
      "it smaller discards the acks of every young session.",
    bytes: acked(f.nextIndex(3), f.largest(4), f.ranges(4)),
    packet: { ...f.HEAD_JSON, ack: { next_index: "3", largest: "4", ranges: [4] } },
  }),
  valid("ranges-of-ones", "PKT-11", {
    why:
      "Only the single range [1] is forbidden. A port that forbids a first length of 1 discards " +
      "acks after every isolated arrival.",
    bytes: acked(f.nextIndex(3), f.largest(9), f.ranges(1, 1, 1)),
    packet: { ...f.HEAD_JSON, ack: { next_index: "3", largest: "9", ranges: [1, 1, 1] } },
  }),
  valid("range-of-32-bits", "PKT-11", {
    why: "An entry may be 2^32 - 1. As a signed number it is -1, and the walk downwards goes up.",
    bytes: acked(f.nextIndex(3), f.largest(4294967296n), f.ranges(f.UINT32_MAX)),
    packet: {
      ...f.HEAD_JSON,
      ack: { next_index: "3", largest: "4294967296", ranges: [f.UINT32_MAX] },
    },
  }),
  valid("delay", "PKT-11", {
    why:
      "The delay is subtracted from the RTT sample. A port that discards the field never " +
      "measures a receiver that is polled late.",
    bytes: acked(f.nextIndex(3), f.largest(2), f.delayUs(1500)),
    packet: { ...f.HEAD_JSON, ack: { next_index: "3", largest: "2", delay_us: 1500 } },
  }),
  valid("delay-max", "PKT-11", {
    why:
      "Any delay is valid; too long ones are only not used. Added to a 32-bit time this one " +
      "wraps.",
    bytes: acked(f.nextIndex(3), f.largest(2), f.delayUs(f.UINT32_MAX)),
    packet: { ...f.HEAD_JSON, ack: { next_index: "3", largest: "2", delay_us: f.UINT32_MAX } },
  }),
  valid("end-received", "PKT-11", {
    why:
      "The one bit that lets the sender stop. A port that loses it repeats the End until it " +
      "gives up, and reports a finished answer as cut off.",
    bytes: acked(f.nextIndex(3), f.largest(2), f.endReceived()),
    packet: { ...f.HEAD_JSON, ack: { next_index: "3", largest: "2", end_received: true } },
  }),
  valid("end-received-of-nothing", "PKT-11", {
    why:
      "A stream of no tokens: `next_index` is 0 and absent, the End has come. A port that wants " +
      "a token before the end never finishes it.",
    bytes: acked(f.largest(1), f.endReceived()),
    packet: { ...f.HEAD_JSON, ack: { largest: "1", end_received: true } },
  }),
  valid("every-field", "PKT-11", {
    why:
      "All five fields in one ack: a port that stops after the ranges loses the delay and the " +
      "end.",
    bytes: acked(f.nextIndex(12), f.largest(10), f.ranges(2, 1, 7), f.delayUs(3), f.endReceived()),
    packet: {
      ...f.HEAD_JSON,
      ack: {
        next_index: "12",
        largest: "10",
        ranges: [2, 1, 7],
        delay_us: 3,
        end_received: true,
      },
    },
  }),
];

const discarded = [
  invalid("two-entries", "PKT-11", "invalid", {
    why:
      "Ranges that end in a gap say nothing by it, so there would be two forms of one ack. A " +
      "port that reads entries in pairs accepts it.",
    bytes: acked(f.nextIndex(12), f.largest(10), f.ranges(2, 1)),
    twin: acked(f.nextIndex(12), f.largest(10), f.ranges(2)),
  }),
  invalid("four-entries", "PKT-11", "invalid", {
    why:
      "A receiver that forgets its oldest range but not the gap before it sends this. Caught " +
      "here, it is a line in a log; accepted, a wrong loss rate.",
    bytes: acked(f.nextIndex(12), f.largest(10), f.ranges(2, 1, 3, 1)),
    twin: acked(f.nextIndex(12), f.largest(10), f.ranges(2, 1, 3)),
  }),
  invalid("first-length-0", "PKT-11", "invalid", {
    why:
      "A first length of 0 says that `largest` itself has not come. A port that takes its RTT " +
      "sample anyway measures a packet that was lost.",
    bytes: acked(f.nextIndex(12), f.largest(10), f.ranges(0, 1, 7)),
    twin: WITH_GAP,
  }),
  invalid("gap-0", "PKT-11", "invalid", {
    why:
      "A gap of 0 splits one range in two: a second form of the same ack, and a loop that " +
      "advances by the gap may not advance.",
    bytes: acked(f.nextIndex(12), f.largest(10), f.ranges(2, 0, 7)),
    twin: WITH_GAP,
  }),
  invalid("last-length-0", "PKT-11", "invalid", {
    why:
      "The last entry is where a loop stops looking. Accepted, it claims a gap below which " +
      "nothing is.",
    bytes: acked(f.nextIndex(12), f.largest(10), f.ranges(2, 1, 0)),
    twin: WITH_GAP,
  }),
  invalid("range-0-only", "PKT-11", "invalid", {
    why:
      "[0] is what an encoder writes that has received nothing but sets `largest`. Accepted, " +
      "one number is both acknowledged and not.",
    bytes: acked(f.nextIndex(12), f.largest(10), f.ranges(0)),
    twin: acked(f.nextIndex(12), f.largest(10), f.ranges(2)),
  }),
  invalid("explicit-1", "PKT-11", "invalid", {
    why:
      "[1] is written by leaving it out. An encoder that always writes ranges is refused by " +
      "strict ports and works against its own.",
    bytes: acked(f.nextIndex(12), f.largest(10), f.ranges(1)),
    twin: acked(f.nextIndex(12), f.largest(10)),
  }),
  invalid("sum-beyond-largest", "PKT-11", "invalid", {
    why:
      "The ranges go one below number 1. Unsigned arithmetic wraps there, and the sender marks " +
      "its newest packets as received.",
    bytes: acked(f.nextIndex(3), f.largest(4), f.ranges(2, 1, 2)),
    twin: acked(f.nextIndex(3), f.largest(4), f.ranges(2, 1, 1)),
  }),
  invalid("single-range-beyond-largest", "PKT-11", "invalid", {
    why: "As above with one entry, which ports treat by itself.",
    bytes: acked(f.nextIndex(3), f.largest(4), f.ranges(5)),
    twin: acked(f.nextIndex(3), f.largest(4), f.ranges(4)),
  }),
  invalid("ranges-of-nothing", "PKT-11", "invalid", {
    why:
      "Ranges without `largest` go down from 0. A port that subtracts first acknowledges number " +
      "-1, or 2^64 - 1.",
    bytes: acked(f.nextIndex(3), f.ranges(2)),
    twin: acked(f.nextIndex(3), f.largest(2), f.ranges(2)),
  }),
  invalid("sum-wraps-32-bits", "PKT-11", "invalid", {
    why:
      "The entries add up to 2^32 + 1. A 32-bit sum is 1 and passes, and the sender walks four " +
      "thousand million numbers down.",
    bytes: acked(f.nextIndex(3), f.largest(4), f.ranges(f.UINT32_MAX, 1, 1)),
    twin: acked(f.nextIndex(3), f.largest(4), f.ranges(1, 1, 1)),
  }),
  invalid("delay-of-nothing", "PKT-11", "invalid", {
    why:
      "A delay since a packet that never came. A receiver that computes it from time 0 sends " +
      "the age of its clock, which is nobody's business.",
    bytes: acked(f.nextIndex(3), f.delayUs(1500)),
    twin: acked(f.nextIndex(3)),
  }),
];

export const ack: PacketFile = packetFile(
  "ack",
  "Acks: what has arrived, how it is counted, and when.",
  [...accepted, ...discarded],
);
