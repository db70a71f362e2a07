import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { withRanges } from "../core/acks.js";
import { RangeSet } from "../core/range-set.js";
import { decode, encode, LIMITS, type Packet, PACKET_DEFAULTS } from "../wire/index.js";
import { edgy, index, uint32 } from "./arbitraries.js";
import { PAYLOAD } from "./receiver-rig.js";

function accepted(...numbers: number[]): RangeSet {
  const set = new RangeSet();
  for (const number of numbers) if (!set.has(number)) set.add(number);
  return set;
}

function ackOf(set: RangeSet, fields: Partial<Packet> = {}): Packet {
  const ack = { nextIndex: 0, largest: set.largest, ranges: [], delayUs: 0, endReceived: false };
  return withRanges({ ...PACKET_DEFAULTS, epoch: 1, packetNumber: 1, ack, ...fields }, set.ranges);
}

const rangesOf = (set: RangeSet): readonly number[] => ackOf(set).ack?.ranges ?? [];

describe("the ranges of an ack (ACK-3)", () => {
  test("are lengths and gaps, downwards from the largest", () => {
    assert.deepEqual(rangesOf(accepted(10, 9, 7, 6, 5, 4, 3, 2, 1)), [2, 1, 7]);
    assert.deepEqual(rangesOf(accepted(5, 2)), [1, 2, 1]);
  });
  test("are absent where only the largest was accepted", () => {
    assert.deepEqual(rangesOf(accepted(10)), []);
    assert.deepEqual(rangesOf(accepted(10, 9)), [2]);
  });
  test("leave out a gap that the field cannot hold, with all below it", () => {
    assert.deepEqual(rangesOf(accepted(1, 2 ** 32 + 1)), [1, 2 ** 32 - 1, 1]);
    assert.deepEqual(rangesOf(accepted(1, 2 ** 32 + 2)), []);
    assert.deepEqual(rangesOf(accepted(1, 2 ** 40, 2 ** 40 + 1)), [2]);
    assert.deepEqual(rangesOf(accepted(1, 5, 2 ** 40, 2 ** 40 + 2)), [1, 1, 1]);
  });
  test("are as many as fit 96 bytes, and always decode", () => {
    const numbers = fc.array(fc.oneof(index(1), edgy(1, 2 ** 34)), { maxLength: 40, size: "max" });
    const ids = fc.record({ streamId: uint32(), epoch: uint32(1), packetNumber: index(1) });
    const stop = fc.constantFrom({}, { stop: { reason: 1 } });
    fc.assert(
      fc.property(numbers, ids, stop, index(), uint32(), (list, id, stopped, nextIndex, delay) => {
        const set = accepted(...list);
        const { largest } = set;
        const delayUs = largest === 0 ? 0 : delay;
        const ack = { nextIndex, largest, ranges: [], delayUs, endReceived: true };
        const packet = ackOf(set, { ...id, ...stopped, ack, flags: 1 });
        const datagram = encode(packet, PAYLOAD);
        const decoded = decode(datagram);
        assert.equal(decoded.type, "packet");
        assert.ok(datagram.length - 1 <= LIMITS.controlBytesMax);

        const stated = packet.ack?.ranges ?? [];
        const kept = Math.ceil(Math.max(stated.length, Math.min(largest, 1)) / 2);
        const next = set.ranges[kept];
        const last = set.ranges[kept - 1];
        if (next === undefined || last === undefined) return;
        const gap = last.low - next.high - 1;
        const more = [...(stated.length === 0 ? [1] : stated), gap, next.high - next.low + 1];
        const larger = { ...packet, ack: { ...ack, ranges: more } };
        assert.throws(() => encode(larger, PAYLOAD), "one more range would have fitted");
      }),
      { numRuns: 1000 },
    );
  });
});
