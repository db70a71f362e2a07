// When a receiver speaks unasked and when it gives up: kicks and silence.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { FLAGS, type Packet } from "../wire/index.js";
import { ReceiverRig } from "./receiver-rig.js";

const S = 1000000;
const MS = 1000;
const EMPTY = {};
const PAUSED = { flags: FLAGS.PAUSED };

describe("kicks", () => {
  const kicksUntil = (rig: ReceiverRig, end: number): { at: number; packet: Packet }[] => {
    const kicks: { at: number; packet: Packet }[] = [];
    for (let at = rig.poll(0).until; at !== undefined && at <= end; at = rig.poll(at).until) {
      const { packets } = rig.poll(at);
      for (const packet of packets) kicks.push({ at, packet });
    }
    return kicks;
  };

  test("come after 400 ms of silence, then after twice as much, up to 3 s (TIM-3)", () => {
    const kicks = kicksUntil(ReceiverRig.active(), 15 * S);
    assert.deepEqual(
      kicks.map(({ at }) => at / MS),
      [400, 1200, 2800, 5800, 8800, 11800, 14800],
    );
    for (const { packet } of kicks) assert.equal(packet.flags, FLAGS.ACK_NOW);
    assert.deepEqual(kicks[0]?.packet.ack, {
      nextIndex: 0,
      largest: 1,
      ranges: [],
      delayUs: 400 * MS,
      endReceived: false,
    });
  });

  test("come after 3 s, then twice as much, up to 15 s, while the sender is paused (TIM-4)", () => {
    const rig = ReceiverRig.active();
    rig.answer(PAUSED, 0);
    assert.deepEqual(
      kicksUntil(rig, 30 * S - 1).map(({ at }) => at / MS),
      [3000, 9000, 21000],
    );
  });

  test("follow the packet with the largest number, not the latest (TIM-4)", () => {
    const rig = ReceiverRig.active();
    rig.answer({ ...PAUSED, packetNumber: 9 }, 0);
    rig.answer({ packetNumber: 8 }, 0);
    assert.equal(rig.poll(0).until, 3 * S);
    rig.answer({ packetNumber: 10 }, 0);
    assert.equal(rig.poll(0).until, 400 * MS);
  });

  test("begin anew with each accepted packet, and with no other (TIM-3)", () => {
    const rig = ReceiverRig.active();
    rig.poll(400 * MS);
    rig.answer(EMPTY, 500 * MS);
    assert.equal(rig.poll(500 * MS).until, 900 * MS);
    rig.give({ packetNumber: 1 }, 600 * MS);
    rig.give({ epoch: 2 }, 600 * MS);
    assert.equal(rig.poll(600 * MS).until, 900 * MS);
  });

  test("polled late come once and count from then (STR-6)", () => {
    const rig = ReceiverRig.active();
    const { packets, until } = rig.poll(10 * S);
    assert.equal(packets.length, 1);
    assert.equal(until, 10 * S + 800 * MS);
  });

  test("that are due with an ack make one datagram (ACK-1)", () => {
    const rig = ReceiverRig.active();
    rig.receiver.stop(1, 0);
    rig.poll(0);
    rig.receiver.gate(false, 10);
    rig.give(EMPTY, 20);
    rig.receiver.gate(true, 500 * MS);
    const { packets } = rig.poll(500 * MS);
    assert.deepEqual(
      packets.map(({ flags }) => flags),
      [FLAGS.ACK_NOW],
    );
  });
});

describe("silence", () => {
  test("of 30 s after the last accepted packet fails the session, without a Close (TIM-5)", () => {
    const rig = ReceiverRig.active();
    rig.answer(EMPTY, 1 * S);
    rig.poll(31 * S - 1);
    const { events, packets, until } = rig.poll(31 * S);
    assert.deepEqual(
      events.map((event) => event.type === "phase" && event.cause),
      ["idle"],
    );
    assert.deepEqual([packets, until], [[], undefined]);
  });
  test("wins over a kick that is due as well (TIM-6)", () => {
    const rig = ReceiverRig.active();
    assert.deepEqual(rig.poll(60 * S).packets, []);
    assert.equal(rig.receiver.view().phase, "failed");
  });
  test("is named before a kick at the same time (TIM-7)", () => {
    const rig = ReceiverRig.active();
    rig.poll(27 * S);
    rig.receiver.stop(1, 29600 * MS); // the kick is at 30 s, as is the end of patience
    const { until, timer } = rig.poll(29600 * MS);
    assert.deepEqual([until, timer], [30 * S, "idle"]);
  });
});
