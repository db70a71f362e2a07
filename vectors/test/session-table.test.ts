// The session vectors against the state tables of SPEC Appendix D: every step that is one trigger goes
// where its cell says, and every cell that can be seen is seen.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { decode, fromHex } from "../generate/model/codec.js";
import type {
  InputJson,
  OutputJson,
  ReceiverViewJson,
  SenderViewJson,
} from "../generate/model/lines.js";
import type { PacketJson } from "../generate/model/packet-json.js";
import type { SessionCase } from "../generate/session/case.js";
import { SESSION_FILES } from "../generate/session/files.js";

const SPEC = readFileSync(fileURLToPath(new URL("../../../SPEC.md", import.meta.url)), "utf8");

/** A step as a trigger in a phase, and the cell that it shows. */
interface Observed {
  readonly phase: string;
  readonly trigger: string;
  readonly cell: string;
  readonly where: string;
}

/** A table of Appendix D: the cells by `trigger in phase`. */
function tableOf(heading: string): ReadonlyMap<string, string> {
  const from = SPEC.indexOf(heading);
  assert.ok(from > 0, heading);
  const section = SPEC.slice(from, SPEC.indexOf("\n\n", SPEC.indexOf("\n\n|", from) + 3));
  const [head = [], , ...rows] = section
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) => line.slice(2, -2).split(" | "));
  return new Map(
    rows.flatMap(([trigger = "", ...cells]) =>
      cells.map((cell, i) => [`${trigger} in ${head[i + 1] ?? ""}`, cell.trim()] as const),
    ),
  );
}

function packetOf(datagram: string): PacketJson | undefined {
  return decode(fromHex(datagram)).ok;
}

/** One input, or none, with what came of it. */
interface Event {
  readonly input: InputJson | undefined;
  readonly result: string | null;
  /** The phases entered by it, with the causes and the Close codes. */
  readonly entered: readonly Extract<OutputJson, { type: "phase" }>[];
  readonly before: SenderViewJson | ReceiverViewJson;
  readonly after: SenderViewJson | ReceiverViewJson;
  readonly where: string;
}

/** The views before the first step. */
const INITIALLY = {
  "sender-exact": { phase: "idle", epoch: 0, una: "0", hi: "0", n: "0" },
  receiver: { phase: "opening", next_index: "0", largest: "0" },
};

/** The inputs of a case of which it is plain what came of each. */
function eventsOf(one: SessionCase): Event[] {
  return one.steps.flatMap((step, i): Event[] => {
    const before = one.steps[i - 1]?.expect.view ?? INITIALLY[one.role];
    const { inputs, expect, now } = step;
    const entered = expect.outputs.filter((output) => output.type === "phase");
    const isPlain = inputs.length <= 1 || entered.length === 0;
    if (!isPlain || inputs.some(({ at }) => at !== now)) return [];
    const common = { entered, before, after: expect.view, where: `${one.id} at ${now}` };
    if (inputs.length === 0) return [{ ...common, input: undefined, result: null }];
    return inputs.map((input, at) => ({ ...common, input, result: expect.results[at] ?? null }));
  });
}

/** The phases that were entered, or the phase that stayed, or the refusal. */
function cellOf({ entered, result, after }: Event): string {
  if (entered.length > 0) return entered.map(({ phase }) => phase).join(", ");
  return result === null ? after.phase : `!${result}`;
}

/** Results that say nothing of the phase. */
const NOT_OF_THE_TABLE = [
  ...["!stream", "!direction", "!duplicate", "!full", "!stopped"],
  ...["!size", "!padding", "!not-canonical", "!over-limit", "!invalid"],
];

