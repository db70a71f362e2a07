/** What a sender sends where not everything fits: SPEC 6.4 to 6.6, against a literal reading and by hand. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { emissionContents, presumedLostContents, type Supply } from "../core/contents.js";
import type { Token } from "../core/output.js";
import { Packing } from "../core/packing.js";
import { TokenLog } from "../core/token-log.js";
import { encode, type Packet, PACKET_DEFAULTS } from "../wire/index.js";
import { range, SenderStage } from "./sender-stage.js";

const big = (letter: string) => letter.repeat(1000);

describe("what does not fit", () => {
  test("leaves in a burst of at most 10, the next 10 not before an RTT", () => {
    const stage = new SenderStage();
    for (let count = 0; count < 12; count += 1) stage.push(big("x"));
    stage.open();
    const { packets } = stage.poll();
    assert.deepEqual(
      packets.map(range),
      Array.from({ length: 10 }, (_, index) => [index, index + 1]),
    );
    assert.deepEqual(
      packets.map(({ packetNumber }) => packetNumber),
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    );
    assert.ok(packets.every(({ accept }) => accept?.version === 1));
    const later = stage.run(332999);
    assert.deepEqual(
      later.filter(({ packet }) => range(packet)[0] >= 10).map(({ packet }) => range(packet)),
      [
        [10, 11],
        [11, 12],
      ],
      "one at a time before burstAt + srtt",
    );
  });

  test("is repeated as the oldest window", () => {
    const stage = new SenderStage();
    stage.push(big("a"), "bb", big("c"));
    stage.open();
    assert.deepEqual(stage.poll().packets.map(range), [
      [0, 2],
      [2, 3],
    ]);
    assert.deepEqual(stage.at(40000).poll().packets.map(range), [[0, 2]]);
  });

  test("starts as low as the last new item allows, so that unacknowledged ones ride along", () => {
    const stage = new SenderStage();
    stage.push(big("a"), "b", "c");
    stage.open();
    stage.poll();
    stage.at(100000).push("x".repeat(180));
    // [0, 4) does not fit, [1, 4) does
    assert.deepEqual(stage.poll().packets.map(range), [[1, 4]]);
  });

  test("adds the oldest window, last, once that is stale but an ack was heard", () => {
    const stage = SenderStage.attached({}, {}, 100000); // late and stale after 200000
    stage.at(500000).push(big("a"));
    stage.poll(); // 2: item 0
    stage.at(530000).push(big("b"));
    stage.poll(); // 3: item 1
    assert.deepEqual(stage.at(570000).poll().packets.map(range), [[0, 1]]); // 4
    stage.at(690000).ack({ largest: 3, delayUs: 30000 }); // news: late at 890000
    assert.deepEqual(stage.poll().packets, []);
    stage.at(770000).push(big("c"));
    assert.deepEqual(stage.poll().packets.map(range), [
      [2, 3],
      [0, 1],
    ]);
  });

  test("does not add it a microsecond before", () => {
    const stage = SenderStage.attached({}, {}, 100000);
    stage.at(500000).push(big("a"));
    stage.poll();
    stage.at(699999).push(big("b"));
    assert.deepEqual(stage.poll().packets.map(range), [[1, 2]]);
  });

  test("is the oldest window while overdue, new items or not", () => {
    const stage = new SenderStage();
    stage.push(big("a"));
    stage.open();
    stage.poll();
    stage.at(665999).push(big("b"));
    assert.deepEqual(stage.poll().packets.map(range), [[1, 2]]);
    stage.at(700000).push(big("c"));
    assert.deepEqual(stage.poll().packets.map(range), [[0, 1]]);
  });

  test("is split at the 33rd run", () => {
    const stage = new SenderStage();
    const tokens = Array.from({ length: 40 }, (_, channel) => ({
      channel,
      bytes: Uint8Array.of(1),
    }));
    stage.sender.push(tokens, 0);
    stage.open();
    assert.deepEqual(stage.poll().packets.map(range), [
      [0, 32],
      [32, 40],
    ]);
  });

  test("never is a single item: 1024 bytes with everything else in 1152", () => {
    const stage = new SenderStage({ maxPayload: 1152, bucket: 1024 });
    stage.sender.push([{ channel: 65535, bytes: new Uint8Array(1024).fill(1) }], 0);
    stage.sender.pause(0);
    stage.open();
    const { packets, datagrams } = stage.poll();
    assert.deepEqual(packets.map(range), [[0, 1]]);
    assert.equal(datagrams[0]?.length, 1152);
    stage.sender.finish(1, 0);
    assert.deepEqual(stage.at(30000).poll().packets.map(range), [[0, 2]]);
  });

  test("the End alone can be what is too much", () => {
    const stage = new SenderStage({ maxPayload: 1152 });
    stage.push("x".repeat(1024), "y".repeat(90));
    stage.sender.finish(1, 0);
    stage.open();
    assert.deepEqual(stage.poll().packets.map(range), [
      [0, 2],
      [2, 3],
    ]);
    assert.deepEqual(stage.at(400000).poll().packets.map(range), [[0, 2]]);
  });
});

describe("presumed lost", () => {
  test("is what lies before the first item that arrived or was sent later", () => {
    const stage = new SenderStage();
    stage.push(big("a"), big("b"), big("c"), big("d"));
    stage.open();
    assert.equal(stage.poll().packets.length, 4);
    stage.at(10000).ack({ next: 1, largest: 3, ranges: [1, 1, 1] });
    const before = stage.attachment();
    assert.deepEqual(stage.poll().packets.map(range), [[1, 2]]);
    const { lastFresh, isRepeated, lastSend } = stage.attachment();
    assert.deepEqual([lastFresh, isRepeated], [before.lastFresh, before.isRepeated]);
    assert.equal(lastSend, 0, "now");
  });

  test("is sent again in up to 10 windows, or in one soon after a burst", () => {
    const stage = new SenderStage();
    stage.push(...Array.from({ length: 10 }, () => big("x")));
    stage.open({ rttHintUs: 20000 });
    assert.equal(stage.poll().packets.length, 10);
    stage.at(19999).ack({ largest: 9, delayUs: 25001 });
    assert.deepEqual(stage.poll().packets.map(range), [[0, 1]], "the burst was at 0");
    const soon = SenderStage.attached({}, { rttHintUs: 20000 });
    soon.at(100000).push(...Array.from({ length: 10 }, () => big("x")));
    assert.equal(soon.poll().packets.length, 10); // 2 to 11
    soon.at(120000).ack({ largest: 9, delayUs: 25001 });
    assert.deepEqual(soon.poll().packets.map(range), [
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 4],
      [4, 5],
      [5, 6],
      [6, 7],
    ]);
  });

  test("is not judged by an ack that is behind", () => {
    const stage = new SenderStage();
    stage.push(big("a"), big("b"), big("c"));
    stage.open();
    stage.poll();
    stage.at(10000).ack({ next: 1, largest: 1 });
    stage.poll();
    stage.at(11000).ack({ next: 0, largest: 3 });
    assert.deepEqual(stage.poll().packets, []);
    stage.at(12000).ack({ next: 1, largest: 3 });
    assert.deepEqual(stage.poll().packets.map(range), [[1, 2]]);
  });

  test("carries Accept while that is not acknowledged", () => {
    const stage = new SenderStage();
    stage.push(big("a"), big("b"));
    stage.open();
    stage.poll();
    stage.open();
    stage.at(10000).ack({ largest: 2 });
    const { packets } = stage.poll();
    assert.deepEqual(packets.map(range), [[0, 1]]);
    assert.deepEqual(packets[0]?.accept, { version: 1 });
  });
});

describe("lean", () => {
  /** A path that queues for 300 ms and more, with item 1 on its way since `now`. */
  function queueing(): SenderStage {
    const stage = SenderStage.attached({}, {}, 50000);
    stage.push("a");
    stage.poll(); // 2
    stage.at(1000000).ack({ next: 1, largest: 2 });
    // s = 950000: frtt4 = 200000 - 50000 + 950000, qd = 275000 - 50000 = 225000
    stage.push("b");
    assert.deepEqual(stage.poll().packets.map(range), [[1, 2]]); // 3
    return stage;
  }

  test("leaves out what most likely waits in the queue", () => {
    const stage = queueing();
    stage.at(1200000).push("c");
    assert.deepEqual(stage.poll().packets.map(range), [[2, 3]]);
  });

  test("does not where nothing is new", () => {
    const stage = queueing();
    const [first] = stage.run(1400000);
    assert.deepEqual(range(first?.packet), [1, 2]);
  });

  test("ends when the oldest has been on its way for long", () => {
    // srtt8 = 400000 - 50000 + 950000: 162500; var4 = 100000 - 25000 + 900000: 243750
    const stage = queueing();
    stage.at(1000000 + 162500 + 4 * 243750).push("c");
    assert.deepEqual(stage.poll().packets.map(range), [[1, 3]]);
    const early = queueing();
    early.at(1000000 + 162500 + 4 * 243750 - 1).push("c");
    assert.deepEqual(early.poll().packets.map(range), [[2, 3]]);
  });

  test("is mended by R7 when a later packet arrives", () => {
    const stage = queueing();
    stage.at(1200000).push("c");
    stage.poll(); // 4: item 2 alone
    stage.at(1250000).ack({ next: 1, largest: 4 });
    assert.deepEqual(stage.poll().packets.map(range), [[1, 2]]);
    stage.at(1260000).ack({ next: 1, largest: 4 });
    assert.deepEqual(stage.poll().packets, [], "it was sent later than packet 4");
  });
});

