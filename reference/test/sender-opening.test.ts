/** Attaching, resuming, refusing, ending and closing: SPEC 11, 13 and the table of Appendix D.1. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { SENDER_TABLE, type SenderPhase, type SenderTrigger } from "../core/phases.js";
import { Sender } from "../core/sender.js";
import { CLOSE_CODES, END_REASONS } from "../wire/index.js";
import { digestOf, items, range, SenderStage, token } from "./sender-stage.js";

describe("an Open", () => {
  test("attaches and takes epoch and place", () => {
    const stage = new SenderStage();
    stage.push("a", "b", "c");
    const prefixDigest = digestOf([token("a"), token("b")]);
    assert.equal(stage.open({ epoch: 5, nextIndex: 2, prefixDigest }), undefined);
    const { packets, events, epochs } = stage.poll();
    assert.deepEqual(events, [{ type: "phase", phase: "active", cause: "open", epoch: 5 }]);
    assert.deepEqual(items(packets[0]), { range: [2, 3], texts: ["c"] });
    assert.deepEqual([packets[0]?.epoch, packets[0]?.packetNumber, epochs], [5, 1, [5]]);
    assert.deepEqual(stage.sender.view(), { phase: "active", epoch: 5, una: 2, hi: 3, n: 3 });
  });

  test("of an ended stream leads to ending, with a Stop on top to nothing more", () => {
    const stage = new SenderStage();
    stage.sender.finish(1, 0);
    stage.open({ stop: 1 });
    assert.deepEqual(stage.poll().events, [
      { type: "phase", phase: "ending", cause: "open", epoch: 1 },
    ]);
  });

  test("with a Stop attaches, tells and ends, in this order", () => {
    const stage = new SenderStage();
    stage.push("a");
    stage.open({ stop: 3 });
    const { events, packets } = stage.poll();
    assert.deepEqual(events, [
      { type: "phase", phase: "active", cause: "open", epoch: 1 },
      { type: "stop", reason: 3 },
      { type: "phase", phase: "ending", cause: "stop", epoch: 1 },
    ]);
    assert.equal(packets[0]?.end?.reason, END_REASONS.STOPPED);
    assert.deepEqual(packets[0].end.digest, digestOf([token("a")]));
  });

  test("of the present epoch is answered without rewinding", () => {
    const stage = new SenderStage();
    stage.push("a", "b");
    stage.open();
    stage.poll();
    stage.at(10000).ack({ next: 1, largest: 1 });
    assert.equal(stage.open(), undefined);
    const { packets, events } = stage.poll();
    assert.deepEqual(events, []);
    assert.deepEqual(packets.map(range), [[1, 2]]);
    assert.deepEqual([packets[0]?.packetNumber, packets[0]?.accept], [2, { version: 1 }]);
    stage.at(20000).ack({ next: 1, largest: 1 });
    stage.push("c");
    assert.ok(stage.at(60000).poll().packets[0]?.accept, "packet 1 carried another Accept");
    stage.ack({ next: 1, largest: 2 });
    assert.equal(stage.run(500000)[0]?.packet.accept, undefined);
  });

  test("of the present epoch is discarded if old, or changed in any field", () => {
    const stage = new SenderStage();
    stage.push("a");
    const prefixDigest = digestOf([token("a")]);
    const open = { epoch: 1, nextIndex: 1, prefixDigest, window: 2000, rttHintUs: 5 };
    stage.open(open);
    stage.poll();
    assert.equal(stage.open({ ...open, number: 1 }), "duplicate");
    assert.equal(stage.open({ ...open, number: 9, window: 2001 }), "unexpected");
    assert.equal(stage.open({ ...open, number: 9, rttHintUs: 6 }), "unexpected");
    assert.equal(stage.open({ ...open, number: 9, prefixDigest: digestOf([]) }), "unexpected");
    assert.equal(stage.open({ epoch: 1, number: 9, window: 2000, rttHintUs: 5 }), "unexpected");
    assert.deepEqual(stage.poll().packets, []);
    assert.equal(stage.open({ ...open, number: 2 }), undefined, "none of them counted");
    assert.equal(stage.poll().packets.length, 1);
  });

  test("that is refused gets a Close and leaves the attachment alone", () => {
    const stage = new SenderStage({ logTokens: 2, bucket: 128 });
    stage.push("a", "b");
    stage.open({ epoch: 5 });
    stage.poll();
    stage.at(10000).ack({ next: 2, largest: 1 });
    stage.push("c");
    stage.poll();
    const before = stage.sender.snapshot(stage.now);
    const stranger = digestOf([token("x")]);
    const cases = [
      [{ epoch: 6, version: 2 }, CLOSE_CODES.VERSION],
      [{ epoch: 4, version: 2 }, CLOSE_CODES.VERSION],
      [{ epoch: 4 }, CLOSE_CODES.STALE_EPOCH],
      [{ epoch: 6, nextIndex: 4, prefixDigest: stranger }, CLOSE_CODES.MISMATCH],
      [{ epoch: 6 }, CLOSE_CODES.EXPIRED],
      [{ epoch: 6, nextIndex: 1, prefixDigest: stranger }, CLOSE_CODES.MISMATCH],
    ] as const;
    for (const [open, code] of cases) {
      stage.epoch = 5;
      assert.equal(stage.open({ ...open, number: 1 }), "refused-open");
      const { packets, epochs, events, datagrams } = stage.poll();
      assert.deepEqual([packets[0]?.close, packets[0]?.epoch], [{ code }, open.epoch]);
      assert.equal(packets[0]?.packetNumber, 0);
      assert.deepEqual([packets.length, epochs, events], [1, [open.epoch], []]);
      assert.equal(datagrams[0]?.length, 64, "bucket 128, but not above the Open's 64");
      assert.deepEqual(stage.sender.snapshot(stage.now), before);
    }
  });

  test("of a higher epoch supersedes the session and starts anew", () => {
    const stage = SenderStage.attached({}, {}, 10000);
    stage.push("a", "b");
    stage.poll();
    stage.at(50000);
    assert.equal(stage.open({ epoch: 9 }), undefined);
    const { packets, epochs, events } = stage.poll();
    assert.deepEqual(events, [{ type: "phase", phase: "active", cause: "open", epoch: 9 }]);
    assert.deepEqual(epochs, [1, 9]);
    assert.deepEqual(packets[0]?.close, { code: CLOSE_CODES.SUPERSEDED });
    assert.equal(packets[0].epoch, 1);
    assert.deepEqual([packets[1]?.packetNumber, packets[1]?.accept], [1, { version: 1 }]);
    assert.deepEqual(range(packets[1]), [0, 2]);
    assert.equal(stage.ack({ epoch: 1, next: 2, largest: 2 }), "epoch");
    assert.equal(stage.close(CLOSE_CODES.CONTENT_MISMATCH, 1), "epoch");
    assert.equal(stage.sender.view().una, 0);
  });

  test("resumes after detachment, with a higher epoch only, where the log has it", () => {
    const stage = new SenderStage({ logTokens: 3 });
    stage.push("a", "b");
    stage.open();
    stage.run(100000);
    stage.ack({ next: 2, largest: 1 });
    stage.at(40000000).poll();
    assert.equal(stage.sender.view().phase, "detached");
    assert.equal(stage.open(), "phase");
    assert.equal(stage.ack({ next: 2, largest: 1 }), "phase");
    stage.push("c", "d");
    assert.deepEqual(stage.poll().packets, []);
    assert.equal(stage.open({ epoch: 2 }), "refused-open", "token 0 was dropped");
    const prefixDigest = digestOf([token("a")]);
    assert.equal(stage.open({ epoch: 2, nextIndex: 1, prefixDigest }), undefined);
    const { packets } = stage.poll();
    assert.deepEqual(packets[0]?.close, { code: CLOSE_CODES.EXPIRED });
    assert.deepEqual(items(packets[1]), { range: [1, 4], texts: ["b", "c", "d"] });
  });

  test("reloads a stream that is done", () => {
    const stage = new SenderStage();
    stage.push("a");
    stage.sender.finish(1, 0);
    stage.open();
    stage.poll();
    stage.ack({ next: 1, largest: 1, endReceived: true });
    assert.equal(stage.poll().events[0]?.type, "phase");
    assert.equal(stage.open(), "phase");
    stage.at(1000000).open({ epoch: 2 });
    assert.deepEqual(stage.poll().packets.map(range), [[0, 2]]);
    assert.equal(stage.sender.view().phase, "ending");
  });

  test("starts anew with loss, RTT, the breaker and the pause's emission", () => {
    const stage = SenderStage.attached({}, {}, 50000);
    stage.sender.pause(stage.now);
    stage.open({ epoch: 2, rttHintUs: 40000 });
    const { packets, timer } = stage.poll();
    assert.equal(packets[1]?.flags, 2);
    assert.equal(timer, "idle");
    const { loss, breaker } = stage.sender.snapshot(50000).attachment as Record<string, unknown>;
    assert.deepEqual(loss, { lossRate: 3277, records: [[1, 0, 0, 0]] });
    assert.deepEqual(breaker, { periodStart: 0, resolved: 0, missed: 0, badPeriods: 0 });
  });
});

describe("Closes", () => {
  test("are at most 4 between two polls, the first ones", () => {
    const stage = SenderStage.attached();
    for (let version = 2; version <= 7; version += 1) stage.open({ epoch: version, version });
    assert.deepEqual(stage.poll().epochs, [2, 3, 4, 5]);
    assert.deepEqual(stage.poll().epochs, []);
  });

  test("from the receiver close for good", () => {
    const stage = SenderStage.attached();
    stage.push("a");
    assert.equal(stage.close(CLOSE_CODES.CONTENT_MISMATCH), undefined);
    const { events, packets, until } = stage.poll();
    const code = CLOSE_CODES.CONTENT_MISMATCH;
    assert.deepEqual(events, [
      { type: "phase", phase: "closed", cause: "close-received", code, epoch: 1 },
    ]);
    assert.deepEqual([packets, until], [[], undefined]);
    assert.equal(stage.push("b"), "closed");
    assert.equal(stage.sender.finish(1, 0), "closed");
    assert.equal(stage.sender.abort(1, 0), "closed");
    assert.equal(stage.sender.pause(0), "closed");
    assert.equal(stage.close(code), "phase");
    assert.equal(stage.ack({ epoch: 7 }), "phase", "before epoch");
    assert.equal(stage.open({ epoch: 9, version: 2 }), "refused-open");
    assert.deepEqual(stage.poll().packets[0]?.close, { code: CLOSE_CODES.EXPIRED });
  });

  test("before any attachment are of another epoch", () => {
    const stage = new SenderStage();
    assert.equal(stage.close(CLOSE_CODES.CONTENT_MISMATCH), "epoch");
  });
});

describe("what is not for a sender", () => {
  test("is discarded by stream, then direction", () => {
    const stage = SenderStage.attached();
    const open = { version: 1, nextIndex: 0, window: 2000, rttHintUs: 0 };
    assert.equal(stage.give({ streamId: 8, epoch: 1, packetNumber: 1 }), "stream");
    assert.equal(stage.give({ streamId: 8, epoch: 2, packetNumber: 1, open }), "stream");
    assert.equal(stage.give({ epoch: 9, packetNumber: 1 }), "direction");
    assert.equal(stage.give({ epoch: 1, packetNumber: 1, accept: { version: 1 } }), "direction");
    assert.equal(stage.sender.receive(Uint8Array.of(0), 0), "padding");
  });
});

describe("commands", () => {
  test("the first of finish, abort and Stop wins", () => {
    const stage = SenderStage.attached();
    stage.push("a");
    assert.equal(stage.ack({ stop: 2 }), undefined);
    assert.equal(stage.sender.finish(1, 0), "ended");
    assert.equal(stage.sender.abort(1, 0), "ended");
    assert.equal(stage.push(), "ended");
    stage.ack({ stop: 4 });
    assert.deepEqual(
      stage.poll().events.filter(({ type }) => type === "stop"),
      [{ type: "stop", reason: 2 }],
    );
  });

  test("throw for the caller's faults and change nothing", () => {
    const { sender } = SenderStage.attached();
    const before = sender.snapshot(0);
    const bad = (code: string) => ({ name: "ContractError", code });
    const long = { channel: 0, bytes: new Uint8Array(1025) };
    assert.throws(() => sender.push([token("a"), token("")], 0), bad("token"));
    assert.throws(() => sender.push([long], 0), bad("token"));
    assert.throws(() => sender.push([{ ...token("a"), channel: 65536 }], 0), bad("token"));
    assert.throws(() => sender.finish(3, 0), bad("end-reason"));
    assert.throws(() => sender.finish(6, 0), bad("end-reason"));
    assert.throws(() => sender.abort(0, 0), bad("error-code"));
    assert.throws(() => sender.poll(0.5), bad("time"));
    assert.deepEqual(sender.snapshot(0), before);
    sender.poll(10);
    assert.throws(() => sender.poll(9), bad("time-goes-back"));
    assert.throws(() => new Sender({ streamId: 0, maxPayload: 1151 }), bad("config"));
  });

  test("a full log refuses all of a push, and drops no more than it must", () => {
    const stage = new SenderStage({ logTokens: 3 });
    assert.equal(stage.push("a", "b"), undefined);
    assert.equal(stage.push("c", "d"), "full", "nothing is acknowledged yet");
    stage.open();
    stage.poll();
    stage.ack({ next: 1, largest: 1 });
    assert.equal(stage.push("c", "d", "e"), "full");
    assert.equal(stage.push("c", "d"), undefined);
    stage.open({ epoch: 2, nextIndex: 1, prefixDigest: digestOf([token("a")]) });
    assert.deepEqual(stage.sender.view(), { phase: "active", epoch: 2, una: 1, hi: 1, n: 4 });
  });
});

describe("Appendix D.1", () => {
  const PHASES: Record<SenderPhase, () => SenderStage> = {
    idle: () => new SenderStage(),
    active: () => SenderStage.attached(),
    ending: () => ended(SenderStage.attached()),
    done: () => {
      const stage = ended(SenderStage.attached());
      stage.at(20000).poll();
      stage.ack({ largest: 2, endReceived: true });
      return stage;
    },
    detached: () => {
      const stage = SenderStage.attached();
      stage.at(30000000).poll();
      return stage;
    },
    closed: () => {
      const stage = SenderStage.attached();
      stage.close(CLOSE_CODES.FINAL_MISMATCH);
      return stage;
    },
  };
  const TRIGGERS: Record<SenderTrigger, (stage: SenderStage) => string | undefined> = {
    push: (stage) => stage.push("a"),
    end: (stage) => stage.sender.finish(1, stage.now),
    pause: (stage) => stage.sender.pause(stage.now),
    attach: (stage) => stage.open({ epoch: 2 }),
    "attach-ended": (stage) => {
      stage.sender.finish(1, stage.now);
      return stage.open({ epoch: 2 });
    },
    reopen: (stage) => stage.open(),
    "refuse-open": (stage) => stage.open({ epoch: 2, version: 2 }),
    ack: (stage) => stage.ack({ largest: 1 }),
    complete: (stage) => {
      stage.at(stage.now + 30000).poll();
      return stage.ack({ largest: 2, endReceived: true });
    },
    stop: (stage) => stage.ack({ largest: 1, stop: 1 }),
    "invalid-ack": (stage) => stage.ack({ largest: 99 }),
    congestion: congested,
    close: (stage) => stage.close(CLOSE_CODES.LIMIT_EXCEEDED),
    silence: (stage) => {
      stage.at(stage.now + 30000000).poll();
      return undefined;
    },
  };

  for (const trigger of Object.keys(TRIGGERS) as SenderTrigger[]) {
    for (const phase of Object.keys(PHASES) as SenderPhase[]) {
      const cell: string = SENDER_TABLE[trigger][phase];
      if (cell === "-") continue;
      test(`${trigger} in ${phase}: ${cell}`, () => {
        const stage = PHASES[phase]();
        assert.equal(stage.sender.view().phase, phase);
        const refusal = TRIGGERS[trigger](stage);
        const isRefused = cell.startsWith("!");
        const code = trigger === "invalid-ack" && !isRefused ? "invalid-ack" : undefined;
        assert.equal(refusal, isRefused ? cell.slice(1) : code);
        assert.equal(stage.sender.view().phase, isRefused ? phase : cell);
      });
    }
  }

  function ended(stage: SenderStage): SenderStage {
    stage.sender.finish(1, stage.now);
    return stage;
  }

  /** Three bad periods: of each the last packet alone arrives. */
  function congested(stage: SenderStage): undefined {
    stage.push("x");
    for (let period = 0; period < 3; period += 1) {
      const sent = stage.run(stage.now + 5000000);
      stage.ack({ largest: sent.at(-1)?.packet.packetNumber ?? 0 });
    }
  }
});
