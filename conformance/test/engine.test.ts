// The engine against handlers in this process: comparison is exhaustive both ways, an empty pass is no
// pass, and what is not claimed is not counted.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { StepResponse } from "../../vectors/generate/model/lines.js";
import {
  conform,
  type Case,
  type CaseResult,
  type FailureKind,
  type Handler,
  type JsonObject,
  type SessionCase,
} from "../index.js";

const ANSWER: StepResponse = {
  results: [null],
  outputs: [
    { type: "phase", phase: "active", cause: "accept" },
    { type: "render", index: "0", tokens: [{ data: "61" }, { channel: 1, data: "62" }] },
    { type: "transmit", datagram: "1001180242040802100180" },
  ],
  deadline: 500000,
  timer: "kick",
  view: { phase: "active", next_index: "2", largest: "1" },
};

const session: SessionCase = {
  ...{ type: "session", id: "test/session", role: "receiver", clauses: ["RCV-4"], why: "a test" },
  now: 0,
  config: {
    ...{ stream_id: 0, epoch: 1, next_index: "0", window: "262144" },
    ...{ max_payload: 1200, bucket: 1 },
  },
  steps: [
    {
      now: 100000,
      inputs: [{ at: 100000, type: "receive", datagram: "1001180180" }],
      expect: ANSWER,
    },
  ],
};

function port(roles: readonly string[], answers: Readonly<Record<string, object>>): Handler {
  return ({ id, cmd }) => {
    const hello = { ok: { name: "handler", version: "0", spec: 1, roles } };
    const outcome = cmd === "hello" ? hello : (answers[cmd as string] ?? { unsupported: "cmd" });
    return { id, ...outcome } as JsonObject;
  };
}

async function run(cases: readonly Case[], handler: Handler): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for await (const result of conform({ handler }, { cases })) results.push(result);
  return results;
}

async function step(answer: object): Promise<CaseResult> {
  const [result] = await run(
    [session],
    port(["receiver"], { new: { ok: {} }, step: { ok: answer } }),
  );
  assert.ok(result !== undefined);
  return result;
}

test("the expected answer passes, each comparison counted", async () => {
  const result = await step(ANSWER);
  assert.equal(result.verdict, "pass", result.failure?.summary);
  assert.equal(result.assertions, 1 + 4 + 3);
});

test("renders may be split and defaults written out", async () => {
  const [phase, , transmit] = ANSWER.outputs;
  const outputs = [
    phase,
    { type: "render", index: "0", tokens: [{ channel: 0, data: "61" }] },
    { type: "render", index: "1", tokens: [{ channel: 1, data: "62" }] },
    transmit,
  ];
  assert.equal((await step({ ...ANSWER, outputs })).verdict, "pass");
});

const [phase, render, transmit] = ANSWER.outputs;
const WRONG: readonly (readonly [what: string, kind: FailureKind, answer: object])[] = [
  ["an output too many", "unlisted-output", { outputs: [...ANSWER.outputs, transmit] }],
  ["an output missing", "missing-output", { outputs: [phase, render] }],
  ["outputs in another order", "wrong-output", { outputs: [render, phase, transmit] }],
  [
    "another token",
    "wrong-output",
    { outputs: [phase, { type: "render", index: "0", tokens: [{ data: "61" }] }, transmit] },
  ],
  [
    "renders that do not continue each other",
    "wrong-output",
    {
      outputs: [
        phase,
        { type: "render", index: "0", tokens: [{ data: "61" }] },
        { type: "render", index: "0", tokens: [{ channel: 1, data: "62" }] },
        transmit,
      ],
    },
  ],
  [
    "other bytes",
    "wrong-output",
    { outputs: [phase, render, { type: "transmit", datagram: "80" }] },
  ],
  ["a discard", "result", { results: ["duplicate"] }],
  ["no result", "result", { results: [] }],
  ["another view", "view", { view: { phase: "active", next_index: "1", largest: "1" } }],
  ["another deadline", "deadline", { deadline: 500001 }],
  ["no deadline", "deadline", { deadline: null }],
  ["another timer", "timer", { timer: "idle" }],
  ["a member that nobody knows", "bad-line", { extra: 1 }],
  ["a member missing", "bad-line", { view: undefined }],
];