/** SPEC C.1 `emission`, word for word and slow. Ranges fit if they encode. */
class Literal {
  constructor(
    readonly tokens: readonly Token[],
    readonly hasEnd: boolean,
    readonly frame: Packet,
    readonly maxPayload: number,
  ) {}

  fits(a: number, b: number, packetNumber: number): boolean {
    const runs: { channel: number; tokens: Uint8Array[] }[] = [];
    for (const { channel, bytes } of this.tokens.slice(a, b)) {
      if (runs.at(-1)?.channel === channel) runs.at(-1)?.tokens.push(bytes);
      else runs.push({ channel, tokens: [bytes] });
    }
    const n = this.tokens.length;
    const end = { finalCount: n, reason: 1, digest: new Uint8Array(16), errorCode: 0 };
    const firstIndex = runs.length > 0 ? a : 0;
    const packet = { ...this.frame, packetNumber, firstIndex, runs, ...(b > n && { end }) };
    try {
      return encode(packet, { maxPayload: this.maxPayload, bucket: 1 }).length > 0;
    } catch {
      return false;
    }
  }

  window(a: number, b: number, number: number): number {
    let w = a;
    while (w < b && this.fits(a, w + 1, number)) w += 1;
    return w;
  }

  emission(s: Supply): { list: number[][]; isBurst: boolean } {
    const lead = s.isLean ? s.hi : s.una;
    const list: number[][] = [];
    const next = () => s.nextNumber + list.length;
    if (this.fits(lead, s.tail, next())) return { list: [[lead, s.tail]], isBurst: false };
    if (s.isOverdue) return { list: [[s.una, this.window(s.una, s.tail, next())]], isBurst: false };
    if (s.hi >= s.tail) {
      return { list: [[s.una, this.window(s.una, s.tail, next())]], isBurst: false };
    }
    let a = lead; // a lower one would not count
    while (!this.fits(a, s.tail, next())) a += 1;
    const start = Math.max(lead, Math.min(s.hi, a));
    for (let x = start; x < s.tail && list.length < (s.mayBurst ? 10 : 1);) {
      const w = this.window(x, s.tail, next());
      list.push([x, w]);
      x = w;
    }
    const isBurst = list.length > 1;
    if (s.una < start && s.isOldestStale) {
      list.push([s.una, this.window(s.una, start, next())]);
    }
    return { list, isBurst };
  }
}

