import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { RangeSet } from "../core/range-set.js";

const MAX = Number.MAX_SAFE_INTEGER;

function setOf(numbers: readonly number[]): RangeSet {
  const set = new RangeSet();
  for (const number of numbers) if (!set.has(number)) set.add(number);
  return set;
}

/** RCV-1, slowly: a Set whose ranges are counted anew each time. */
class Twin {
  #members = new Set<number>();
  floor = 0;

  add(number: number): void {
    this.#members.add(number);
    const ranges = this.ranges();
    const lowest = ranges.at(-1);
    if (ranges.length <= 16 || lowest === undefined) return;
    this.floor = lowest.high;
    this.#members = new Set([...this.#members].filter((member) => member > lowest.high));
  }

  has(number: number): boolean {
    return number <= this.floor || this.#members.has(number);
  }

  ranges(): { low: number; high: number }[] {
    const ranges: { low: number; high: number }[] = [];
    for (const number of [...this.#members].sort((left, right) => right - left)) {
      const last = ranges.at(-1);
      if (last?.low === number + 1) last.low = number;
      else ranges.push({ low: number, high: number });
    }
    return ranges;
  }
}

describe("the set of accepted numbers (RCV-1)", () => {
  test("is what a plain set is, up to its floor", () => {
    const number = fc.oneof(
      fc.integer({ min: 1, max: 120 }),
      fc.integer({ min: MAX - 8, max: MAX }),
    );
    fc.assert(
      fc.property(fc.array(number, { maxLength: 150, size: "max" }), (numbers) => {
        const set = new RangeSet();
        const twin = new Twin();
        for (const one of numbers) {
          assert.equal(set.has(one), twin.has(one));
          if (set.has(one)) continue;
          set.add(one);
          twin.add(one);
          assert.deepEqual(set.ranges, twin.ranges());
          assert.equal(set.floor, twin.floor);
          assert.ok(set.ranges.length <= 16);
        }
        for (let probe = 1; probe <= 121; probe += 1) assert.equal(set.has(probe), twin.has(probe));
      }),
    );
  });

  test("does not grow, however many numbers there are", () => {
    const set = setOf(Array.from({ length: 5000 }, (_, place) => 1 + 2 * place));
    assert.equal(set.ranges.length, 16);
    assert.equal(set.floor, 1 + 2 * (5000 - 17));
    assert.equal(set.largest, 9999);
  });

  test("gives up a number at once that is the lowest of 17 ranges", () => {
    const set = setOf(Array.from({ length: 16 }, (_, place) => 10 + 2 * place));
    assert.equal(set.floor, 0);
    set.add(5);
    assert.equal(set.floor, 5);
    assert.ok(set.has(4));
    assert.ok(!set.has(6));
    assert.equal(set.ranges.length, 16);
  });

  test("joins what touches on both sides", () => {
    assert.deepEqual(setOf([1, 3, 2]).ranges, [{ low: 1, high: 3 }]);
    assert.deepEqual(setOf([MAX, MAX - 1]).ranges, [{ low: MAX - 1, high: MAX }]);
  });
});
