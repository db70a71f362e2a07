// Runs as the tests of reports need them: one with everything in it, and one in which a port writes what
// would break out of a page, a document or a terminal.

import { encode, toHex } from "../../vectors/generate/model/codec.js";
import type { InputJson, OutputJson, StepResponse } from "../../vectors/generate/model/lines.js";
import type { PacketJson } from "../../vectors/generate/model/packet-json.js";
import type { CaseResult, InvalidCase, SessionCase } from "../index.js";
import { makeReport, type Report } from "../report/report.js";

/** What a port may write anywhere. */
export const HOSTILE =
  '</script><img src=x onerror=alert(1)>"><a href="http://evil.example/">&\u0000\u001b[31m\u202e\ud800\uffff]]>\'--><!--';

const datagram = (packet: PacketJson): string => toHex(encode({ epoch: 1, ...packet }, 1200, 1));
const receive = (at: number, packet: PacketJson): InputJson => {
  return { at, type: "receive", datagram: datagram(packet) };
};
const view = { phase: "active", next_index: "0", largest: "0" };
const silent = { results: [null], outputs: [], deadline: null, timer: null, view } as const;
const ack: OutputJson = {
  type: "transmit",
  datagram: datagram({ packet_number: "1", ack: { next_index: "2", largest: "3" } }),
};
const render: OutputJson = { type: "render", index: "0", tokens: [{ data: "61" }, { data: "62" }] };

/** A receiver that loses packet 2, accepts 3, discards 1 and sends an ack at last. */
export const session: SessionCase = {
  ...{ type: "session", id: "test/lost", role: "receiver", clauses: ["RCV-4", "ACK-1"] },
  why: "A port that `waits` shows nothing.",
  now: 0,
  config: {
    ...{ stream_id: 0, epoch: 1, next_index: "0", window: "262144" },
    ...{ max_payload: 1200, bucket: 1 },
  },
  steps: [
    { now: 1000, inputs: [receive(1000, { packet_number: "1" })], expect: silent },
    {
      now: 2500,
      inputs: [
        receive(2500, { packet_number: "3", runs: [{ data: "6162", lengths: [1, 1] }] }),
        receive(2500, { packet_number: "1" }),
      ],
      expect: { ...silent, results: [null, "duplicate"], outputs: [render, ack] },
    },
  ],
};

const invalid: InvalidCase = {
  ...{ type: "invalid", id: "test/invalid", role: "codec", clauses: ["ENC-4"], why: "a <test>" },
  ...{ datagram: "108100180180", code: "not-canonical", twin: "1001180180" },
  fields: [
    { hex: "108100", note: "epoch = 1, long" },
    { hex: "00".repeat(400), note: "  zeros" },
  ],
};

const hello = { name: "my-port", version: "1.2", spec: 1, roles: ["codec", "receiver"] };

/** The result of the session in which the ack is missing. */
export function missingAck(id: string, answer: StepResponse | undefined): CaseResult {
  const [first, second] = session.steps;
  const ok = (value: object | undefined): object =>
    value === undefined ? { type: "fault", text: "broken" } : { type: "ok", value };
  const exchange = [
    { request: { cmd: "step", ...first }, reply: ok(first?.expect) },
    { request: { cmd: "step", ...second }, reply: ok(answer) },
  ] as unknown as NonNullable<CaseResult["exchange"]>;
  return {
    ...{ id, role: "receiver", clauses: session.clauses, verdict: "fail", assertions: 5 },
    ...{ case: { ...session, id }, exchange },
    failure: {
      ...{ kind: "missing-output", summary: "the port does not emit a datagram that must come" },
      ...{ step: 1, field: "outputs[1]", expected: ack as never, got: null },
    },
  };
}

/** The answer of a port that sends no ack. */
export const withoutAck: StepResponse = {
  ...silent,
  results: [null, "duplicate"],
  outputs: [render],
};

/** A failure of a packet case in which the port wrote `text` wherever it can. */
export function invalidResult(id: string, text: string): CaseResult {
  return {
    ...{ id, role: "codec", clauses: invalid.clauses, verdict: "fail", assertions: 1 },
    case: { ...invalid, id },
    exchange: [
      {
        request: { cmd: "decode", datagram: invalid.datagram },
        reply: { type: "unsupported", what: text },
      },
    ],
    failure: {
      ...{ kind: "wrong-code", summary: `the port says ${text}`, field: text },
      ...{ expected: { reject: "not-canonical" }, got: { reject: text }, line: text },
      stderr: `Traceback\n\tat ${text}`,
    },
  };
}

/** A case that passed, and one that was not run. */
export const passed: CaseResult = {
  ...{ id: "test/pass", role: "codec", clauses: ["PKT-6"], verdict: "pass", assertions: 2 },
  case: { ...invalid, id: "test/pass" },
};
const notRun: CaseResult = {
  ...{ id: "test/idle", role: "sender-exact", clauses: ["SND-7"], verdict: "not-run" },
  ...{ assertions: 0, reason: "the port does not claim sender-exact" },
};

/** The report of some results. */
export function reportOf(results: readonly CaseResult[], more: object = {}): Report {
  return makeReport({
    ...{ hello, command: ["node", "my port.js"], results, seconds: 1.25, isSelection: false },
    ...more,
  });
}

/** A run with a case of every outcome. */
export const mixed: Report = reportOf(
  [passed, invalidResult("test/invalid", "size"), missingAck("test/lost", withoutAck), notRun],
  {
    seed: 7,
    diagnosis: {
      text: "Your port behaves like a mutant.",
      mutants: [{ id: "sends-no-ack", clause: "ACK-1", does: "sends no ack" }],
    },
  },
);

/** A run of a port that writes {@link HOSTILE} wherever it can. */
export const hostile: Report = reportOf(
  [
    invalidResult("test/invalid", HOSTILE),
    { ...invalidResult(`role/${HOSTILE}`, HOSTILE), role: HOSTILE, clauses: [] },
  ],
  {
    hello: { name: HOSTILE, version: HOSTILE, spec: 1, roles: ["codec", HOSTILE] },
    command: ["sh", "-c", HOSTILE],
    diagnosis: { text: HOSTILE, mutants: [{ id: HOSTILE, clause: "ACK-1", does: HOSTILE }] },
  },
);

/** A run with a failure that was expected, and with an expectation that does not hold. */
export const expected: Report = reportOf([passed, invalidResult("test/known", "size")], {
  expectations: {
    file: HOSTILE,
    expected: new Map([["test/known", { kind: "bug", reason: HOSTILE, issue: HOSTILE }]]),
    problems: [`there is no case ${HOSTILE}`],
  },
});

/** A run that was given up. */
export const givenUp: Report = reportOf([], { hello: undefined, givenUp: `no hello\n${HOSTILE}` });