function senderTrigger({ input, result, entered, before, after }: Event): string | undefined {
  if (input === undefined || input.type === "gate") {
    return entered.length === 0 ? undefined : "silence";
  }
  if (input.type === "finish" || input.type === "abort") return "end";
  if (input.type !== "receive") return input.type;
  const packet = packetOf(input.datagram);
  if (packet === undefined) return undefined;
  if (packet.close !== undefined) return "close";
  if (packet.open !== undefined) {
    if (result === "refused-open") return "refuse-open";
    const isPresent = "epoch" in before && packet.epoch === before.epoch;
    if (isPresent) return packet.stop === undefined ? "reopen" : "stop";
    if (packet.stop !== undefined) return undefined;
    return after.phase === "ending" ? "attach-ended" : "attach";
  }
  const [closed] = entered.filter(({ cause }) => cause === "close-sent");
  if (closed !== undefined) return closed.code === 6 ? "invalid-ack" : "congestion";
  if (packet.ack?.end_received === true) return "complete";
  return packet.stop === undefined ? "ack" : "stop";
}

function receiverTrigger({ input, result, entered }: Event): string | undefined {
  const causes = entered.map(({ cause }) => cause);
  if (input === undefined || input.type === "gate") {
    if (causes.includes("idle")) return "idle";
    if (causes.includes("drained")) return "drain";
    return causes.includes("open-timeout") ? "open-fail" : undefined;
  }
  if (input.type === "stop") return "stop";
  if (input.type !== "receive") return undefined;
  const packet = packetOf(input.datagram);
  if (packet === undefined) return undefined;
  if (packet.close !== undefined) return "close";
  if (result !== null && result !== "phase" && result !== "unexpected") return "violation";
  if (causes.includes("complete")) return "complete";
  if (causes.includes("end") || packet.end !== undefined) return "end";
  return packet.accept === undefined ? "packet" : "accept";
}

function observe(role: SessionCase["role"]): Observed[] {
  const cases = SESSION_FILES.flatMap((file) => file.cases).filter((one) => one.role === role);
  return cases.flatMap(eventsOf).flatMap((event) => {
    const cell = cellOf(event);
    if (NOT_OF_THE_TABLE.includes(cell) || isOtherEpoch(cell, event)) return [];
    const trigger = role === "receiver" ? receiverTrigger(event) : senderTrigger(event);
    if (trigger === undefined) return [];
    // A wrong digest in `opening` is found after `active` has been entered.
    const shown = trigger === "violation" && cell === "active, failed" ? "failed" : cell;
    return [{ phase: event.before.phase, trigger, cell: shown, where: event.where }];
  });
}

/** `epoch` is a cell only before the first attachment, `unexpected` only in `opening`. */
function isOtherEpoch(cell: string, { before }: Event): boolean {
  if (cell === "!unexpected") return before.phase !== "opening";
  return cell === "!epoch" && !("epoch" in before && before.epoch === 0);
}

/** The same refusal for each of them, since the packet is not looked into. */
const ALIKE = {
  "sender-exact": [
    ["ack", "complete", "stop", "invalid-ack"],
    ["attach", "attach-ended", "reopen", "refuse-open"],
  ],
  receiver: [["accept", "packet", "end", "complete", "violation"]],
};

function check(heading: string, role: SessionCase["role"]): void {
  const table = tableOf(heading);
  const seen = new Set<string>();
  for (const { phase, trigger, cell, where } of observe(role)) {
    const key = `${trigger} in ${phase}`;
    const expected = table.get(key);
    const ended = cell === "!ended" && ["push", "end", "pause"].includes(trigger);
    if (ended) {
      assert.notEqual(phase, "closed", where); // The guard of the table: ended comes first.
      if (expected !== "!ended") continue;
    }
    assert.equal(cell, expected, `${key}, ${where}`);
    seen.add(key);
    if (!cell.startsWith("!") && phase !== "draining") continue; // It ignores the contents.
    for (const other of ALIKE[role].filter((group) => group.includes(trigger)).flat()) {
      if (table.get(`${other} in ${phase}`) === cell) seen.add(`${other} in ${phase}`);
    }
  }
  const unseen = [...table].filter(([key, cell]) => cell !== "-" && !seen.has(key));
  assert.deepEqual(unseen, []);
}

test("every cell of the sender's table is seen", () => {
  check("### D.1 Sender", "sender-exact");
});

test("every cell of the receiver's table is seen", () => {
  check("### D.2 Receiver", "receiver");
});
