// What a receiver does with what it must not accept, and each cell of its state table.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { DiscardCode } from "../core/output.js";
import { phaseAfter, RECEIVER_TABLE, type ReceiverPhase, refusalOf } from "../core/phases.js";
import { CLOSE_CODES, type Packet } from "../wire/index.js";
import { ACCEPT, carrying, endOf, eventText, ReceiverRig, words } from "./receiver-rig.js";

const S = 1000000;
const TEXT = words("a", "b", "c");
const WRONG = { digest: new Uint8Array(16) };
const ACK = { nextIndex: 0, largest: 0, ranges: [], delayUs: 0, endReceived: false };

describe("discards leave no trace (ERR-1)", () => {
  const cases: readonly (readonly [code: DiscardCode, fields: Partial<Packet>])[] = [
    ["stream", { streamId: 8 }],
    ["direction", { ack: ACK }],
    ["direction", { ack: ACK, epoch: 9 }],
    ["direction", { open: { version: 1, nextIndex: 0, window: 1024, rttHintUs: 0 } }],
    ["epoch", { epoch: 2 }],
    ["epoch", { epoch: 2, close: { code: 1 } }],
    ["duplicate", { packetNumber: 1 }],
  ];
  for (const [code, fields] of cases) {
    test(`${code}: ${JSON.stringify(fields)}`, () => {
      const rig = ReceiverRig.active();
      const before = rig.receiver.snapshot(10);
      assert.equal(rig.give(fields, 10), code);
      assert.deepEqual(rig.receiver.snapshot(10), before);
      assert.deepEqual(rig.poll(10).datagrams, []);
    });
  }
  test("of bytes that are no packet", () => {
    const { receiver } = ReceiverRig.active();
    assert.equal(receiver.receive(new Uint8Array(0), 1), "size");
    assert.equal(receiver.receive(new Uint8Array(9), 1), "padding");
    assert.equal(receiver.receive(Uint8Array.of(0x10, 0x81, 0x00, 0x80), 1), "not-canonical");
    assert.equal(receiver.receive(Uint8Array.of(0x18, 0x01, 0x80), 1), "invalid");
  });
  test("by phase before epoch, once it is over", () => {
    const rig = ReceiverRig.active();
    rig.give({ close: { code: 6 } }, 1);
    assert.equal(rig.give({ epoch: 2 }, 2), "phase");
    assert.equal(rig.give({ ack: ACK }, 2), "direction");
  });
});

describe("violations fail the session with a Close (ERR-2)", () => {
  const large = { channel: 0, bytes: new Uint8Array(1024) };
  const cases: readonly (readonly [
    what: string,
    code: DiscardCode & keyof typeof CLOSES,
    before: readonly Partial<Packet>[],
    fields: Partial<Packet>,
  ])[] = [
    [
      "another byte (RCV-5)",
      "content-mismatch",
      [carrying(1, words("b"))],
      carrying(0, words("a", "x")),
    ],
    [
      "another channel (RCV-5)",
      "content-mismatch",
      [carrying(1, words("b"))],
      carrying(1, [{ channel: 1, bytes: Uint8Array.of(0x62) }]),
    ],
    ["an index too far (RCV-6)", "limit-exceeded", [], carrying(4096, words("x"))],
    [
      "more than the window (RCV-6)",
      "limit-exceeded",
      [carrying(1, [large])],
      carrying(2, [large]),
    ],
    ["two Ends (END-3)", "final-mismatch", [endOf(TEXT)], endOf(TEXT, { reason: 2 })],
    [
      "two error codes (END-3)",
      "final-mismatch",
      [endOf(TEXT, { reason: 6, errorCode: 1 })],
      endOf(TEXT, { reason: 6, errorCode: 2 }),
    ],
    ["two counts (END-3)", "final-mismatch", [endOf(TEXT)], endOf(TEXT, { finalCount: 4 })],
    ["two digests (END-3)", "final-mismatch", [endOf(TEXT)], endOf(TEXT, WRONG)],
    ["an End below what waits (END-3)", "final-mismatch", [carrying(5, words("x"))], endOf(TEXT)],
    ["an End below what was rendered (END-3)", "final-mismatch", [carrying(0, TEXT)], endOf([])],
    ["a token at the End (END-3)", "final-mismatch", [endOf(TEXT)], carrying(3, words("x"))],
    [
      "a token beyond the End beside it (END-3)",
      "final-mismatch",
      [],
      { ...carrying(0, words("a", "b", "c", "d")), ...endOf(TEXT) },
    ],
  ];
  const CLOSES = {
    "content-mismatch": CLOSE_CODES.CONTENT_MISMATCH,
    "limit-exceeded": CLOSE_CODES.LIMIT_EXCEEDED,
    "final-mismatch": CLOSE_CODES.FINAL_MISMATCH,
    "transcript-mismatch": CLOSE_CODES.TRANSCRIPT_MISMATCH,
  };

  for (const [what, code, before, fields] of cases) {
    test(what, () => {
      const rig = ReceiverRig.active({ window: 1500 });
      for (const packet of before) assert.equal(rig.give(packet, 10), undefined);
      rig.poll(10);
      const view = rig.receiver.view();
      assert.equal(rig.give(fields, 20), code);
      assert.deepEqual(rig.receiver.view(), { ...view, phase: "failed" });
      const { events, packets, until } = rig.poll(20);
      assert.deepEqual(events.map(eventText), [`failed by close-sent ${CLOSES[code]}`]);
      assert.deepEqual(
        packets.map(({ close, epoch, packetNumber }) => ({ close, epoch, packetNumber })),
        [{ close: { code: CLOSES[code] }, epoch: 1, packetNumber: 0 }],
      );
      assert.equal(until, undefined);
      assert.deepEqual(rig.poll(90 * S).packets, []);
    });
  }

  test("a wrong digest: what was there is rendered, then it fails (RCV-7)", () => {
    const rig = ReceiverRig.active();
    assert.equal(
      rig.give({ ...carrying(0, TEXT), ...endOf(TEXT, WRONG) }, 10),
      "transcript-mismatch",
    );
    const { events, packets } = rig.poll(10);
    assert.deepEqual(events.map(eventText), ["0: a b c", "failed by close-sent 10"]);
    assert.deepEqual(
      packets.map(({ close }) => close),
      [{ code: CLOSES["transcript-mismatch"] }],
    );
  });

  test("the End comes before contents, contents before limits (RCV-2)", () => {
    const rig = ReceiverRig.active({ window: 1024 });
    rig.give(carrying(1, words("b")), 10);
    const all = { ...carrying(1, [...words("x"), large]), ...endOf([]) };
    assert.equal(rig.give(all, 20), "final-mismatch");
    const other = ReceiverRig.active({ window: 1024 });
    other.give(carrying(1, words("b")), 10);
    assert.equal(other.give(carrying(1, [...words("x"), large]), 20), "content-mismatch");
  });

  test("a token that was rendered may come again with other bytes (RCV-5)", () => {
    const rig = ReceiverRig.active();
    rig.give(carrying(0, TEXT), 10);
    assert.equal(rig.give(carrying(0, words("x", "y", "z")), 20), undefined);
  });

  test("a Close is no larger than what it answers (ERR-3)", () => {
    const rig = ReceiverRig.active({ bucket: 64 });
    rig.give(carrying(4096, words("x")), 10);
    const [close] = rig.poll(10).datagrams;
    assert.ok(close && close.length < 20, `${close?.length}`);
  });
});

