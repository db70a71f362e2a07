// Sessions between the model's own endpoints pass in every weather, and each kind of fault is found when
// a party is spoiled in one way.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ChildPort } from "../driver/child-port.js";
import { packagePath } from "../package-root.js";
import type { FaultKind } from "../pair/fault.js";
import type { Party, Side } from "../pair/party.js";
import { PRESETS } from "../pair/presets.js";
import { PLOTS, type Plot } from "../pair/script.js";
import { playSession, type SessionResult } from "../pair/session.js";
import { changed, eachOutput, modelParty, replied } from "./pair-parties.js";

const REFERENCE = packagePath("dist/conformance/ports/reference/main.js");
const NAMES = { sender: "A", receiver: "B" };

async function play(
  parties: Partial<Record<Side, Party>>,
  preset = "clean",
  plot: Plot = "finish",
): Promise<SessionResult> {
  const weather = PRESETS.find(({ name }) => name === preset);
  assert.ok(weather !== undefined);
  const both = { sender: modelParty(), receiver: modelParty(), ...parties };
  const size = { seed: 1, tokens: 60 };
  return playSession({ parties: both, names: NAMES, preset: weather, plot, ...size });
}

for (const { name } of PRESETS) {
  for (const plot of PLOTS) {
    test(`the model passes with itself: ${name}, ${plot}`, async () => {
      const { fault, pushed, carried, datagrams } = await play({}, name, plot);
      assert.equal(fault, undefined, fault?.summary);
      assert.ok(pushed > 0 && carried >= pushed && datagrams > 4);
    });
  }
}

for (const { name } of PRESETS) {
  test(`the model and the reference pass with each other: ${name}`, async (t) => {
    const reference = new ChildPort([process.execPath, REFERENCE]);
    t.after(() => reference.close());
    for (const side of ["sender", "receiver"] as const) {
      const { fault } = await play({ [side]: reference }, name);
      assert.equal(fault, undefined, fault?.summary);
    }
  });
}

test("the same seed gives the same session", async () => {
  assert.deepEqual(await play({}, "reorder"), await play({}, "reorder"));
});

async function expectFault(
  parties: Partial<Record<Side, Party>>,
  kind: FaultKind,
  summary: RegExp,
  preset = "clean",
  plot: Plot = "finish",
): Promise<SessionResult> {
  const result = await play(parties, preset, plot);
  assert.equal(result.fault?.kind, kind, result.fault?.summary);
  assert.match(result.fault.summary, summary);
  return result;
}

/** The datagram with its epoch, 1, written in two bytes, and one byte less of padding. */
const withLongEpoch = (datagram: string): string =>
  datagram.replace(/^(0807)?1001/, "$1108100").replace(/00$/, "");

const longEpochs = changed(
  modelParty(),
  eachOutput((output) =>
    output.type === "transmit" ? { ...output, datagram: withLongEpoch(output.datagram) } : output,
  ),
);

test("who sends what is not canonical is named", async () => {
  const { fault, trace } = await expectFault(
    { sender: longEpochs },
    "discarded",
    /^B discarded A's datagram as not-canonical$/,
  );
  assert.equal(fault?.code, "not-canonical");
  assert.match(fault.judgement ?? "", /ENC-4 .* A is wrong\.$/);
  const [stopped] = trace.filter(({ type }) => type === "datagram").slice(-2);
  assert.ok(stopped !== undefined);
  assert.ok(trace.some((entry) => entry.type === "datagram" && entry.stopped === "not-canonical"));
});

test("who discards what is canonical is named", async () => {
  const strict = changed(modelParty(), (answer) => ({
    ...answer,
    results: answer.results.map(() => "not-canonical"),
  }));
  const { fault } = await expectFault(
    { receiver: strict },
    "discarded",
    /^B discarded A's packet 1/,
  );
  assert.match(fault?.judgement ?? "", /B is wrong\.$/);
});

test("who takes what is not canonical is named", async () => {
  const lenient = changed(modelParty(), (answer) => ({
    ...answer,
    results: answer.results.map(() => null),
  }));
  await expectFault(
    { sender: longEpochs, receiver: lenient },
    "accepted-invalid",
    /^B accepted A's datagram, which must be discarded as not-canonical$/,
  );
});

test("a discard as duplicate of what is new is no discard of the path", async () => {
  const forgetful = changed(modelParty(), (answer, { now }) => ({
    ...answer,
    results: answer.results.map((result) => (now > 300_000 ? "duplicate" : result)),
  }));
  const { fault } = await expectFault({ receiver: forgetful }, "discarded", /as duplicate$/);
  assert.match(fault?.judgement ?? "", /^It is not so: B is wrong\.$/);
});

