// What a receiver does, by name: opening, rendering, acknowledging, ending, stopping. Kicks and silence
// are in receiver-timers.test.ts.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Receiver } from "../core/receiver.js";
import { ContractError, PACKET_DEFAULTS } from "../wire/index.js";
import { ACCEPT, carrying, endOf, ReceiverRig, transcriptOf, words } from "./receiver-rig.js";

const S = 1000000;
const MS = 1000;
const EMPTY = {};

describe("opening", () => {
  test("sends an Open at once and at 250, 750, 1750 and 3750 ms (OPN-1)", () => {
    const rig = new ReceiverRig({}, 5 * S);
    const opens: number[] = [];
    let at: number | undefined = 5 * S;
    let timer: string | undefined;
    while (at !== undefined && timer !== "open-fail") {
      const round = rig.poll(at);
      for (const packet of round.packets) {
        opens.push(at - 5 * S);
        assert.deepEqual(packet, {
          ...PACKET_DEFAULTS,
          streamId: 7,
          epoch: 1,
          packetNumber: opens.length,
          open: { version: 1, nextIndex: 0, window: 262144, rttHintUs: 0 },
        });
      }
      ({ until: at, timer } = round);
    }
    assert.deepEqual(
      opens.map((us) => us / MS),
      [0, 250, 750, 1750, 3750],
    );
    assert.equal(at, 10 * S);
    assert.deepEqual(rig.poll(10 * S - 1).events, []);
    assert.deepEqual(rig.events(10 * S), ["failed by open-timeout"]); // OPN-2
    assert.deepEqual(rig.poll(10 * S), {
      events: [],
      packets: [],
      datagrams: [],
      until: undefined,
      timer: undefined,
    });
  });

  test("polled late sends one Open for all times that have passed (STR-6)", () => {
    const rig = new ReceiverRig();
    const { packets, until, timer } = rig.poll(800 * MS);
    assert.equal(packets.length, 1);
    assert.deepEqual([until, timer], [1750 * MS, "open-retry"]);
    assert.equal(rig.poll(800 * MS).packets.length, 0);
  });

  test("says where it goes on from (OPN-3)", () => {
    const digest = transcriptOf(words("a", "b"));
    const config = { nextIndex: 2, digest, window: 4096, rttHintUs: 80000 };
    const [open] = new ReceiverRig(config).poll(0).packets;
    assert.deepEqual(open?.open, {
      version: 1,
      nextIndex: 2,
      prefixDigest: digest.slice(0, 16),
      window: 4096,
      rttHintUs: 80000,
    });
  });

  test("fails late rather than open again, however late it is polled (TIM-6)", () => {
    assert.deepEqual(new ReceiverRig().events(60 * S), ["failed by open-timeout"]);
  });

  test("discards a packet without Accept and stays (OPN-4)", () => {
    const rig = new ReceiverRig();
    rig.poll(0);
    assert.equal(rig.give(carrying(0, words("a")), 10), "unexpected");
    assert.deepEqual(rig.receiver.view(), { phase: "opening", nextIndex: 0, largest: 0 });
    assert.equal(rig.give({ ...ACCEPT, packetNumber: 1 }, 20), undefined);
    assert.deepEqual(rig.events(20), ["active by accept"]);
  });

  test("pads to its bucket (PKT-18)", () => {
    assert.equal(new ReceiverRig({ bucket: 64 }).poll(0).datagrams[0]?.length, 64);
  });
});

