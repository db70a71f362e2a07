/** What may be sent at all, and the End as item n: SPEC 6.1, 11.5, 11.6. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { range, SenderStage } from "./sender-stage.js";

describe("window", () => {
  test("holds back what would exceed it until an ack", () => {
    const stage = new SenderStage();
    stage.push("x".repeat(500), "y".repeat(500), "z".repeat(25));
    stage.open({ window: 1024 });
    assert.deepEqual(stage.poll().packets.map(range), [[0, 2]]);
    stage.sender.finish(1, 0);
    stage.at(100000);
    assert.deepEqual(stage.poll().packets.map(range), [[0, 2]], "a repeat");
    stage.ack({ next: 1, largest: 1 });
    assert.deepEqual(stage.at(200000).poll().packets.map(range), [[1, 4]]);
  });

  test("takes a window that is exactly full", () => {
    const stage = new SenderStage();
    stage.push("x".repeat(500), "y".repeat(500), "z".repeat(24), "!");
    stage.open({ window: 1024 });
    assert.deepEqual(stage.poll().packets.map(range), [[0, 3]]);
  });

  test("ends at 4096 tokens, beyond which the End waits too", () => {
    const stage = new SenderStage({ maxPayload: 16384 });
    const tiny = Array.from({ length: 4097 }, () => ({ channel: 0, bytes: Uint8Array.of(1) }));
    stage.sender.push(tiny, 0);
    stage.sender.finish(1, 0);
    stage.open();
    assert.deepEqual(stage.poll().packets.map(range), [[0, 4096]]);
    stage.at(50000).ack({ next: 1, largest: 1 });
    assert.deepEqual(stage.poll().packets.map(range), [[1, 4098]]);
  });
});

describe("end", () => {
  test("of a stream without tokens is item 0", () => {
    const stage = SenderStage.attached({}, {}, 30000);
    stage.sender.finish(1, stage.now);
    const { packets, events } = stage.poll();
    assert.deepEqual(
      events.map((event) => event.type === "phase" && event.cause),
      ["finish"],
    );
    assert.equal(packets[0]?.end?.finalCount, 0);
    assert.deepEqual(packets[0].runs, []);
    assert.deepEqual(stage.sender.view(), { phase: "ending", epoch: 1, una: 0, hi: 1, n: 0 });
    stage.at(60000).ack({ largest: 2, endReceived: true });
    const done = stage.poll();
    assert.deepEqual(done.events, [{ type: "phase", phase: "done", cause: "complete", epoch: 1 }]);
    assert.deepEqual([done.packets, done.until], [[], undefined]);
  });

  test("rides with the tokens, with digest and code, before any ack", () => {
    const stage = new SenderStage();
    stage.push("a");
    stage.sender.abort(9, 0);
    assert.equal(stage.push("b"), "ended");
    stage.open();
    const { packets, events } = stage.poll();
    assert.equal(events[0]?.type === "phase" && events[0].phase, "ending");
    assert.deepEqual(range(packets[0]), [0, 2]);
    assert.equal(packets[0]?.end?.errorCode, 9);
    assert.equal(packets[0].end.reason, 6);
    stage.at(10000).ack({ next: 1, largest: 1 });
    assert.deepEqual(stage.run(200000).map(({ packet }) => range(packet))[0], [1, 2]);
  });

  test("stops every timer when it is acknowledged, whatever else the ack asks", () => {
    const stage = new SenderStage();
    stage.sender.finish(1, 0);
    stage.open();
    stage.poll();
    stage.at(1000).ack({ largest: 1, endReceived: true, kick: true, stop: 1 });
    const { events, packets, until } = stage.poll();
    assert.deepEqual(events.length, 1);
    assert.deepEqual([packets, until], [[], undefined]);
    assert.equal(stage.at(1e9).poll().packets.length, 0);
  });
});
