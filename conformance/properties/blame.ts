// From where an answer differs from the model's to the clause that most likely is broken. What is named is
// where to look first; the difference itself is exact.

import type { InputJson, OutputJson, StepResponse } from "../../vectors/generate/model/lines.js";
import type { PacketJson } from "../../vectors/generate/model/packet-json.js";
import type { Failure } from "../engine/verdict.js";
import { normalOutputs } from "../engine/normal-form.js";
import { isSameOutput, read } from "./invariant.js";
import type { Script, ScriptStep } from "./script.js";

type Role = Script["role"];

/** A step in which a port differs, and the answer of the model to the step before. */
export interface Suspect {
  readonly role: Role;
  readonly step: ScriptStep;
  readonly expected: StepResponse;
  readonly got: StepResponse;
  readonly previous: StepResponse | undefined;
  readonly failure: Failure;
  /** Whether acks were accepted since a repeat was last where it must be. */
  readonly hasNews: boolean;
}

const TIMERS: Readonly<Record<Role, Readonly<Record<string, string>>>> = {
  sender: {
    ...{ detach: "TIM-1", idle: "TIM-2", "presumed-lost": "SND-17", accept: "OPN-8" },
    ...{ fresh: "SND-3", repeat: "SND-4", kick: "SND-5", pause: "SND-6" },
  },
  receiver: {
    ...{ drain: "END-6", idle: "TIM-5", "open-fail": "OPN-2", "open-retry": "OPN-1" },
    ...{ kick: "TIM-3" },
  },
};

const CAUSES: Readonly<Record<Role, Readonly<Record<string, string>>>> = {
  sender: {
    ...{ open: "OPN-7", finish: "END-1", abort: "END-1", stop: "END-8", complete: "END-5" },
    ...{ silence: "TIM-1", idle: "TIM-2", "close-sent": "ERR-6", "close-received": "ERR-5" },
  },
  receiver: {
    ...{ accept: "OPN-4", end: "RCV-8", complete: "END-6", drained: "END-6", idle: "TIM-5" },
    ...{ "open-timeout": "OPN-2", "close-sent": "ERR-2", "close-received": "ERR-5" },
  },
};

const CODES: Readonly<Record<Role, Readonly<Record<string, string>>>> = {
  sender: {
    ...{ duplicate: "ACK-6", unexpected: "OPN-9", "invalid-ack": "ACK-7", "refused-open": "OPN-6" },
    ...{ epoch: "OPN-12", full: "SND-19", ended: "SND-20", closed: "SND-20", invalid: "STR-3" },
  },
  receiver: {
    ...{ duplicate: "RCV-1", unexpected: "OPN-4", epoch: "OPN-12", "final-mismatch": "END-3" },
    ...{ "content-mismatch": "RCV-5", "limit-exceeded": "RCV-6", "transcript-mismatch": "RCV-7" },
    ...{ stopped: "END-9", ended: "END-9", closed: "END-9" },
  },
};

/** Above it a kick comes of a pause. */
const KICK_MAX_US = 3_000_000;

const CODEC = new Set(["size", "padding", "not-canonical", "over-limit", "invalid"]);

/** Close codes that a sender sends, by the clause that asks for them. */
const CLOSES: readonly string[] = [
  ...["", "OPN-6", "OPN-6", "OPN-6", "OPN-6", "OPN-10", "ACK-7", "CC-2"],
  ...["RCV-5", "END-3", "RCV-7", "RCV-6"],
];

/** Beginnings of places in a packet, the longer first, by the clause that says what stands there. */
const PLACES: Readonly<Record<Role, readonly (readonly [place: string, clause: string])[]>> = {
  sender: [
    ...([
      ["packet_number", "SND-2"],
      ["first_index", "SND-11"],
      ["runs", "SND-11"],
    ] as const),
    ...([
      ["end.digest", "END-2"],
      ["end.error_code", "END-2"],
      ["end.", "END-1"],
    ] as const),
    ...([
      ["end", "SND-11"],
      ["accept", "OPN-8"],
      ["flags", "SND-6"],
      ["epoch", "OPN-7"],
    ] as const),
  ],
  receiver: [
    ...([
      ["ack.next_index", "ACK-2"],
      ["ack.end_received", "ACK-2"],
    ] as const),
    ...([
      ["ack.delay_us", "ACK-4"],
      ["ack.", "ACK-3"],
      ["ack", "ACK-1"],
    ] as const),
    ...([
      ["packet_number", "ACK-5"],
      ["open", "OPN-3"],
      ["stop", "END-7"],
    ] as const),
    ...([
      ["flags", "TIM-3"],
      ["epoch", "OPN-12"],
    ] as const),
  ],
};

