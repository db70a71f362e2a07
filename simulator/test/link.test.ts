// The link: each trouble alone, then the promise that the k-th datagram has the same fate in every run.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Link, type LinkConfig } from "../link.js";
import { Prng } from "../prng.js";

const bytes = (...values: number[]) => Uint8Array.from(values);

interface Arrival {
  readonly at: number;
  readonly datagram: Uint8Array;
}

/** Polls at each deadline until nothing is under way. */
function drain(link: Link, from: number): Arrival[] {
  const arrivals: Arrival[] = [];
  let now = from;
  for (;;) {
    const output = link.poll(now);
    if (output.type === "deliver") arrivals.push({ at: now, datagram: output.datagram });
    else if (output.until === undefined) return arrivals;
    else now = output.until;
  }
}

/** Sends `count` datagrams of two bytes, their number inside, `spacing` apart; polls as time passes. */
function run(
  config: LinkConfig,
  options: { seed?: number; count?: number; spacing?: number } = {},
) {
  const { seed = 1, count = 1000, spacing = 1000 } = options;
  const link = new Link(config, Prng.fromSeed(seed));
  for (let i = 0; i < count; i += 1) link.send(bytes(i >> 8, i & 255), i * spacing);
  const arrivals = drain(link, (count - 1) * spacing);
  const numbers = arrivals.map(({ datagram }) => (datagram[0] ?? 0) * 256 + (datagram[1] ?? 0));
  return { numbers, arrivals, tally: link.tally() };
}

test("a clean link delivers each datagram once, in order, after its delay", () => {
  const link = new Link({ delayUs: 50_000 }, Prng.fromSeed(1));
  const sent = bytes(1, 2, 3);
  link.send(sent, 10);
  sent[0] = 9;
  link.send(bytes(4), 20);
  assert.deepEqual(link.poll(50_009), { type: "wait", until: 50_010 });
  assert.deepEqual(link.poll(50_010), { type: "deliver", datagram: bytes(1, 2, 3) });
  assert.deepEqual(link.poll(50_010), { type: "wait", until: 50_020 });
  assert.deepEqual(link.poll(90_000), { type: "deliver", datagram: bytes(4) });
  assert.deepEqual(link.poll(90_000), { type: "wait", until: undefined });
});

test("a late poll delivers everything that has arrived", () => {
  const { numbers } = run({ delayUs: 1 }, { count: 5 });
  assert.deepEqual(numbers, [0, 1, 2, 3, 4]);
});

test("jitter reorders only where it may", () => {
  const ascending = (numbers: number[]) => numbers.every((n, i) => i === 0 || n > numbers[i - 1]!);
  const jitter = { delayUs: 10_000, jitterUs: 20_000 };
  assert.equal(ascending(run({ ...jitter, reorders: false }).numbers), true);
  assert.equal(ascending(run({ ...jitter, reorders: true }).numbers), false);
  assert.equal(run({ ...jitter, reorders: true }).numbers.length, 1000);
});

test("loss, duplication and corruption happen as often as configured", () => {
  const { tally } = run(
    {
      delayUs: 0,
      lossPpm: 200_000,
      duplicatePpm: 100_000,
      flipPpm: 50_000,
      truncatePpm: 50_000,
    },
    { count: 10_000 },
  );
  assert.ok(Math.abs(tally.lost - 2000) < 200, `${tally.lost} lost`);
  assert.ok(Math.abs(tally.duplicated - 800) < 150, `${tally.duplicated} duplicated`);
  assert.ok(Math.abs(tally.corrupted - 780) < 150, `${tally.corrupted} corrupted`);
  assert.equal(tally.delivered, tally.sent - tally.lost + tally.duplicated);
});