for (const [what, kind, change] of WRONG) {
  test(`${what} fails as ${kind}`, async () => {
    const result = await step({ ...ANSWER, ...change });
    assert.equal(result.verdict, "fail");
    assert.equal(result.failure?.kind, kind, result.failure?.summary);
  });
}

test("a datagram that differs is told by its field", async () => {
  const other = "1001180242040803100180";
  const outputs = [phase, render, { type: "transmit", datagram: other }];
  const { failure } = await step({ ...ANSWER, outputs });
  assert.match(failure?.summary ?? "", /ack\.next_index must be "2", the port has "3"/);
});

test("a case that compares nothing cannot pass", async () => {
  const empty: Case = { ...session, steps: [] };
  const [result] = await run([empty], port(["receiver"], { new: { ok: {} } }));
  assert.equal(result?.failure?.kind, "no-assertion");
});

test("unsupported in a claimed role fails", async () => {
  const [result] = await run([session], port(["receiver"], {}));
  assert.equal(result?.failure?.kind, "unsupported");
});

test("what is not claimed is not run, and a claim without cases fails", async () => {
  const [first, second, third] = await run([session], port(["codec"], {}));
  assert.equal(first?.verdict, "not-run");
  assert.match(first.reason ?? "", /does not claim receiver/);
  assert.equal(second?.failure?.kind, "nothing-exercised");
  assert.equal(third, undefined);
});

test("a role that the kit does not know fails", async () => {
  const handler = port(["receiver", "psychic"], { new: { ok: {} }, step: { ok: ANSWER } });
  const [first, second] = await run([session], handler);
  assert.equal(first?.verdict, "pass");
  assert.equal(second?.failure?.kind, "nothing-exercised");
});

const invalid: Case = {
  ...{ type: "invalid", id: "test/invalid", role: "codec", clauses: ["ENC-4"], why: "a test" },
  ...{ datagram: "108100180180", code: "not-canonical", twin: "1001180180" },
};

test("who rejects everything fails by the twin, who accepts everything by the datagram", async () => {
  const [rejects] = await run([invalid], port(["codec"], { decode: { reject: "not-canonical" } }));
  assert.equal(rejects?.failure?.kind, "twin");
  const packet = { epoch: 1, packet_number: "1" };
  const [accepts] = await run([invalid], port(["codec"], { decode: { ok: { packet } } }));
  assert.equal(accepts?.failure?.kind, "accepted-invalid");
});

test("another code fails", async () => {
  const decode = (datagram: unknown): object =>
    datagram === invalid.datagram ? { reject: "invalid" } : { ok: { packet: {} } };
  const handler: Handler = (line) =>
    line.cmd === "hello"
      ? port(["codec"], {})(line)
      : ({ id: line.id, ...decode(line.datagram) } as JsonObject);
  const [result] = await run([invalid], handler);
  assert.equal(result?.failure?.kind, "wrong-code");
});

const refuse: Case = {
  ...{ type: "refuse", id: "test/refuse", role: "codec", clauses: ["ENC-8"], why: "a test" },
  ...{ packet: { packet_number: "1" }, code: "invalid", encode: { max_payload: 1200, bucket: 1 } },
  twinPacket: { epoch: 1, packet_number: "1" },
};

test("an encoder that refuses everything or nothing fails", async () => {
  const [nothing] = await run([refuse], port(["codec"], { encode: { ok: { datagram: "80" } } }));
  assert.equal(nothing?.failure?.kind, "encoded-invalid");
  const [everything] = await run([refuse], port(["codec"], { encode: { reject: "invalid" } }));
  assert.equal(everything?.failure?.kind, "twin");
});

test("a handler that throws fails its case", async () => {
  const handler: Handler = (line) => {
    if (line.cmd !== "hello") throw new Error("broken");
    return port(["receiver"], {})(line);
  };
  const [result] = await run([session], handler);
  assert.equal(result?.failure?.kind, "crash");
});
