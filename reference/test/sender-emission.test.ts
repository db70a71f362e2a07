/** When a sender sends and what a datagram carries while everything fits: SPEC 6.1 to 6.4, 9. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { jitter } from "../core/pacing.js";
import { FLAGS } from "../wire/index.js";
import { items, range, SenderStage, STREAM_ID, token } from "./sender-stage.js";

/** The spacing of fresh packets before any queueing. */
function fresh(nextNumber: number): number {
  return jitter(20000, { epoch: 1, streamId: STREAM_ID, nextNumber });
}

describe("fresh", () => {
  test("the first token leaves with the Accept, at once", () => {
    const stage = new SenderStage();
    stage.push("The", " sky");
    stage.open();
    const { packets, events } = stage.poll();
    assert.equal(packets.length, 1);
    assert.deepEqual(packets[0]?.accept, { version: 1 });
    assert.deepEqual(items(packets[0]), { range: [0, 2], texts: ["The", " sky"] });
    assert.deepEqual(events, [{ type: "phase", phase: "active", cause: "open", epoch: 1 }]);
  });

  test("a later one after the jittered spacing, and every unacknowledged one with it", () => {
    const stage = new SenderStage();
    stage.push("a");
    stage.open();
    stage.poll();
    stage.at(5).push("b");
    assert.equal(fresh(2), 18105); // Appendix B
    assert.deepEqual(pick(stage), { packets: [], until: 18105, timer: "fresh" });
    stage.at(18104);
    assert.deepEqual(stage.poll().packets, []);
    stage.at(18105);
    const { packets } = stage.poll();
    assert.deepEqual(packets.map(range), [[0, 2]]);
    assert.equal(packets[0]?.packetNumber, 2);
    assert.deepEqual(packets[0].accept, { version: 1 }, "until it is acknowledged");
  });

  test("at once after a long silence, and once however late", () => {
    const stage = SenderStage.attached();
    stage.at(700000).push("a");
    assert.deepEqual(stage.poll().packets.map(range), [[0, 1]]);
    stage.push("b");
    stage.at(5000000);
    const { packets, until } = stage.poll();
    assert.deepEqual(packets.map(range), [[0, 2]]);
    assert.ok(until !== undefined && until > 5000000);
  });

  test("only what is not acknowledged is carried", () => {
    const stage = new SenderStage();
    stage.push("a", "b", "c");
    stage.open();
    stage.poll();
    stage.at(30000).ack({ next: 2, largest: 1 });
    stage.push("d");
    const { packets } = stage.poll();
    assert.deepEqual(items(packets[0]), { range: [2, 4], texts: ["c", "d"] });
    assert.equal(packets[0]?.accept, undefined, "a packet that carried it is acknowledged");
  });

  test("spacing rises with the queueing delay", () => {
    const stage = SenderStage.attached({}, {}, 50000);
    stage.push("a");
    stage.poll();
    stage.at(850000).ack({ next: 1, largest: 2 });
    // frtt4 = 200000 - 50000 + 800000: 237500, so qd = 187500 and D = 83750
    stage.push("b");
    assert.equal(stage.poll().packets.length, 1);
    stage.push("c");
    const spacing = jitter(83750, { epoch: 1, streamId: STREAM_ID, nextNumber: 4 });
    assert.deepEqual(pick(stage), { packets: [], until: 850000 + spacing, timer: "fresh" });
  });
});

describe("repeat", () => {
  test("once early, then slowly, then late and ever slower, then quietly, then detached", () => {
    const stage = new SenderStage();
    stage.push("a");
    stage.open();
    const sent = stage.run(29999999);
    const times = sent.map(({ at }) => at);
    // P = 3277: 40 ms after the fresh one; srtt = 333000: 416250 later; late at 666000; then srtt / 4
    assert.deepEqual(times.slice(0, 6), [0, 40000, 456250, 666000, 749250, 832500]);
    for (const { packet } of sent) assert.deepEqual(range(packet), [0, 1]);
    times.slice(1).forEach((at, place) => {
      const before = times[place]!;
      if (before < 666000) return;
      const growth = Math.min(125000, Math.floor(before / 24));
      const due = before + Math.max(83250, growth);
      assert.equal(at, due < 10000000 ? due : before + 1000000);
    });
    stage.at(30000000);
    const { events, until } = stage.poll();
    assert.deepEqual(events, [{ type: "phase", phase: "detached", cause: "silence", epoch: 1 }]);
    assert.equal(until, undefined);
  });

  test("the early one waits longer where little is lost, and not at all where the path queues", () => {
    const stage = SenderStage.attached({}, {}, 40000);
    // each hit lowers P by a 32nd: 3277 falls below 1966 with the 17th
    for (let number = 2; number <= 17; number += 1) {
      stage.now += 40000;
      stage.push("a");
      assert.equal(stage.poll().packets.length, 1);
      stage.now += 40000;
      stage.ack({ next: number - 1, largest: number });
    }
    stage.now += 40000;
    stage.push("b");
    const { until, timer } = stage.poll();
    assert.equal(timer, "repeat");
    assert.equal(until, stage.now + 50000, "tSlow is 5 * 40000 / 4, tOnce would be 150000");
  });

  test("an ack that is news puts it off, another does not", () => {
    const stage = new SenderStage();
    stage.push("a");
    stage.open();
    stage.poll();
    stage.at(40000).poll();
    stage.at(100000).ack({ largest: 1 }); // srtt 100000, late at 300000, tSlow at 165000
    assert.deepEqual(pick(stage), { packets: [], until: 165000, timer: "repeat" });
    stage.at(165000).poll();
    stage.at(290000).poll();
    stage.at(299999).ack({ largest: 1 });
    assert.equal(
      stage.poll().until,
      315000,
      "lastAck stays: late at 300000, srtt / 4 after 290000",
    );
  });

  test("the End is repeated like a token", () => {
    const stage = new SenderStage();
    stage.sender.finish(1, 0);
    stage.open();
    const sent = stage.run(40000);
    assert.deepEqual(
      sent.map(({ packet }) => range(packet)),
      [
        [0, 1],
        [0, 1],
      ],
    );
  });
});