test("a flip changes one bit, a truncation cuts the tail", () => {
  const sent = new Uint8Array(40).fill(0xaa);
  const flipping = new Link({ delayUs: 0, flipPpm: 1_000_000 }, Prng.fromSeed(5));
  flipping.send(sent, 0);
  const flipped = drain(flipping, 0)[0]!.datagram;
  const bits = flipped.map((byte, i) => byte ^ sent[i]!).filter((byte) => byte !== 0);
  assert.equal(flipped.length, 40);
  assert.equal(bits.length, 1);
  assert.equal(bits[0]! & (bits[0]! - 1), 0);

  const cutting = new Link({ delayUs: 0, truncatePpm: 1_000_000 }, Prng.fromSeed(5));
  cutting.send(sent, 0);
  const cut = drain(cutting, 0)[0]!.datagram;
  assert.ok(cut.length >= 1 && cut.length < 40);
  assert.deepEqual(cut, sent.slice(0, cut.length));

  const small = new Link(
    { delayUs: 0, truncatePpm: 1_000_000, flipPpm: 1_000_000 },
    Prng.fromSeed(5),
  );
  small.send(bytes(), 0);
  assert.deepEqual(
    drain(small, 0).map(({ datagram }) => datagram.length),
    [0],
  );
});

test("an outage loses what is sent from its start to just before its end", () => {
  const outages = [{ fromUs: 3000, untilUs: 6000 }];
  assert.deepEqual(run({ delayUs: 0, outages }, { count: 8 }).numbers, [0, 1, 2, 6, 7]);
});

test("a rate spaces datagrams and its queue drops the newest", () => {
  const rate = { bitsPerSecond: 8000, queueBytes: 10 }; // one byte a millisecond
  const link = new Link({ delayUs: 500, rate }, Prng.fromSeed(1));
  for (let i = 0; i < 4; i += 1) link.send(new Uint8Array(4).fill(i), 0);
  assert.equal(link.tally().dropped, 2);
  assert.deepEqual(link.poll(4499), { type: "wait", until: 4500 });
  link.send(new Uint8Array(4).fill(9), 4499); // the first has left, one waits
  const arrivals = drain(link, 4499);
  assert.deepEqual(
    arrivals.map(({ at, datagram }) => [at, datagram[0]]),
    [
      [4500, 0],
      [8500, 1],
      [12_500, 9],
    ],
  );
});

test("headers count against the rate", () => {
  const rate = { bitsPerSecond: 8000, queueBytes: 100, headerBytes: 28 };
  const link = new Link({ delayUs: 0, rate }, Prng.fromSeed(1));
  link.send(new Uint8Array(2), 0);
  assert.deepEqual(link.poll(0), { type: "wait", until: 30_000 });
});

const STORM: LinkConfig = {
  delayUs: 30_000,
  jitterUs: 20_000,
  reorders: true,
  lossPpm: 300_000,
  duplicatePpm: 50_000,
  flipPpm: 20_000,
  truncatePpm: 20_000,
};

test("the same seed gives the same weather, another seed another", () => {
  assert.deepEqual(run(STORM, { seed: 9 }), run(STORM, { seed: 9 }));
  assert.notDeepEqual(run(STORM, { seed: 9 }).numbers, run(STORM, { seed: 10 }).numbers);
});

test("raising one trouble leaves the others as they were", () => {
  const clean = run({ ...STORM, flipPpm: 0, truncatePpm: 0, duplicatePpm: 0 });
  const duplicating = run({ ...STORM, flipPpm: 0, truncatePpm: 0, duplicatePpm: 500_000 });
  assert.deepEqual(new Set(duplicating.numbers), new Set(clean.numbers));
  const paced = run({ ...STORM, flipPpm: 0, truncatePpm: 0, duplicatePpm: 0 }, { spacing: 10 });
  assert.deepEqual(new Set(paced.numbers), new Set(clean.numbers));
});

test("time never goes back", () => {
  const link = new Link({ delayUs: 0 }, Prng.fromSeed(1));
  link.poll(5);
  assert.throws(() => {
    link.send(bytes(1), 4);
  }, RangeError);
  assert.throws(() => link.poll(5.5), RangeError);
});
