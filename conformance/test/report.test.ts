// What a person reads: clauses as SPEC.md has them, failures on one screen, one for each kind, and a
// report that keeps its own schema.

import assert from "node:assert/strict";
import { test } from "node:test";
import { encode, toHex } from "../../vectors/generate/model/codec.js";
import type { InputJson, StepResponse } from "../../vectors/generate/model/lines.js";
import type { PacketJson } from "../../vectors/generate/model/packet-json.js";
import type { CaseResult, SessionCase } from "../index.js";
import { parseClauses } from "../report/clauses.js";
import { describeDatagram } from "../report/describe-packet.js";
import { failureText, replayCommand } from "../report/failure-text.js";
import { foldFailures } from "../report/folds.js";
import { makeReport, reportJson, type Report } from "../report/report.js";
import { paintFor, plain, wrap } from "../report/style.js";
import { reportText } from "../report/terminal.js";

const datagram = (packet: PacketJson): string => toHex(encode(packet, 1200, 1));

const silent: StepResponse = {
  ...{ results: [null], outputs: [], deadline: null, timer: null },
  view: { phase: "active", next_index: "0", largest: "0" },
};

function receive(at: number, packet: PacketJson): InputJson {
  return { at, type: "receive", datagram: datagram(packet) };
}

const session: SessionCase = {
  ...{ type: "session", id: "test/lost", role: "receiver", clauses: ["RCV-4"], why: "a test" },
  now: 0,
  config: {
    ...{ stream_id: 0, epoch: 1, next_index: "0", window: "262144" },
    ...{ max_payload: 1200, bucket: 1 },
  },
  steps: [
    { now: 1000, inputs: [receive(1000, { epoch: 1, packet_number: "1" })], expect: silent },
    {
      now: 2000,
      inputs: [receive(2000, { epoch: 1, packet_number: "3", runs: [{ data: "6869" }] })],
      expect: {
        ...silent,
        outputs: [
          { type: "render", index: "0", tokens: [{ data: "6869" }] },
          { type: "transmit", datagram: datagram({ epoch: 1, packet_number: "1", ack: {} }) },
        ],
      },
    },
    {
      now: 3000,
      inputs: [receive(3000, { epoch: 1, packet_number: "3" })],
      expect: { ...silent, results: ["duplicate"] },
    },
  ],
};

const failed: CaseResult = {
  ...{ id: session.id, role: session.role, clauses: session.clauses },
  ...{ verdict: "fail", assertions: 3, case: session, exchange: [] },
  failure: { kind: "missing-output", summary: "nothing came", step: 2, expected: 1, got: null },
};

test("clauses are paragraphs; continuation lines are joined, reasons kept apart", () => {
  const text =
    "## 1. A\n\n**PKT-1.** A decoder\nMUST x.\n*Untestable because* y\nz.\n\n### 1.1 B\n\n**PKT-2.** Q";
  const [first, second] = parseClauses(text).values();
  assert.deepEqual(first, {
    id: "PKT-1",
    section: "1. A",
    text: "A decoder MUST x.",
    untestable: "y z.",
  });
  assert.deepEqual(second, { id: "PKT-2", section: "1.1 B", text: "Q" });
});

function reportOf(command: readonly string[], results: readonly CaseResult[]): Report {
  const hello = { name: "p", version: "1", spec: 1, roles: ["receiver"] };
  return makeReport({ hello, command, results, seconds: 1, isSelection: false });
}

test("a failure fits a screen", () => {
  const report = reportOf(["node", "my port.js"], [failed]);
  const [fold] = foldFailures(report);
  assert.ok(fold !== undefined);
  const text = failureText(fold.first, report, plain);
  assert.ok(text.split("\n").length <= 24, text);
  assert.match(text, /RCV-4 {5}A receiver MUST render/);
  assert.match(text, /--only test\/lost -- node 'my port.js'/);
});

test("failures of one kind and clause are folded, in the order of the run", () => {
  const other: CaseResult = { ...failed, id: "test/other", clauses: ["RCV-5"] };
  const report = reportOf([], [failed, other, { ...failed, id: "test/again" }]);
  const folds = foldFailures(report);
  assert.deepEqual(
    folds.map(({ first, others }) => [first.id, others.length]),
    [
      ["test/lost", 1],
      ["test/other", 0],
    ],
  );
});

test("failures of the clause that is likely broken come first", () => {
  const other: CaseResult = { ...failed, id: "test/other", clauses: ["RCV-5"] };
  const mutants = [{ id: "m", clause: "RCV-5", does: "something" }];
  const report = { ...reportOf([], [failed, other]), diagnosis: { text: "It is m.", mutants } };
  assert.deepEqual(
    foldFailures(report).map(({ first }) => first.id),
    ["test/other", "test/lost"],
  );
});

test("a report keeps its schema, or there is none", () => {
  const passed: CaseResult = { ...failed, id: "test/good", verdict: "pass" };
  delete (passed as { failure?: unknown }).failure;
  const report = reportOf(["p"], [passed, failed]);
  assert.equal(report.verdict, "non-conformant");
  assert.equal(report.claim, undefined);
  assert.deepEqual(JSON.parse(reportJson(report)), report);
  assert.match(reportText(report, plain), /codec {9}not claimed|1 failed/);
  assert.throws(
    () => reportJson({ ...report, kit: 1 as unknown as string }),
    /report\.schema\.json/,
  );
});

test("what was not claimed is said and not counted", () => {
  const hello = { name: "p", version: "1", spec: 1, roles: ["codec"] };
  const idle: CaseResult = { ...failed, verdict: "not-run", assertions: 0 };
  const report = makeReport({
    ...{ hello, command: [], results: [idle], seconds: 0, isSelection: false },
  });
  const receiver = report.roles.find((role) => role.role === "receiver");
  assert.deepEqual([receiver?.claimed, receiver?.passed, receiver?.not_run], [false, 0, 1]);
  assert.deepEqual(report.clauses.exercised, []);
});

test("a datagram that cannot be read is described by its code", () => {
  assert.equal(describeDatagram("00"), "1 bytes, padding");
});

test("commands are quoted, long words cut, colours only where wanted", () => {
  assert.match(replayCommand("a/b", ["sh", "-c", "it's"]), /-- sh -c 'it'\\''s'$/);
  assert.equal(wrap("aaaa bb", 3, ">"), "aaa\n>a\n>bb");
  assert.equal(paintFor({ isTTY: true }, { NO_COLOR: "1" })("red", "x"), "x");
  assert.equal(paintFor({ isTTY: false }, {})("red", "x"), "x");
});