describe("quiet", () => {
  test("holds kick answers, Accept and new tokens 1 s apart from 10 s on", () => {
    const stage = new SenderStage();
    stage.push("a");
    stage.open();
    stage.run(12500000);
    const before = stage.now + stage.attachment().lastSend;
    stage.ack({ kick: true });
    stage.push("b");
    stage.open();
    const { packets, until, timer } = stage.poll();
    assert.deepEqual([packets, timer], [[], "accept"]);
    assert.ok(until !== undefined);
    assert.equal(until, before + 1000000);
    const sent = stage.at(until).poll();
    assert.deepEqual(sent.packets.map(range), [[0, 2]]);
    assert.equal(sent.until, until + 1000000);
  });

  test("does not hold what was due before 10 s", () => {
    const stage = new SenderStage();
    stage.push("a");
    stage.open();
    const last = stage.run(9990000).at(-1);
    assert.ok(last);
    stage.at(10200000).ack({ kick: true }); // due 83250 after the last datagram, which is before 10 s
    assert.ok(last.at + 83250 < 10000000);
    assert.deepEqual(stage.poll().packets.map(range), [[0, 1]]);
  });
});

describe("kick", () => {
  test("is answered by an empty packet if there is nothing to send; kicks share an answer", () => {
    const stage = SenderStage.attached({}, {}, 100000);
    stage.at(500000).push("a");
    stage.poll();
    stage.at(500010).ack({ next: 1, largest: 2, delayUs: 25001, kick: true });
    // no sample was taken: srtt / 4 = 25000
    assert.deepEqual(pick(stage), { packets: [], until: 525000, timer: "kick" });
    stage.at(510000).ack({ next: 1, largest: 2, kick: true });
    const { packets, timer } = stage.at(525000).poll();
    assert.deepEqual(
      packets.map(({ packetNumber, firstIndex, runs, flags }) => [
        packetNumber,
        firstIndex,
        runs,
        flags,
      ]),
      [[3, 0, [], 0]],
    );
    assert.equal(timer, "idle");
  });

  test("is served by any emission, and counts as a repeat if nothing is new", () => {
    const stage = SenderStage.attached({}, {}, 100000);
    stage.at(500000).push("a");
    stage.ack({ largest: 1, kick: true });
    assert.deepEqual(stage.poll().packets.map(range), [[0, 1]]);
    assert.equal(stage.poll().timer, "repeat");
    stage.at(500001).ack({ largest: 1, kick: true });
    assert.deepEqual(pick(stage), { packets: [], until: 525000, timer: "kick" });
    assert.deepEqual(stage.at(525000).poll().packets.map(range), [[0, 1]]);
    assert.equal(stage.poll().until, 650000, "tSlow, for the early repeat is spent");
  });

  test("is due at 20 ms on a short path and later on one that queues", () => {
    const stage = SenderStage.attached({}, {}, 1000);
    stage.at(1500).ack({ largest: 1, kick: true });
    assert.equal(stage.poll().until, 20000);
  });
});