/** A receiver in each phase, its outputs taken. */
const IN_PHASE: Readonly<Record<ReceiverPhase, () => ReceiverRig>> = {
  opening: () => {
    const rig = new ReceiverRig();
    rig.poll(0);
    return rig;
  },
  active: () => ReceiverRig.active(),
  ending: () => after(endOf(TEXT)),
  draining: () => after({ ...carrying(0, TEXT), ...endOf(TEXT) }),
  closed: () => {
    const rig = after({ ...carrying(0, TEXT), ...endOf(TEXT) });
    rig.poll(10 * S);
    return rig;
  },
  failed: () => after({ close: { code: 6 } }),
};

function after(fields: Partial<Packet>): ReceiverRig {
  const rig = ReceiverRig.active();
  rig.give(fields, 0);
  rig.poll(0);
  return rig;
}

type Step = (rig: ReceiverRig, phase: ReceiverPhase) => string | undefined;

/** In `opening` a packet stands for one with Accept (Appendix D.2). */
const accepting = (phase: ReceiverPhase, fields: Partial<Packet>): Partial<Packet> =>
  phase === "opening" ? { ...ACCEPT, ...fields } : fields;

const TRIGGERS: Readonly<Record<keyof typeof RECEIVER_TABLE, Step>> = {
  accept: (rig) => rig.give(ACCEPT, 10 * S),
  packet: (rig) => rig.give({}, 10 * S),
  end: (rig, phase) => rig.give(accepting(phase, endOf(TEXT)), 10 * S),
  complete: (rig, phase) =>
    rig.give(accepting(phase, { ...carrying(0, TEXT), ...endOf(TEXT) }), 10 * S),
  violation: (rig, phase) => {
    const code = rig.give(accepting(phase, carrying(5000, words("x"))), 10 * S);
    return code === "limit-exceeded" || code === "final-mismatch" ? undefined : code;
  },
  close: (rig) => rig.give({ close: { code: 7 } }, 10 * S),
  stop: (rig) => rig.receiver.stop(1, 10 * S),
  "open-fail": () => undefined,
  idle: () => undefined,
  drain: () => undefined,
};

/** When the deadline of a trigger is past; other triggers are not waited for. */
const EXPIRES: Readonly<Record<string, number>> = {
  "open-fail": 5 * S,
  idle: 30 * S,
  drain: 10 * S,
};

describe("each cell of Appendix D.2", () => {
  for (const trigger of Object.keys(TRIGGERS) as (keyof typeof TRIGGERS)[]) {
    for (const phase of Object.keys(IN_PHASE) as ReceiverPhase[]) {
      if (Object.hasOwn(EXPIRES, trigger) && RECEIVER_TABLE[trigger][phase] === "-") continue;
      test(`${trigger} in ${phase}`, () => {
        const rig = IN_PHASE[phase]();
        assert.equal(rig.receiver.view().phase, phase);
        const refusal = refusalOf(RECEIVER_TABLE, trigger, phase);
        assert.equal(TRIGGERS[trigger](rig, phase), refusal);
        const { events } = Object.hasOwn(EXPIRES, trigger)
          ? rig.poll(EXPIRES[trigger] ?? 0)
          : { events: peek(rig) };
        const entered = events.flatMap((event) => (event.type === "phase" ? [event.phase] : []));
        const expected =
          refusal === undefined ? [phaseAfter(RECEIVER_TABLE, trigger, phase)].flat() : [];
        assert.deepEqual(
          entered,
          expected.filter((next) => next !== phase),
        );
        assert.equal(rig.receiver.view().phase, expected.at(-1) ?? phase);
      });
    }
  }
});

/** The events that wait, without the passage of time: the gate keeps the timers still. */
function peek(rig: ReceiverRig): ReturnType<ReceiverRig["poll"]>["events"] {
  rig.receiver.gate(false, 10 * S);
  return rig.poll(10 * S).events;
}
