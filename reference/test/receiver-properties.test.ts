// Whatever arrives: no throw, bounded memory, the same answers again, and only what was sent is rendered.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { Receiver } from "../core/receiver.js";
import type { ReceiverEvent } from "../core/receiver-events.js";
import { encode, type Packet, PACKET_DEFAULTS } from "../wire/index.js";
import { datagram, senderPacket, tokens } from "./arbitraries.js";
import { ACCEPT, carrying, endOf, PAYLOAD, transcriptOf } from "./receiver-rig.js";

const S = 1000000;

/** A packet that this receiver takes for its own. */
const addressed = senderPacket().map((packet) =>
  encode({ ...packet, streamId: 7, epoch: 1, extensions: [] }, PAYLOAD),
);

/** Numbers and indexes near each other, so that packets meet. */
const near = fc
  .tuple(senderPacket(), fc.integer({ min: 1, max: 60 }), fc.nat(30), fc.boolean())
  .map(([packet, packetNumber, firstIndex, accepts]) => {
    const { end, runs } = packet;
    return encode(
      {
        ...packet,
        ...(end && { end: { ...end, finalCount: end.finalCount % 80 } }),
        streamId: 7,
        epoch: 1,
        extensions: [],
        packetNumber,
        firstIndex: runs.length === 0 ? 0 : firstIndex,
        ...(accepts && ACCEPT),
      },
      PAYLOAD,
    );
  });

const mutated = fc
  .tuple(fc.oneof(addressed, near), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }))
  .map(([bytes, changes]) => {
    const copy = bytes.slice();
    for (const [place, byte] of changes) copy[place % copy.length] = byte;
    return copy;
  });

const anything = fc.oneof(
  { weight: 4, arbitrary: near },
  { weight: 2, arbitrary: addressed },
  { weight: 1, arbitrary: mutated },
  { weight: 1, arbitrary: datagram() },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }) },
);

type Input =
  | { readonly type: "receive"; readonly bytes: Uint8Array }
  | { readonly type: "stop" | "poll" }
  | { readonly type: "gate"; readonly open: boolean };

const input: fc.Arbitrary<Input> = fc.oneof(
  { weight: 10, arbitrary: anything.map((bytes) => ({ type: "receive" as const, bytes })) },
  { weight: 1, arbitrary: fc.constant({ type: "stop" as const }) },
  { weight: 4, arbitrary: fc.constant({ type: "poll" as const }) },
  { weight: 1, arbitrary: fc.boolean().map((open) => ({ type: "gate" as const, open })) },
);
const schedule = fc.array(fc.tuple(input, fc.oneof(fc.nat(2000), fc.nat(4 * S))), {
  maxLength: 40,
  size: "max",
});

/** Runs a schedule; the log holds everything that came out. */
function run(
  steps: readonly (readonly [Input, number])[],
  look: (receiver: Receiver) => void,
): unknown[] {
  const receiver = new Receiver({ streamId: 7, epoch: 1, window: 1024 }, 0);
  const log: unknown[] = [];
  let now = 0;
  for (const [step, after] of steps) {
    now += after;
    if (step.type === "receive") log.push(receiver.receive(step.bytes, now));
    if (step.type === "stop") log.push(receiver.stop(1, now));
    if (step.type === "gate") receiver.gate(step.open, now);
    if (step.type === "poll") log.push(...outputs(receiver, now));
    look(receiver);
  }
  return log;
}

function outputs(receiver: Receiver, now: number): unknown[] {
  const list: unknown[] = [];
  for (;;) {
    const output = receiver.poll(now);
    list.push(output);
    if (output.type === "wait") return list;
    assert.ok(list.length < 200, "polling does not end");
  }
}

interface Looks {
  readonly accepted?: readonly unknown[];
  readonly waiting?: readonly { readonly index: number; readonly data: string }[];
  readonly closes: readonly unknown[];
  readonly nextIndex: number;
}

describe("whatever arrives", () => {
  test("a receiver never throws and stays within its limits (SEC-1)", () => {
    fc.assert(
      fc.property(schedule, (steps) => {
        run(steps, (receiver) => {
          const {
            accepted = [],
            waiting = [],
            closes,
            nextIndex,
          } = receiver.snapshot(1e15) as Partial<Looks> as Looks;
          assert.ok(accepted.length <= 16);
          assert.ok(closes.length <= 1);
          assert.ok(waiting.every(({ index }) => index > nextIndex && index < nextIndex + 4096));
          assert.ok(waiting.reduce((sum, { data }) => sum + data.length / 2, 0) <= 1024);
        });
      }),
      { numRuns: 400 },
    );
  });

  test("the same inputs have the same answers (STR-4)", () => {
    fc.assert(
      fc.property(schedule, (steps) => {
        const nothing = (): void => undefined;
        assert.deepEqual(run(steps, nothing), run(steps, nothing));
      }),
    );
  });
});

describe("tokens of one stream", () => {
  const cut = fc.record({ first: fc.nat(70), count: fc.nat(20), end: fc.boolean() });
  const arrival = fc.record({ place: fc.nat(60), polls: fc.boolean() });

  test("are rendered once, in order, as a prefix, however packets are lost, doubled and mixed", () => {
    fc.assert(
      fc.property(
        tokens(),
        fc.array(cut, { maxLength: 60, size: "max" }),
        fc.array(arrival, { maxLength: 90, size: "max" }),
        (list, cuts, arrivals) => {
          const packets = cuts.map(({ first, count, end }, place): Packet => {
            const from = Math.min(first, list.length);
            const part = carrying(from, list.slice(from, from + Math.min(count, 10)));
            const ending = end ? endOf(list) : {};
            return {
              ...PACKET_DEFAULTS,
              streamId: 7,
              epoch: 1,
              packetNumber: place + 1,
              ...ACCEPT,
              ...part,
              ...ending,
            };
          });
          const receiver = new Receiver({ streamId: 7, epoch: 1 }, 0);
          const events: ReceiverEvent[] = [];
          const take = (now: number): void => {
            for (
              let output = receiver.poll(now);
              output.type !== "wait";
              output = receiver.poll(now)
            ) {
              if (output.type === "event") events.push(output.event);
            }
          };
          for (const [now, { place, polls }] of arrivals.entries()) {
            const packet = packets[place];
            if (packet !== undefined && packet.runs.length <= 32) {
              const code = receiver.receive(encode(packet, PAYLOAD), now);
              assert.ok(code === undefined || code === "duplicate", code);
            }
            if (polls) take(now);
          }
          take(arrivals.length);

          const rendered = events.flatMap((event) => (event.type === "render" ? event.tokens : []));
          assert.deepEqual(rendered, list.slice(0, rendered.length));
          let next = 0;
          for (const event of events) {
            if (event.type !== "render") continue;
            assert.equal(event.index, next);
            next += event.tokens.length;
          }
          const { nextIndex, digest } = receiver.resumption();
          assert.equal(nextIndex, next);
          assert.deepEqual(digest, transcriptOf(rendered));
          const ends = events.filter(({ type }) => type === "end").length;
          assert.equal(ends, receiver.view().phase === "draining" ? 1 : 0);
        },
      ),
      { numRuns: 300 },
    );
  });
});