describe("pause", () => {
  test("is told 20 ms after the last datagram, once", () => {
    const stage = SenderStage.attached({}, {}, 10000);
    stage.sender.pause(stage.now);
    assert.equal(stage.sender.pause(stage.now), undefined);
    assert.deepEqual(pick(stage), { packets: [], until: 20000, timer: "pause" });
    const { packets, until, timer } = stage.at(20000).poll();
    assert.deepEqual(
      packets.map(({ flags, runs }) => [flags, runs]),
      [[FLAGS.PAUSED, []]],
    );
    assert.deepEqual([until, timer], [30010000, "idle"]);
  });

  test("rides on what comes first, and ends with the next token", () => {
    const stage = SenderStage.attached({}, {}, 10000);
    stage.push("a");
    stage.sender.pause(stage.now);
    assert.equal(stage.poll().timer, "fresh");
    assert.equal(stage.at(18105).poll().packets[0]?.flags, FLAGS.PAUSED);
    assert.notEqual(stage.poll().timer, "pause");
    assert.equal(stage.at(60000).poll().packets[0]?.flags, FLAGS.PAUSED, "repeats say so too");
    stage.push("b");
    assert.equal(stage.at(90000).poll().packets[0]?.flags, 0);
  });

  test("is not told once a push of anything came before, but an empty push is nothing", () => {
    const stage = SenderStage.attached({}, {}, 10000);
    stage.sender.pause(stage.now);
    stage.push();
    assert.equal(stage.poll().timer, "pause");
    stage.push("a");
    assert.equal(stage.poll().timer, "fresh");
    assert.equal(stage.at(20000).poll().packets[0]?.flags, 0);
  });

  test("ends with the stream", () => {
    const stage = SenderStage.attached({}, {}, 10000);
    stage.sender.pause(stage.now);
    stage.sender.finish(5, stage.now);
    assert.equal(stage.sender.pause(stage.now), "ended");
    assert.equal(stage.at(20000).poll().packets[0]?.flags, 0);
  });

  test("while not attached shows in the Accept and needs no emission", () => {
    const stage = new SenderStage();
    stage.sender.pause(0);
    stage.open();
    const { packets, timer } = stage.poll();
    assert.deepEqual([packets[0]?.flags, timer], [FLAGS.PAUSED, "idle"]);
  });
});

describe("gate", () => {
  test("closed: no datagram, no deadline, Closes forgotten; events are told", () => {
    const stage = new SenderStage();
    stage.push("a");
    stage.sender.gate(false, 0);
    stage.open({ version: 2 });
    stage.open();
    const { events, datagrams, until, timer } = stage.poll();
    assert.equal(events.length, 1);
    assert.deepEqual([datagrams, until, timer], [[], undefined, undefined]);
    stage.at(31000000).poll();
    assert.equal(stage.sender.view().phase, "active", "silence does not count");
    stage.sender.gate(true, stage.now);
    const reopened = stage.poll();
    assert.deepEqual(reopened.packets, [], "the Close is forgotten");
    assert.equal(reopened.events[0]?.type === "phase" && reopened.events[0].cause, "idle");
  });

  test("opened: what is due is sent, and that alone", () => {
    const stage = SenderStage.attached({}, {}, 10000);
    stage.sender.gate(false, 10000);
    stage.push("a");
    stage.at(500000).sender.gate(true, 500000);
    assert.deepEqual(stage.poll().packets.map(range), [[0, 1]]);
    stage.sender.gate(false, 500000);
    stage.sender.gate(true, 500000);
    assert.deepEqual(stage.poll().packets, []);
  });

  test("closed in the middle of a burst: the rest is lost", () => {
    const stage = new SenderStage();
    for (let count = 0; count < 5; count += 1) stage.push("x".repeat(1000));
    stage.open();
    assert.equal(stage.sender.poll(0).type, "event");
    assert.equal(stage.sender.poll(0).type, "transmit");
    stage.sender.gate(false, 0);
    assert.equal(stage.sender.poll(0).type, "wait");
    stage.sender.gate(true, 0);
    assert.equal(stage.sender.poll(0).type, "wait");
  });
});

describe("idle", () => {
  test("detaches 30 s after the last packet heard, if nothing is outstanding", () => {
    const stage = SenderStage.attached({}, {}, 10000);
    stage.at(20000000).ack({ largest: 1 });
    assert.deepEqual(pick(stage), { packets: [], until: 50000000, timer: "idle" });
    stage.at(49999999).poll();
    assert.equal(stage.sender.view().phase, "active");
    stage.push("a"); // too late for this round only if it cannot leave: it leaves
    assert.equal(stage.poll().packets.length, 1);
    assert.equal(stage.at(50000000).poll().events.length, 0);
  });

  test("comes before what is due at the same time", () => {
    const stage = SenderStage.attached();
    stage.at(30000000).push("a");
    const { events, packets } = stage.poll();
    assert.equal(events[0]?.type === "phase" && events[0].cause, "idle");
    assert.deepEqual(packets, []);
    assert.equal(stage.sender.push([token("b")], stage.now), undefined, "the log goes on");
  });
});

function pick(stage: SenderStage): object {
  const { packets, until, timer } = stage.poll();
  return { packets, until, timer };
}
