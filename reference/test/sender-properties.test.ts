/** What holds of a sender on any path and against any peer: SPEC 6, 12, 15. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { Sender } from "../core/sender.js";
import { encode, type Packet, PACKET_DEFAULTS } from "../wire/index.js";
import { drain, type Move, World, type WorldConfig } from "./sender-world.js";

const size = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 12 }) },
  { weight: 1, arbitrary: fc.constantFrom(200, 500, 1023, 1024) },
);
const push = fc.record({
  type: fc.constant("push" as const),
  sizes: fc.array(size, { maxLength: 12 }),
  channel: fc.nat({ max: 1 }),
});
const act: fc.Arbitrary<Move["act"]> = fc.oneof(
  { weight: 40, arbitrary: push },
  { weight: 2, arbitrary: fc.record({ type: fc.constantFrom("pause", "attach") }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constantFrom("finish", "stop") }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("gate" as const), open: fc.boolean() }) },
);
const moves = fc.array(
  fc.record({ afterUs: fc.constantFrom(0, 1_000, 15_000, 33_000, 400_000, 2_000_000), act }),
  { maxLength: 100, size: "max" },
);
const chance = (max: number) => fc.oneof(fc.constant(0), fc.nat({ max }));

function world(link: fc.Arbitrary<WorldConfig["link"]>): fc.Arbitrary<WorldConfig> {
  return fc.record({
    seed: fc.nat(),
    link,
    maxPayload: fc.constantFrom(1152, 1200),
    window: fc.constantFrom(1024, 4000, 262144),
    logBytes: fc.constantFrom(3000, 1048576),
    moves,
  });
}

const hostile = fc.record({
  delayUs: fc.constantFrom(1, 10_000, 80_000, 300_000),
  jitterUs: fc.constantFrom(0, 20_000, 90_000),
  reorders: fc.boolean(),
  lossPpm: chance(600_000),
  duplicatePpm: chance(200_000),
  flipPpm: chance(100_000),
  truncatePpm: chance(100_000),
});

describe("over a hostile link", () => {
  test("all that was pushed is rendered once and in order, and all of it once the link heals", () => {
    let wholes = 0;
    fc.assert(
      fc.property(world(hostile), (config) => {
        const played = new World(config);
        played.play();
        wholes += played.wholes;
      }),
      { numRuns: 150 },
    );
    assert.ok(wholes > 1000, `SND-11 was checked ${wholes} times only`);
  });

  test("that is thin and queues for seconds, too", () => {
    const rate = fc.record({
      bitsPerSecond: fc.constantFrom(16_000, 64_000),
      queueBytes: fc.constantFrom(3_000, 20_000),
      headerBytes: fc.constant(28),
    });
    const thin = fc.record({ delayUs: fc.constant(40_000), rate });
    fc.assert(
      fc.property(world(thin), (config) => {
        new World(config).play();
      }),
      { numRuns: 60 },
    );
  });
});

describe("against a receiver that sends what it likes", () => {
  const near = fc.oneof(fc.nat({ max: 12 }), fc.nat({ max: 80 }), fc.maxSafeNat());
  const ack = fc.record({
    nextIndex: near,
    largest: near,
    ranges: fc.constantFrom([], [1, 1, 1], [2], [3, 2, 1]),
    delayUs: fc.constantFrom(0, 1000, 25000, 25001, 4294967295),
    endReceived: fc.boolean(),
  });
  const open = fc.record({
    version: fc.constantFrom(1, 1, 1, 2),
    nextIndex: fc.constantFrom(0, 0, 0, 3),
    window: fc.constantFrom(1024, 16777216),
    rttHintUs: fc.constantFrom(0, 1, 4294967295),
  });
  const received = fc.record({
    epoch: fc.oneof(fc.constant("present" as const), fc.integer({ min: 1, max: 9 })),
    number: fc.oneof(fc.constant("next" as const), fc.integer({ min: 1, max: 99 })),
    flippedBit: fc.option(fc.nat({ max: 200 }), { freq: 6, nil: undefined }),
    body: fc.oneof(
      { weight: 8, arbitrary: fc.record({ ack, flags: fc.nat({ max: 1 }) }) },
      { weight: 2, arbitrary: fc.record({ open }) },
      { weight: 1, arbitrary: fc.constant({ close: { code: 8 } }) },
      { weight: 1, arbitrary: fc.record({ ack, stop: fc.constant({ reason: 1 }) }) },
    ),
  });
  const step = fc.record({
    afterUs: fc.constantFrom(0, 1, 10_000, 100_000, 900_000, 9_000_000),
    input: fc.oneof(
      { weight: 6, arbitrary: received },
      { weight: 6, arbitrary: push },
      { weight: 1, arbitrary: fc.constantFrom("pause", "finish", "shut", "unshut") },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }) },
    ),
    isPolled: fc.boolean(),
  });
  type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

  test("it never throws, keeps its bounds, answers little, and waits for what is to come", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 150, size: "max" }), (script) => {
        play(script);
      }),
      { numRuns: 400 },
    );
  });

  test("the same inputs at the same times give the same outputs", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80, size: "max" }), (script) => {
        assert.deepEqual(play(script), play(script));
      }),
      { numRuns: 60 },
    );
  });

  function play(script: readonly Step[]): unknown[] {
    const sender = new Sender({ streamId: 3, logBytes: 5000, logTokens: 64 });
    const said: unknown[] = [];
    let now = 0;
    let number = 0;
    let inputs = 0;
    for (const { afterUs, input, isPolled } of script) {
      now += afterUs;
      number += 1;
      inputs += 1;
      said.push(give(sender, input, number, now));
      if (!isPolled) continue;
      const { datagrams, events, until } = drain(sender, now);
      // SND-14, SND-15, ERR-4: a burst, the oldest window and the Closes that waited
      assert.ok(datagrams.length <= 11 + Math.min(4, inputs * 2), `${datagrams.length} datagrams`);
      said.push(datagrams, events, until);
      check(sender, now);
      inputs = 0;
    }
    return said;
  }

  function give(sender: Sender, input: Step["input"], number: number, now: number): unknown {
    if (input instanceof Uint8Array) return sender.receive(input, now);
    if (input === "pause") return sender.pause(now);
    if (input === "finish") return sender.finish(1, now);
    if (typeof input === "string") {
      sender.gate(input === "unshut", now);
      return undefined;
    }
    if ("type" in input) {
      const tokens = input.sizes.map((bytes) => ({ channel: 0, bytes: new Uint8Array(bytes) }));
      return sender.push(tokens, now);
    }
    const datagram = forged(input, sender.view().epoch, number);
    return datagram && sender.receive(datagram, now);
  }

  /** The datagram, unless it would not be a valid one: the decoder's tests have those. */
  function forged(
    { epoch, number, body, flippedBit }: Extract<Step["input"], { body: unknown }>,
    present: number,
    next: number,
  ): Uint8Array | undefined {
    const isClose = "close" in body;
    const packet: Packet = {
      ...PACKET_DEFAULTS,
      streamId: 3,
      epoch: epoch === "present" ? Math.max(1, present) : epoch,
      packetNumber: isClose ? 0 : number === "next" ? next : number,
      ...body,
    };
    try {
      const datagram = encode(packet, { maxPayload: 1200, bucket: 1 });
      if (flippedBit !== undefined) flip(datagram, flippedBit);
      return datagram;
    } catch {
      return undefined;
    }
  }

  function flip(datagram: Uint8Array, bit: number): void {
    const place = Math.floor(bit / 8) % datagram.length;
    datagram[place] = (datagram[place] ?? 0) ^ (1 << (bit % 8));
  }

  function check(sender: Sender, now: number): void {
    const { una, hi, n } = sender.view();
    assert.ok(una <= hi && hi <= n + 1);
    const { log, attachment, closes } = sender.snapshot(now) as {
      log: { base: number; n: number; heldBytes: number };
      attachment: { loss: { records: unknown[] } } | null;
      closes: unknown[];
    };
    assert.ok(log.heldBytes <= 5000 && log.n - log.base <= 64);
    assert.ok((attachment?.loss.records.length ?? 0) <= 1024);
    assert.deepEqual(closes, []);
  }
});