test("what is acknowledged and not rendered, and a token changed on its way out, are untrue", async () => {
  const mute = changed(
    modelParty(),
    eachOutput((output) => (output.type === "render" ? undefined : output)),
  );
  await expectFault({ receiver: mute }, "untrue", /^B sends an ack with next_index .*ACK-2/);
  const garbling = changed(modelParty(), (answer, request) => {
    const isPush = request.inputs.some(({ type }) => type === "push");
    return { ...answer, results: answer.results.map((result) => (isPush ? null : result)) };
  });
  const other: Party = {
    ask: (request) =>
      garbling.ask(
        request.cmd === "new"
          ? request
          : {
              ...request,
              inputs: request.inputs.map((input) =>
                input.type === "push" ? { ...input, tokens: [{ data: "78" }] } : input,
              ),
            },
      ),
  };
  await expectFault({ sender: other }, "untrue", /^A sends another token \d+ than was pushed/);
});

test("what is rendered out of order is no prefix", async () => {
  const shifted = changed(
    modelParty(),
    eachOutput((output) => (output.type === "render" ? { ...output, index: "1" } : output)),
  );
  await expectFault({ receiver: shifted }, "not-a-prefix", /^B renders from 1 having rendered 0/);
});

test("an End that is missing, early or other is wrong", async () => {
  const silent = eachOutput((output) => (output.type === "end" ? undefined : output));
  const receiver = changed(modelParty(), silent);
  await expectFault({ receiver }, "wrong-end", /^B is closed and has not delivered the End/);
  const other = eachOutput((output) => (output.type === "end" ? { ...output, reason: 2 } : output));
  await expectFault(
    { receiver: changed(modelParty(), other) },
    "wrong-end",
    /^B delivers an End of .* reason 2, error code 0, not of .* reason 1/,
  );
  const unasked = eachOutput((output) =>
    output.type === "stop" ? { ...output, reason: 1 } : output,
  );
  const sender = changed(modelParty(), unasked);
  await expectFault({ sender }, "wrong-end", /^A reports a Stop of reason 1/, "clean", "stop");
});

test("a command refused, a result too few", async () => {
  const full = changed(modelParty(), (answer, { inputs }) => ({
    ...answer,
    results: answer.results.map((code, at) => (inputs[at]?.type === "push" ? "full" : code)),
  }));
  await expectFault({ sender: full }, "refused", /^A refuses a push .* as full$/);
  const few = changed(modelParty(), (answer) => ({ ...answer, results: [] }));
  await expectFault({ sender: few }, "refused", /^A gives 0 results for 1 inputs$/);
});

test("a phase without cause", async () => {
  const failed = changed(modelParty(), (answer, { now }) =>
    now < 200_000 ? answer : { ...answer, view: { ...answer.view, phase: "failed" } },
  );
  await expectFault({ receiver: failed }, "wrong-phase", /^B is failed without cause/);
});

test("a deadline that has passed would be polled for ever", async () => {
  const hasty = changed(modelParty(), (answer, { now }) => ({ ...answer, deadline: now }));
  await expectFault({ receiver: hasty }, "busy", /^B, polled at 0 us, has its deadline/);
});

test("silence is a stall, found at once or when time is up", async () => {
  const quiet = changed(modelParty(), (answer) => ({ ...answer, outputs: [], deadline: null }));
  await expectFault({ receiver: quiet }, "stalled", /^nothing is under way/);
  const patient = changed(modelParty(), (answer, { now }) => ({
    ...answer,
    outputs: [],
    view: { ...answer.view, phase: "opening" },
    deadline: now + 1_000_000,
  }));
  await expectFault({ receiver: patient }, "stalled", /^not over within .* 0 of 60 tokens/);
});

test("a port that breaks is named with its last words", async () => {
  const reply = { type: "broken", breakdown: "crash", text: "the process ended" } as const;
  const dying = replied(modelParty(), (answer, { now }) =>
    now < 200_000 ? answer : { ...reply, stderr: "Segmentation fault" },
  );
  const { fault } = await expectFault({ sender: dying }, "broken", /^A broke: the process ended$/);
  assert.equal(fault?.stderr, "Segmentation fault");
  const faulty = replied(modelParty(), () => ({ type: "fault", text: "index out of range" }));
  await expectFault({ receiver: faulty }, "broken", /^B reports a fault: index out of range$/);
});
