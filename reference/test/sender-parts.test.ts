/** The parts of a sender by themselves: jitter, RTT, loss, breaker, the log and its lists. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { Breaker } from "../core/breaker.js";
import { SentRecords } from "../core/loss.js";
import { Outstanding } from "../core/outstanding.js";
import { jitter } from "../core/pacing.js";
import { Rtt } from "../core/rtt.js";
import { SlidingList } from "../core/sliding-list.js";
import { TokenLog } from "../core/token-log.js";
import type { Token } from "../core/output.js";
import type { Ack } from "../wire/index.js";
import { digestOf, token } from "./sender-stage.js";

function ackOf(largest: number, ranges: readonly number[] = []): Ack {
  return { nextIndex: 0, largest, ranges, delayUs: 0, endReceived: false };
}

describe("jitter", () => {
  // SPEC Appendix B
  const ANSWERS = [
    [1, 0, 1, 22929, 171972],
    [1, 0, 2, 22988, 172412],
    [1, 7, 2, 18105, 135791],
    [2, 7, 2, 19863, 148974],
    [4294967295, 4294967295, 4294967295, 16542, 124072],
    [1, 0, 4294967298, 22988, 172412],
    [1, 0, 9007199254740991, 23359, 175195],
  ] as const;
  for (const [epoch, streamId, nextNumber, short, long] of ANSWERS) {
    test(`epoch ${epoch}, stream ${streamId}, number ${nextNumber}`, () => {
      assert.equal(jitter(20000, { epoch, streamId, nextNumber }), short);
      assert.equal(jitter(150000, { epoch, streamId, nextNumber }), long);
    });
  }

  test("stays between 0.75 and 1.25", () => {
    const key = fc.record({ epoch: fc.nat(), streamId: fc.nat(), nextNumber: fc.maxSafeNat() });
    fc.assert(
      fc.property(key, fc.nat({ max: 150000 }), (each, duration) => {
        const spread = jitter(duration, each);
        return spread >= Math.floor(duration * 0.75) && spread <= duration * 1.25;
      }),
    );
  });
});

describe("RTT", () => {
  const estimate = ({ srttUs, rttvarUs, minrttUs, queueDelayUs }: Rtt) => [
    srttUs,
    rttvarUs,
    minrttUs,
    queueDelayUs,
  ];

  test("before a sample stands on the hint, clamped", () => {
    assert.deepEqual(estimate(new Rtt(0)), [333000, 166500, 0, 0]);
    assert.deepEqual(estimate(new Rtt(1)), [20000, 10000, 0, 0]);
    assert.deepEqual(estimate(new Rtt(45001)), [45001, 22500, 0, 0]);
    assert.deepEqual(estimate(new Rtt(1000001)), [1000000, 500000, 0, 0]);
  });

  test("follows samples by integer arithmetic", () => {
    const rtt = new Rtt(50000);
    rtt.sample(100003, 2, 0);
    assert.deepEqual(estimate(rtt), [100001, 50000, 100001, 0]); // var4 = 200002
    rtt.sample(60000, 0, 10);
    // var4 = 200002 - 50000 + 40001 = 190003; srtt8 = 800008 - 100001 + 60000 = 760007
    // frtt4 = 400004 - 100001 + 60000 = 360003
    assert.deepEqual(estimate(rtt), [95000, 47500, 60000, 30000]);
    rtt.sample(400000, 0, 20);
    // var4 = 190003 - 47500 + 305000; srtt8 = 760007 - 95000 + 400000; frtt4 = 360003 - 90000 + 4e5
    assert.deepEqual(estimate(rtt), [133125, 111875, 60000, 107500]);
  });

  test("clamps a sample", () => {
    const rtt = new Rtt(0);
    rtt.sample(5, 25000, 0);
    assert.deepEqual(estimate(rtt), [1, 0, 1, 0]);
    const slow = new Rtt(0);
    slow.sample(60000001, 0, 60000001);
    assert.equal(slow.srttUs, 60000000);
  });

  test("forgets a minimum after one to two periods", () => {
    const rtt = new Rtt(0);
    rtt.sample(100, 0, 1000);
    rtt.sample(500, 0, 30000999);
    assert.equal(rtt.minrttUs, 100);
    rtt.sample(400, 0, 30001000); // a period is over: 100 is now the previous minimum
    assert.equal(rtt.minrttUs, 100);
    rtt.sample(450, 0, 60000999);
    assert.equal(rtt.minrttUs, 100);
    rtt.sample(600, 0, 60001000);
    assert.equal(rtt.minrttUs, 400);
    rtt.sample(700, 0, 120001000); // two periods: nothing before counts
    assert.equal(rtt.minrttUs, 700);
  });
});

describe("records", () => {
  function filled(count: number, spacing = 100): SentRecords {
    const records = new SentRecords();
    for (let number = 1; number <= count; number += 1) {
      records.add({ number, sentAt: number * spacing, from: 0, to: 0 });
    }
    return records;
  }
  const numbers = (resolutions: ReturnType<SentRecords["resolve"]>) =>
    resolutions.map(({ record, isMiss }) => (isMiss ? -record.number : record.number));

  test("miss by the packet threshold, three and no less", () => {
    const records = filled(5);
    const largest = { number: 5, sentAt: 500 };
    assert.deepEqual(numbers(records.resolve(ackOf(5), largest, 1e6)), [-1, -2, 5]);
    assert.equal(records.lossRate, step(step(step(3277, 2048), 2048), 0));
    assert.deepEqual(numbers(records.resolve(ackOf(5, [1, 1, 1]), largest, 1e6)), [3]);
    assert.equal(records.sentAt(4), 400);
    assert.equal(records.sentAt(5), undefined);
  });

  test("miss by the time threshold, not at it", () => {
    const records = filled(2, 5000);
    const srttUs = 20003; // a quarter is 5000
    assert.deepEqual(numbers(records.resolve(ackOf(2), { number: 2, sentAt: 10000 }, srttUs)), [2]);
    const later = { number: 2, sentAt: 10001 };
    assert.deepEqual(numbers(records.resolve(ackOf(2), later, srttUs)), [-1]);
  });

  test("no time threshold while the largest was never on record", () => {
    const records = filled(2, 1e6);
    const unknown = { number: 2, sentAt: undefined };
    assert.deepEqual(numbers(records.resolve(ackOf(2), unknown, 1)), [2]);
  });

  test("ranges go down from the ack's own largest", () => {
    const records = filled(12, 0);
    const ack = ackOf(10, [2, 1, 7]);
    const known = { number: 12, sentAt: 0 };
    assert.deepEqual(numbers(records.resolve(ack, known, 0)), [1, 2, 3, 4, 5, 6, 7, -8, 9, 10]);
    assert.deepEqual(numbers(records.resolve(ackOf(0), known, 0)), []);
  });

  test("forgets the oldest of more than 1024", () => {
    const records = filled(1025);
    assert.equal(records.sentAt(1), undefined);
    assert.equal(records.sentAt(2), 200);
    assert.equal(records.snapshot(0).records.length, 1024);
  });

  function step(rate: number, miss: number): number {
    return rate - Math.floor(rate / 32) + miss;
  }
});

describe("breaker", () => {
  function fed(breaker: Breaker, hits: number, misses: number): Breaker {
    for (let each = 0; each < hits; each += 1) breaker.count(false);
    for (let each = 0; each < misses; each += 1) breaker.count(true);
    return breaker;
  }

  test("trips after three bad periods in a row", () => {
    const breaker = new Breaker(0);
    assert.equal(fed(breaker, 10, 10).trips(5000000), false);
    assert.equal(fed(breaker, 10, 10).trips(10000000), false);
    assert.equal(fed(breaker, 10, 10).trips(14999999), false); // not yet
    assert.equal(breaker.trips(15000000), true);
  });

  test("a good period clears the count, too few packets leave a period open", () => {
    const breaker = new Breaker(0);
    assert.equal(fed(breaker, 0, 20).trips(5000000), false);
    assert.equal(fed(breaker, 0, 20).trips(10000000), false);
    assert.equal(fed(breaker, 11, 10).trips(15000000), false); // 2 * 10 < 21
    assert.equal(fed(breaker, 0, 19).trips(25000000), false);
    assert.equal(fed(breaker, 0, 1).trips(26000000), false); // the first of three again
    assert.equal(fed(breaker, 0, 20).trips(31000000), false);
    assert.equal(fed(breaker, 0, 20).trips(36000000), true);
  });
});

describe("outstanding items", () => {
  test("are presumed lost up to the first that is held or was sent later", () => {
    const outstanding = new Outstanding(3);
    outstanding.carry(3, 6, 1, 10);
    outstanding.carry(6, 9, 2, 20);
    assert.equal(outstanding.presumedLostEnd(0), 3);
    assert.equal(outstanding.presumedLostEnd(1), 6);
    assert.equal(outstanding.presumedLostEnd(2), 9);
    outstanding.hold(7, 8);
    assert.equal(outstanding.presumedLostEnd(2), 7);
    outstanding.carry(4, 5, 3, 30);
    assert.equal(outstanding.presumedLostEnd(2), 4);
    assert.deepEqual(outstanding.oldest, {
      firstAt: 10,
      lastNumber: 1,
      lastAt: 10,
      isHeld: false,
    });
    outstanding.acknowledge(9);
    assert.equal(outstanding.oldest, undefined);
    assert.deepEqual([outstanding.una, outstanding.hi], [9, 9]);
  });
});

describe("sliding list", () => {
  test("behaves like an array that keeps its indexes", () => {
    const moves = fc.array(fc.record({ push: fc.nat({ max: 5 }), drop: fc.nat({ max: 6 }) }));
    fc.assert(
      fc.property(fc.nat({ max: 10 }), moves, (start, script) => {
        const list = new SlidingList<{ value: number }>(start);
        let low = start;
        let high = start;
        for (const { push, drop } of script) {
          for (let each = 0; each < push; each += 1) list.push({ value: high++ });
          low = Math.min(high, low + drop);
          list.dropBefore(low);
          assert.deepEqual([list.start, list.end], [low, high]);
          for (let index = low; index < high; index += 1) {
            assert.equal(list.at(index).value, index);
          }
          assert.throws(() => list.at(low - 1), /assertion/);
          assert.throws(() => list.at(high), /assertion/);
        }
      }),
    );
  });
});

describe("token log", () => {
  const limits = { bytesMax: 10, tokensMax: 4 };

  test("refuses what does not fit and changes nothing", () => {
    const log = new TokenLog(limits);
    assert.equal(log.append([token("aaaa"), token("bbbb")], 0), true);
    assert.equal(log.append([token("ccc")], 0), false);
    assert.equal(log.append([token("cc")], 0), true);
    assert.equal(log.append([token("d")], 3), true);
    assert.equal(log.base, 1); // one was enough
    assert.equal(log.append([token("eeee")], 1), false); // 4 + 2 + 1 + 4 bytes, none may go
    assert.deepEqual([log.base, log.n], [1, 4]);
    assert.equal(
      log.append([token("e"), token("f"), token("g"), token("h"), token("i")], 4),
      false,
    );
    assert.equal(log.append([token("e"), token("f"), token("g"), token("h")], 4), true);
    assert.deepEqual([log.base, log.n], [4, 8]);
  });

  test("keeps copies", () => {
    const log = new TokenLog(limits);
    const mine = token("a");
    log.append([mine], 0);
    mine.bytes[0] = 0;
    assert.deepEqual(log.token(0).bytes, token("a").bytes);
  });

  test("knows the digest of every index that it holds, wherever it was cut", () => {
    const log = new TokenLog({ bytesMax: 1e6, tokensMax: 300 });
    const all: Token[] = [];
    for (let count = 0; count < 1000; count += 1) {
      const next = { channel: count % 3, bytes: Uint8Array.of(count % 251, count % 7) };
      all.push(next);
      assert.ok(log.append([next], count));
      if (count % 97 !== 0) continue;
      for (let index = log.base; index <= log.n; index += 13) {
        assert.deepEqual(log.digest(index), digestOf(all.slice(0, index)));
      }
    }
    assert.deepEqual([log.base, log.n], [700, 1000]);
    assert.deepEqual(log.digest(700), digestOf(all.slice(0, 700)));
  });

  test("the tail is where window, count or stream end", () => {
    const log = new TokenLog({ bytesMax: 1e6, tokensMax: 10000 });
    assert.equal(log.tail(0, 1024), 0);
    for (let count = 0; count < 5000; count += 1) log.append([token("ab")], 0);
    assert.equal(log.tail(0, 1024), 512);
    assert.equal(log.tail(0, 1025), 512);
    assert.equal(log.tail(100, 1026), 613);
    assert.equal(log.tail(0, 1e6), 4096);
    log.finish(1, 0);
    assert.equal(log.tail(0, 1e6), 4096);
    assert.equal(log.tail(903, 1e6), 4999);
    assert.equal(log.tail(904, 1e6), 5001); // all tokens, so the End too
    assert.equal(log.tail(5000, 1024), 5001);
    assert.equal(log.tail(5001, 1024), 5001);
  });
});