describe("contents", () => {
  const sizes = fc.oneof(
    fc.integer({ min: 1, max: 4 }),
    fc.integer({ min: 100, max: 300 }),
    fc.integer({ min: 1000, max: 1024 }),
  );
  const tokens = fc.array(fc.record({ channel: fc.nat({ max: 2 }), size: sizes }), {
    maxLength: 60,
  });
  const supply = fc.record({
    cuts: fc.tuple(fc.nat(), fc.nat(), fc.nat()),
    ahead: fc.constantFrom(0, 0, 100, 127, 2047),
    nextNumber: fc.constantFrom(1, 120, 16380),
    isEnded: fc.boolean(),
    hasAccept: fc.boolean(),
    isPaused: fc.boolean(),
    isLean: fc.boolean(),
    isOverdue: fc.boolean(),
    isOldestStale: fc.boolean(),
    mayBurst: fc.boolean(),
    maxPayload: fc.constantFrom(1152, 1200, 2000),
  });

  test("are those of the literal reading", () => {
    fc.assert(fc.property(tokens, supply, check), { numRuns: 400 });
  });

  type Given = typeof supply extends fc.Arbitrary<infer Value> ? Value : never;

  function check(list: readonly { channel: number; size: number }[], given: Given): void {
    const filler = Array.from({ length: given.ahead }, () => ({ channel: 0, size: 1 }));
    const all = [...filler, ...list].map(({ channel, size }, index) => ({
      channel,
      bytes: new Uint8Array(size).fill(index + 1),
    }));
    const log = new TokenLog({ bytesMax: 1e7, tokensMax: 65536 });
    assert.ok(log.append(all, 0));
    if (given.isEnded) log.finish(1, 0);
    const last = log.n + Number(given.isEnded);
    const cut = (part: number, from: number) => from + (part % (last - from + 1));
    const una = cut(given.cuts[0], Math.min(given.ahead, last));
    const hi = cut(given.cuts[1], una);
    const tail = cut(given.cuts[2], hi);
    const isOutstanding = una < hi;
    const state: Supply = {
      una,
      hi,
      tail,
      nextNumber: given.nextNumber,
      isLean: given.isLean && isOutstanding && hi < tail,
      isOverdue: given.isOverdue && isOutstanding,
      isOldestStale: given.isOldestStale && isOutstanding,
      mayBurst: given.mayBurst,
    };
    const { hasAccept, isPaused, maxPayload } = given;
    const frame = { streamId: 9, epoch: 300, hasAccept, isPaused };
    const packing = new Packing(log, frame, { maxPayload, bucket: 1 });
    const literal = new Literal(all, given.isEnded, packetFrame(given), maxPayload);

    const contents = emissionContents(state, packing);
    const expected = literal.emission(state);
    assert.deepEqual(
      contents.windows.map(({ from, to }) => [from, to]),
      expected.list,
    );
    assert.equal(contents.isBurst, expected.isBurst);
    contents.windows.forEach(({ from, to }, place) => {
      const datagram = packing.datagram(from, to, state.nextNumber + place);
      assert.ok(datagram.length <= maxPayload);
    });

    if (!isOutstanding) return;
    const lost = presumedLostContents(state, hi, packing).windows;
    let from = una;
    for (const window of lost) {
      const number = state.nextNumber + lost.indexOf(window);
      assert.deepEqual(window, { from, to: literal.window(from, hi, number) });
      from = window.to;
    }
    assert.ok(from === hi || lost.length === (state.mayBurst ? 10 : 1));
  }

  function packetFrame({ hasAccept, isPaused }: Given): Packet {
    const accept = hasAccept && { accept: { version: 1 } };
    return { ...PACKET_DEFAULTS, streamId: 9, epoch: 300, flags: isPaused ? 2 : 0, ...accept };
  }
});
