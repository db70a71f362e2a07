// The properties that a port is tried with: which roles each is for, what it plays and what it is proof
// of. How schedules are searched is not known here.

import fc from "fast-check";
import type { Port } from "../driver/protocol.js";
import type { Played } from "./finding.js";
import { playLive, playScript } from "./player.js";
import { modelScripts } from "./script.js";
import { RECEIVER_INVARIANTS } from "./watch-receiver.js";
import { SENDER_INVARIANTS } from "./watch-sender.js";
import { briefSchedules, honestSchedules, schedules } from "./world/arbitraries.js";
import type { Schedule } from "./world/schedule.js";

/** Something that must hold of a port on every schedule. */
export interface Property {
  /** `properties/<name>`. */
  readonly id: string;
  /** The role that it counts for. */
  readonly role: string;
  readonly clauses: readonly string[];
  readonly why: string;
  readonly schedules: fc.Arbitrary<Schedule>;
  /** Whether a sender's times are held to their bounds. */
  readonly isExact: boolean;
  /** Plays a schedule on the port to its end or its first fault. */
  readonly play: (schedule: Schedule, port: Port) => Promise<Played>;
}

/** Steps of the events of one schedule: what is rare happens early, and a run stays short. */
const STEPS_MAX = 60;
const LIMITS = { stepsMax: STEPS_MAX };

const mixed = fc.oneof(
  { weight: 4, arbitrary: schedules },
  { weight: 1, arbitrary: honestSchedules },
  { weight: 2, arbitrary: briefSchedules },
);

/** Plays the scripts that the model makes of a schedule, step by step. */
const exactly =
  (role: "sender" | "receiver") =>
  async (schedule: Schedule, port: Port): Promise<Played> => {
    const scripts = modelScripts(schedule, LIMITS).scripts.filter((each) => each.role === role);
    let assertions = 0;
    for (const script of scripts) {
      const played = await playScript(script, port, true);
      assertions += played.assertions;
      if (played.finding !== undefined) return { ...played, assertions };
    }
    return { assertions };
  };

const RECEIVER: Property = {
  id: "properties/receiver",
  role: "receiver",
  clauses: ["STR-4", ...RECEIVER_INVARIANTS, "END-6", "TIM-4", "TIM-5", "RCV-5", "RCV-6", "RCV-7"],
  why:
    "Random sessions with loss, duplicates, forged packets and late polls: a receiver that is right " +
    "in each rule alone can still be wrong where two of them meet, and then text is lost or doubled.",
  schedules: mixed,
  isExact: true,
  play: exactly("receiver"),
};

const SENDER_EXACT: Property = {
  id: "properties/sender-exact",
  role: "sender-exact",
  clauses: [
    ...["STR-4", ...SENDER_INVARIANTS, "SND-3", "SND-4", "SND-5", "SND-10", "SND-17", "SND-19"],
    ...["ACK-8", "ACK-9", "ACK-10", "ACK-11", "ACK-12", "TIM-1", "OPN-6", "OPN-7", "CC-2"],
  ],
  why:
    "Random sessions in which every datagram and deadline follows from the ones before: one division " +
    "that rounds up, and the sender drifts from all others until their flows collide.",
  schedules: mixed,
  isExact: true,
  play: exactly("sender"),
};

const SENDER: Property = {
  id: "properties/sender",
  role: "sender",
  clauses: [...SENDER_INVARIANTS],
  why:
    "A sender with times of its own, against receivers that follow SPEC.md: what it carries, numbers " +
    "and refuses must still hold, and once the path heals it must come to its end.",
  schedules: mixed,
  isExact: false,
  play: (schedule, port) =>
    playLive(schedule, port, { ...LIMITS, roles: ["sender"], isExact: false }),
};

const bothSides = (role: "sender" | "sender-exact"): Property => ({
  id: "properties/both-sides",
  role,
  clauses: ["END-5", "END-6", "RCV-4", "RCV-8", "ACK-2", "SND-1", "SND-2", "SND-11"],
  why:
    "The port's sender talks to its own receiver over a bad path that heals: what was pushed must " +
    "come out once, in order and whole, and both must come to their end.",
  schedules: honestSchedules,
  isExact: role === "sender-exact",
  play: (schedule, port) =>
    playLive(schedule, port, {
      // Both ends answer, and healing takes its own steps.
      stepsMax: STEPS_MAX / 2,
      ...{ roles: ["sender", "receiver"], isExact: role === "sender-exact" },
    }),
});

/** The properties for a port that claims these roles, in the order in which they depend on each other. */
export function propertiesFor(roles: readonly string[]): readonly Property[] {
  const has = (role: string): boolean => roles.includes(role);
  const sender = has("sender-exact") ? "sender-exact" : has("sender") ? "sender" : undefined;
  return [
    ...(has("receiver") ? [RECEIVER] : []),
    ...(has("sender") ? [SENDER] : []),
    ...(has("sender-exact") ? [SENDER_EXACT] : []),
    ...(has("receiver") && sender !== undefined ? [bothSides(sender)] : []),
  ];
}

/** All properties, for a list of what there is. */
export const ALL_PROPERTIES: readonly Property[] = [
  ...[RECEIVER, SENDER, SENDER_EXACT, bothSides("sender-exact")],
];