describe("rendering", () => {
  test("gives the contiguous prefix at once and lets the rest wait (RCV-4)", () => {
    const rig = new ReceiverRig();
    rig.poll(0);
    rig.give({ ...ACCEPT, ...carrying(0, words("The")) }, 10);
    assert.deepEqual(rig.events(10), ["active by accept", "0: The"]);
    rig.give(carrying(2, words("is", "blue")), 20);
    assert.deepEqual(rig.events(20), []);
    rig.give(carrying(0, words("The", "sky")), 30);
    assert.deepEqual(rig.events(30), ["1: sky is blue"]);
    assert.equal(rig.receiver.view().nextIndex, 4);
  });

  test("accepts packets in any order (RCV-3)", () => {
    const rig = ReceiverRig.active();
    rig.give({ ...carrying(1, words("b")), packetNumber: 9 }, 10);
    rig.give({ ...carrying(0, words("a")), packetNumber: 4 }, 20);
    assert.deepEqual(rig.events(20), ["0: a b"]);
    assert.equal(rig.receiver.view().largest, 9);
  });

  test("hands out tokens that do not share memory with the datagram", () => {
    const rig = ReceiverRig.active();
    rig.give(carrying(1, words("b")), 10);
    const [{ tokens } = { tokens: [] }] = [rig.receiver].flatMap(() => {
      rig.give(carrying(0, words("a")), 10);
      return rig.poll(10).events.flatMap((event) => (event.type === "render" ? [event] : []));
    });
    assert.deepEqual(tokens, words("a", "b"));
    tokens[0]?.bytes.fill(0);
    assert.deepEqual(rig.receiver.resumption().digest, transcriptOf(words("a", "b")));
  });

  test("discards what it has seen and what is too old, without an ack (RCV-1)", () => {
    const rig = ReceiverRig.active();
    assert.equal(rig.give({ packetNumber: 1 }, 10), "duplicate");
    assert.deepEqual(rig.poll(10).packets, []);
    for (let number = 3; number <= 3 + 2 * 15; number += 2) rig.give({ packetNumber: number }, 20);
    rig.poll(20);
    assert.equal(rig.give({ ...carrying(0, words("a")), packetNumber: 1 }, 30), "duplicate");
    assert.equal(rig.give({ packetNumber: 2 }, 30), undefined);
    assert.equal(rig.give({ packetNumber: 33 + 2 }, 40), undefined);
    assert.equal(rig.give({ packetNumber: 3 }, 40), "duplicate");
  });

  test("goes on after resuming, and says where to resume (OPN-3)", () => {
    const all = words("a", "b", "c", "d");
    const rig = ReceiverRig.active({ nextIndex: 2, digest: transcriptOf(all.slice(0, 2)) });
    rig.give({ ...carrying(0, all), ...endOf(all) }, 10);
    assert.deepEqual(rig.events(10), ["2: c d", "end 4 1 0", "draining by complete"]);
    assert.deepEqual(rig.receiver.resumption(), { nextIndex: 4, digest: transcriptOf(all) });
  });
});

describe("acknowledging", () => {
  test("answers all packets between two polls with one ack (ACK-1)", () => {
    const rig = ReceiverRig.active();
    rig.give(carrying(0, words("a")), 10);
    rig.give(carrying(1, words("b")), 30);
    const { packets } = rig.poll(130);
    assert.deepEqual(
      packets.map(({ packetNumber, ack, flags }) => ({ packetNumber, ack, flags })),
      [
        {
          packetNumber: 3,
          ack: { nextIndex: 2, largest: 3, ranges: [3], delayUs: 100, endReceived: false },
          flags: 0,
        },
      ],
    );
    assert.deepEqual(rig.poll(130).packets, []);
  });

  test("measures the delay from the largest number, not the latest packet (ACK-4)", () => {
    const rig = ReceiverRig.active();
    rig.give({ packetNumber: 9 }, 1000);
    const [ack] = rig.answer({ packetNumber: 5 }, 1700);
    assert.deepEqual(ack?.ack?.delayUs, 700);
    assert.deepEqual(ack.ack.ranges, [1, 3, 1, 3, 1]);
  });

  test("says that the End has come only when nothing is missing (ACK-2)", () => {
    const all = words("a", "b");
    const rig = ReceiverRig.active();
    const [early] = rig.answer({ ...carrying(1, all.slice(1)), ...endOf(all) }, 10);
    assert.deepEqual([early?.ack?.nextIndex, early?.ack?.endReceived], [0, false]);
    const [whole] = rig.answer(carrying(0, all), 20);
    assert.deepEqual([whole?.ack?.nextIndex, whole?.ack?.endReceived], [2, true]);
  });
});

describe("the end", () => {
  test("comes once, after the last token (RCV-8)", () => {
    const all = words("a", "b");
    const rig = ReceiverRig.active();
    rig.give({ ...carrying(0, all), ...endOf(all, { reason: 6, errorCode: 42 }) }, 10);
    rig.give(endOf(all, { reason: 6, errorCode: 42 }), 10);
    assert.deepEqual(rig.events(10), ["0: a b", "end 2 6 42", "draining by complete"]);
  });

  test("of a stream without tokens is like any other (END-4)", () => {
    const rig = new ReceiverRig();
    rig.poll(0);
    rig.give({ ...ACCEPT, ...endOf([]) }, 10);
    const { events, packets } = rig.poll(10);
    assert.deepEqual(
      events.map(({ type }) => type),
      ["phase", "end", "phase"],
    );
    assert.deepEqual([packets[0]?.ack?.nextIndex, packets[0]?.ack?.endReceived], [0, true]);
  });

  test("can come before tokens (D.2 end)", () => {
    const all = words("a");
    const rig = ReceiverRig.active();
    rig.give(endOf(all), 10);
    assert.deepEqual(rig.events(10), ["ending by end"]);
    assert.equal(rig.poll(10).until, 10 + 400 * MS);
    rig.give(carrying(0, all), 20);
    assert.deepEqual(rig.events(20), ["0: a", "end 1 1 0", "draining by complete"]);
  });

  test("is drained for 10 s after the last packet, each with an ack (END-6)", () => {
    const all = words("a");
    const rig = ReceiverRig.active();
    rig.answer({ ...carrying(0, all), ...endOf(all) }, 0);
    assert.deepEqual([rig.poll(0).until, rig.poll(0).timer], [10 * S, "drain"]);
    const nonsense = { ...carrying(0, words("zzz", "more")), ...endOf(words("q")) };
    const [ack] = rig.answer(nonsense, 9 * S);
    assert.deepEqual([ack?.ack?.largest, ack?.ack?.endReceived, ack?.flags], [3, true, 0]);
    assert.deepEqual(rig.events(19 * S - 1), []);
    rig.give(EMPTY, 19 * S - 1);
    rig.give({ packetNumber: 1 }, 29 * S - 1);
    assert.deepEqual(rig.events(29 * S - 1), ["closed by drained"]);
    assert.equal(rig.give(EMPTY, 29 * S), "phase");
  });
});