/** The clause to look at first. */
export function clauseOf(suspect: Suspect): string {
  const { failure, role, expected, got } = suspect;
  switch (failure.kind) {
    case "result":
      return ofResult(suspect);
    case "missing-output":
    case "unlisted-output":
    case "wrong-output":
      return ofOutput(suspect);
    case "view":
      return ofView(suspect);
    case "deadline":
      return ofDeadline(suspect);
    case "timer":
      return "TIM-7";
    default:
      return TIMERS[role][expected.timer ?? got.timer ?? ""] ?? "STR-4";
  }
}

function ofResult({ role, step, expected, got }: Suspect): string {
  const place = expected.results.findIndex((result, i) => result !== got.results[i]);
  const code = expected.results[place] ?? got.results[place] ?? "";
  const input = step.inputs[place];
  if (CODEC.has(code) && input?.type === "receive") return read(input.datagram).clause ?? "ENC-5";
  if (input?.type === "receive" && ["ended", "closed"].includes(code)) return "ERR-1";
  return CODES[role][code] ?? "ERR-1";
}

function ofOutput(suspect: Suspect): string {
  const { expected, got } = suspect;
  const wanted = normalOutputs(expected.outputs);
  const given = normalOutputs(got.outputs);
  const place = wanted.findIndex((out, i) => !isSameOutput(out, given[i]));
  const want = place === -1 ? undefined : wanted[place];
  const have = given[place === -1 ? wanted.length : place];
  if (want?.type === "transmit" && have?.type === "transmit") {
    return ofDatagrams(suspect, want.datagram, have.datagram);
  }
  const output = want ?? have;
  return output === undefined ? "STR-5" : ofMissing(suspect, output);
}

function ofMissing(suspect: Suspect, output: OutputJson): string {
  const { role } = suspect;
  switch (output.type) {
    case "render":
      return "RCV-4";
    case "end":
      return "RCV-8";
    case "stop":
      return "END-8";
    case "phase":
      return CAUSES[role][output.cause] ?? "STR-4";
    case "transmit": {
      const { close } = read(output.datagram).ok ?? {};
      return close === undefined ? ofOccasion(suspect) : (CLOSES[close.code ?? 0] ?? "ERR-2");
    }
  }
}

/** Why a packet must leave in this step. */
function ofOccasion({ role, step, previous }: Suspect): string {
  const due = (previous?.deadline ?? Infinity) <= step.now;
  if (due) return TIMERS[role][previous?.timer ?? ""] ?? "STR-4";
  const packets = packetsIn(step.inputs);
  if (role === "receiver") return packets.length > 0 ? "ACK-1" : "END-7";
  if (packets.some(({ open }) => open !== undefined)) return "OPN-8";
  return packets.some(({ ack }) => ack !== undefined) ? "SND-17" : "SND-3";
}

function ofDatagrams(suspect: Suspect, want: string, have: string): string {
  const wanted = read(want);
  const given = read(have);
  if (given.ok === undefined) return given.clause;
  const { close } = wanted.ok ?? {};
  if (close !== undefined || given.ok.close !== undefined)
    return CLOSES[close?.code ?? 0] ?? "ERR-2";
  const place = (suspect.failure.field ?? "").split(": ").at(-1) ?? "";
  if (place === "padding") return "PKT-18";
  const found = PLACES[suspect.role].find(([beginning]) => place.startsWith(beginning));
  return found?.[1] ?? "STR-4";
}

function ofView({ role, failure }: Suspect): string {
  const member = (failure.field ?? "").split(".").at(-1) ?? "";
  const views: Readonly<Record<string, string>> =
    role === "sender"
      ? { una: "ACK-8", hi: "SND-11", n: "STR-2", epoch: "OPN-7" }
      : { next_index: "RCV-4", largest: "ACK-3" };
  return views[member] ?? "STR-4";
}

function ofDeadline({ role, step, expected, got, hasNews }: Suspect): string {
  // Where the formula was right before an ack, the estimates that the ack changed come first.
  const isTimed = expected.timer === "repeat" && got.timer === "repeat";
  if (role === "sender" && isTimed && hasNews) return "ACK-10";
  const timer = expected.timer ?? got.timer ?? "";
  if (timer === "fresh" && got.timer === "fresh") return "SND-10";
  const isPaused = timer === "kick" && (expected.deadline ?? 0) - step.now > KICK_MAX_US;
  if (role === "receiver" && isPaused) return "TIM-4";
  return TIMERS[role][timer] ?? "TIM-7";
}

/** The packets that a step brings. */
export function packetsIn(inputs: readonly InputJson[]): PacketJson[] {
  return inputs.flatMap((input) => {
    const packet = input.type === "receive" ? read(input.datagram).ok : undefined;
    return packet === undefined ? [] : [packet];
  });
}
