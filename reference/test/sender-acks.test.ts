/** What a sender makes of acks: SPEC 8.2 to 8.4 and 10.2. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { CLOSE_CODES } from "../wire/index.js";
import { type AckFields, range, SenderStage, token } from "./sender-stage.js";

describe("an invalid ack", () => {
  /** Tokens 0 and 1 were sent in packets 1 and 2, token 2 waits for the window; not ended. */
  function open(): SenderStage {
    const stage = new SenderStage();
    stage.push("x".repeat(500), "y".repeat(500), "z".repeat(500));
    stage.open({ window: 1024 });
    stage.poll();
    stage.at(40000).poll();
    assert.deepEqual(stage.sender.view(), { phase: "active", epoch: 1, una: 0, hi: 2, n: 3 });
    return stage;
  }
  /** Token 0 and the End were sent in packet 1. */
  function ended(): SenderStage {
    const stage = new SenderStage();
    stage.push("a");
    stage.sender.finish(1, 0);
    stage.open();
    stage.poll();
    return stage;
  }
  const cases: [string, () => SenderStage, AckFields][] = [
    ["of a packet that was not sent", open, { largest: 3 }],
    ["of an item that was not sent", open, { largest: 2, next: 3 }],
    ["beyond what was pushed", open, { largest: 2, next: 4 }],
    ["of an End before there is one", open, { largest: 2, next: 2, endReceived: true }],
    ["of the End as a token", ended, { largest: 1, next: 2 }],
    ["of the End without the last token", ended, { largest: 1, next: 0, endReceived: true }],
    ["of the End and one more", ended, { largest: 1, next: 2, endReceived: true }],
  ];
  for (const [name, begin, fields] of cases) {
    test(`${name} ends the session and has no other effect`, () => {
      const stage = begin();
      stage.poll();
      const before = stage.sender.view();
      assert.equal(stage.ack({ ...fields, kick: true, stop: 1 }), "invalid-ack");
      const { events, packets, datagrams, until } = stage.poll();
      const code = CLOSE_CODES.INVALID_ACK;
      assert.deepEqual(events, [
        { type: "phase", phase: "detached", cause: "close-sent", code, epoch: 1 },
      ]);
      assert.deepEqual([packets.length, packets[0]?.close, until], [1, { code }, undefined]);
      assert.ok(datagrams[0] && datagrams[0].length <= 64);
      assert.deepEqual(stage.sender.view(), { ...before, phase: "detached" });
      assert.equal(
        stage.sender.push([token("more")], stage.now),
        begin === ended ? "ended" : undefined,
      );
      assert.equal(stage.open({ epoch: 2 }), undefined, "the log is kept");
    });
  }

  test("is none at the edge", () => {
    const stage = open();
    assert.equal(stage.ack({ largest: 2, next: 2 }), undefined);
    const end = ended();
    assert.equal(end.ack({ largest: 1, next: 1 }), undefined);
    assert.equal(end.ack({ largest: 0, next: 1, endReceived: true }), undefined);
    assert.equal(end.sender.view().phase, "done");
  });
});

describe("an ack", () => {
  test("is a duplicate unless its number is above all before", () => {
    const stage = SenderStage.attached();
    assert.equal(stage.ack({ number: 5 }), undefined);
    assert.equal(stage.ack({ number: 5 }), "duplicate");
    assert.equal(stage.ack({ number: 4, largest: 99 }), "duplicate", "before it is judged");
    assert.equal(stage.open({ number: 5 }), "duplicate");
    assert.equal(stage.open({ number: 6 }), undefined);
    assert.equal(stage.ack({ number: 6 }), "duplicate");
  });

  test("never moves una back", () => {
    const stage = new SenderStage();
    stage.push("a", "b");
    stage.open();
    stage.poll();
    stage.ack({ next: 2, largest: 1 });
    stage.ack({ next: 1, largest: 1 });
    assert.equal(stage.sender.view().una, 2);
  });

  test("gives no RTT sample after more than 25 ms of delay", () => {
    const secondRepeat = (delayUs: number) => {
      const stage = SenderStage.attached();
      stage.at(100000).ack({ largest: 1, delayUs });
      stage.at(500000).push("a");
      stage.poll();
      stage.at(540000).poll();
      return stage.poll().until;
    };
    assert.equal(secondRepeat(25000), 540000 + 93750, "5 * 75000 / 4");
    assert.equal(secondRepeat(25001), 540000 + 416250, "5 * 333000 / 4");
  });

  test("ends Accept by any packet that carried the latest one", () => {
    const stage = new SenderStage();
    stage.push("a");
    stage.open();
    stage.poll();
    stage.at(40000).poll();
    stage.at(41000).ack({ largest: 2 });
    stage.push("b");
    assert.equal(stage.at(90000).poll().packets[0]?.accept, undefined);
  });

  test("of a forgotten packet is legal and moves largest", () => {
    const stage = SenderStage.attached();
    for (let number = 2; number <= 1100; number += 1) {
      stage.now += 100000;
      stage.ack({ kick: true });
      assert.equal(stage.poll().packets[0]?.packetNumber, number);
    }
    assert.equal(stage.ack({ largest: 5 }), undefined);
    assert.equal(stage.sender.view().phase, "active");
    const { loss, largest } = stage.sender.snapshot(stage.now).attachment as {
      loss: { records: unknown[]; lossRate: number };
      largest: number;
    };
    assert.deepEqual([loss.records.length, loss.lossRate, largest], [1024, 3277, 5]);
  });
});

describe("the breaker", () => {
  test("ends a session that loses half of everything for three periods", () => {
    const stage = new SenderStage();
    stage.push("a");
    stage.open();
    let largest = 0;
    for (const end of [5000000, 10000000, 15000000]) {
      assert.equal(stage.sender.view().phase, "active");
      largest = stage.run(end).at(-1)?.packet.packetNumber ?? largest;
      assert.equal(stage.ack({ largest, stop: end === 15000000 ? 1 : undefined }), undefined);
    }
    const code = CLOSE_CODES.CONGESTION;
    const { events, packets } = stage.poll();
    assert.deepEqual(events, [
      { type: "phase", phase: "detached", cause: "close-sent", code, epoch: 1 },
    ]);
    assert.deepEqual(
      packets.map(({ close }) => close),
      [{ code }],
    );
    assert.equal(stage.push("b"), undefined, "the Stop in that ack did not end the stream");
    stage.open({ epoch: 2 });
    assert.deepEqual(stage.poll().packets.map(range), [[0, 2]]);
  });
});