describe("stopping", () => {
  test("sends an ack with Stop at once and restarts the kicks (END-7, TIM-3)", () => {
    const rig = ReceiverRig.active();
    rig.poll(400 * MS);
    assert.equal(rig.receiver.stop(2, 500 * MS), undefined);
    const { packets, until } = rig.poll(500 * MS);
    assert.deepEqual(
      packets.map(({ stop, flags }) => ({ stop, flags })),
      [{ stop: { reason: 2 }, flags: 0 }],
    );
    assert.equal(until, 900 * MS);
  });

  test("rides in every packet until the End is held (END-7)", () => {
    const all = words("a");
    const rig = ReceiverRig.active();
    rig.receiver.stop(1, 0);
    assert.ok(rig.answer(carrying(0, all), 0)[0]?.stop);
    assert.ok(rig.poll(400 * MS).packets[0]?.stop);
    const [last] = rig.answer(endOf(all), 500 * MS);
    assert.equal(last?.stop, undefined);
    assert.equal(last?.ack?.endReceived, true);
  });

  test("while opening waits for the next Open (END-7)", () => {
    const rig = new ReceiverRig();
    rig.poll(0);
    rig.receiver.stop(3, 100 * MS);
    assert.deepEqual(rig.poll(100 * MS).packets, []);
    assert.deepEqual(rig.poll(250 * MS).packets[0]?.stop, { reason: 3 });
  });

  test("is refused the second time, after the End and after all (END-9)", () => {
    const all = words("a");
    const rig = ReceiverRig.active();
    assert.equal(rig.receiver.stop(1, 0), undefined);
    assert.equal(rig.receiver.stop(1, 0), "stopped");
    rig.answer(endOf(all), 0);
    assert.equal(rig.receiver.stop(1, 0), "ended");
    rig.answer(carrying(0, all), 0);
    assert.equal(rig.receiver.stop(1, 0), "ended");
    rig.poll(10 * S);
    assert.equal(rig.receiver.stop(1, 10 * S), "closed");
  });
});

describe("the gate", () => {
  test("while closed lets no datagram out and has no deadline, but events (BND-4)", () => {
    const rig = ReceiverRig.active();
    rig.receiver.gate(false, 0);
    rig.give(carrying(0, words("a")), 10);
    const { events, packets, until, timer } = rig.poll(10);
    assert.deepEqual([events.length, packets, until, timer], [1, [], undefined, undefined]);
    assert.deepEqual(rig.poll(60 * S).events, []);
  });
  test("when it opens lets out what is due (BND-4)", () => {
    const rig = ReceiverRig.active();
    rig.receiver.gate(false, 0);
    rig.give(EMPTY, 10);
    rig.poll(10);
    rig.receiver.gate(true, 20);
    assert.equal(rig.poll(20).packets.length, 1);
  });
  test("makes a Close forgotten at the next poll (ERR-4)", () => {
    const rig = ReceiverRig.active();
    rig.receiver.gate(false, 0);
    rig.give(carrying(4096, words("a")), 10);
    rig.poll(10);
    rig.receiver.gate(true, 20);
    assert.deepEqual(rig.poll(20).packets, []);
  });
});

describe("the caller's faults", () => {
  const codeOf = (call: () => unknown): string => {
    try {
      call();
    } catch (error) {
      return error instanceof ContractError ? error.code : "another error";
    }
    return "accepted";
  };
  test("are thrown and change nothing", () => {
    const { receiver } = ReceiverRig.active({}, 100);
    assert.equal(
      codeOf(() => receiver.poll(99)),
      "time-goes-back",
    );
    assert.equal(
      codeOf(() => receiver.receive(new Uint8Array(1), 100.5)),
      "time",
    );
    assert.equal(
      codeOf(() => {
        receiver.gate(true, -1);
      }),
      "time",
    );
    assert.equal(
      codeOf(() => receiver.stop(9, 100)),
      "stop-reason",
    );
    assert.equal(
      codeOf(() => new Receiver({ streamId: 0, epoch: 0 }, 0)),
      "config",
    );
    assert.equal(receiver.stop(1, 100), undefined);
  });
});
