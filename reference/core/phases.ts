/**
 * Both state tables of SPEC Appendix D as data, cell by cell, refusals included, and the look-up by which
 * the machines decide. What a trigger does besides changing the phase is the machines'.
 */
import type { DiscardCode, Refusal } from "./output.js";

/**
 * The states of a sender.
 *
 * @spec STR-4
 */
export type SenderPhase = "idle" | "active" | "ending" | "done" | "detached" | "closed";

/**
 * What can move a sender. `end` is finish or abort; `attach` an Open that is accepted while the stream
 * goes on, `attach-ended` one after its end; `reopen` the present Open again; `refuse-open` one answered
 * with a Close; `ack` an ack that leaves something to do, `complete` one of the End; `stop` a packet with
 * Stop, after its ack; `silence` the timers `detach` and `idle`.
 */
export type SenderTrigger =
  | "push"
  | "end"
  | "pause"
  | "attach"
  | "attach-ended"
  | "reopen"
  | "refuse-open"
  | "ack"
  | "complete"
  | "stop"
  | "invalid-ack"
  | "congestion"
  | "close"
  | "silence";

/**
 * The states of a receiver.
 *
 * @spec STR-4
 */
export type ReceiverPhase = "opening" | "active" | "ending" | "draining" | "closed" | "failed";

/**
 * What can move a receiver. `accept` is a packet with Accept that neither ends nor completes; `packet`
 * one without; `end` one that brings the End while tokens are missing; `complete` one after which nothing
 * is missing; `violation` one that a clause refuses.
 */
export type ReceiverTrigger =
  | "accept"
  | "packet"
  | "end"
  | "complete"
  | "violation"
  | "close"
  | "stop"
  | "open-fail"
  | "idle"
  | "drain";

/** The phase that follows (or two, entered one after the other), a refusal, or what cannot happen. */
export type Cell<Phase extends string> =
  Phase | readonly [Phase, Phase] | `!${DiscardCode | Refusal}` | "-";

/** A cell for every trigger in every phase. */
export type TransitionTable<Phase extends string, Trigger extends string> = Readonly<
  Record<Trigger, Readonly<Record<Phase, Cell<Phase>>>>
>;

/**
 * What moves a sender where.
 *
 * @spec STR-4
 */
export const SENDER_TABLE = {
  push: {
    idle: "idle",
    active: "active",
    ending: "!ended",
    done: "!ended",
    detached: "detached",
    closed: "!closed",
  },
  end: {
    idle: "idle",
    active: "ending",
    ending: "!ended",
    done: "!ended",
    detached: "detached",
    closed: "!closed",
  },
  pause: {
    idle: "idle",
    active: "active",
    ending: "!ended",
    done: "!ended",
    detached: "detached",
    closed: "!closed",
  },
  attach: {
    idle: "active",
    active: "active",
    ending: "-",
    done: "-",
    detached: "active",
    closed: "!refused-open",
  },
  "attach-ended": {
    idle: "ending",
    active: "-",
    ending: "ending",
    done: "ending",
    detached: "ending",
    closed: "!refused-open",
  },
  reopen: {
    idle: "-",
    active: "active",
    ending: "ending",
    done: "!phase",
    detached: "!phase",
    closed: "!refused-open",
  },
  "refuse-open": {
    idle: "!refused-open",
    active: "!refused-open",
    ending: "!refused-open",
    done: "!refused-open",
    detached: "!refused-open",
    closed: "!refused-open",
  },
  ack: {
    idle: "!epoch",
    active: "active",
    ending: "ending",
    done: "!phase",
    detached: "!phase",
    closed: "!phase",
  },
  complete: {
    idle: "!epoch",
    active: "-",
    ending: "done",
    done: "!phase",
    detached: "!phase",
    closed: "!phase",
  },
  stop: {
    idle: "!epoch",
    active: "ending",
    ending: "ending",
    done: "!phase",
    detached: "!phase",
    closed: "!phase",
  },
  "invalid-ack": {
    idle: "!epoch",
    active: "detached",
    ending: "detached",
    done: "!phase",
    detached: "!phase",
    closed: "!phase",
  },
  congestion: {
    idle: "-",
    active: "detached",
    ending: "detached",
    done: "-",
    detached: "-",
    closed: "-",
  },
  close: {
    idle: "!epoch",
    active: "closed",
    ending: "closed",
    done: "!phase",
    detached: "!phase",
    closed: "!phase",
  },
  silence: {
    idle: "-",
    active: "detached",
    ending: "detached",
    done: "-",
    detached: "-",
    closed: "-",
  },
} as const satisfies TransitionTable<SenderPhase, SenderTrigger>;

/**
 * What moves a receiver where.
 *
 * @spec STR-4
 */
export const RECEIVER_TABLE = {
  accept: {
    opening: "active",
    active: "active",
    ending: "ending",
    draining: "draining",
    closed: "!phase",
    failed: "!phase",
  },
  packet: {
    opening: "!unexpected",
    active: "active",
    ending: "ending",
    draining: "draining",
    closed: "!phase",
    failed: "!phase",
  },
  end: {
    opening: ["active", "ending"],
    active: "ending",
    ending: "ending",
    draining: "draining",
    closed: "!phase",
    failed: "!phase",
  },
  complete: {
    opening: ["active", "draining"],
    active: "draining",
    ending: "draining",
    draining: "draining",
    closed: "!phase",
    failed: "!phase",
  },
  violation: {
    opening: "failed",
    active: "failed",
    ending: "failed",
    draining: "draining",
    closed: "!phase",
    failed: "!phase",
  },
  close: {
    opening: "failed",
    active: "failed",
    ending: "failed",
    draining: "!phase",
    closed: "!phase",
    failed: "!phase",
  },
  stop: {
    opening: "opening",
    active: "active",
    ending: "!ended",
    draining: "!ended",
    closed: "!closed",
    failed: "!closed",
  },
  "open-fail": {
    opening: "failed",
    active: "-",
    ending: "-",
    draining: "-",
    closed: "-",
    failed: "-",
  },
  idle: {
    opening: "-",
    active: "failed",
    ending: "failed",
    draining: "-",
    closed: "-",
    failed: "-",
  },
  drain: {
    opening: "-",
    active: "-",
    ending: "-",
    draining: "closed",
    closed: "-",
    failed: "-",
  },
} as const satisfies TransitionTable<ReceiverPhase, ReceiverTrigger>;

type AnyTable = TransitionTable<string, string>;
type CellsOf<Row> = Row[keyof Row];
type CodeOf<C> = C extends `!${infer Code}` ? Code : never;
type NextOf<C> = Exclude<C, `!${string}` | "-">;

/**
 * The code with which a trigger is refused in a phase.
 *
 * @returns `undefined` where it is not refused.
 * @spec STR-4
 */
export function refusalOf<Table extends AnyTable, Trigger extends keyof Table & string>(
  table: Table,
  trigger: Trigger,
  phase: keyof Table[Trigger] & string,
): CodeOf<CellsOf<Table[Trigger]>> | undefined {
  const cell = table[trigger]?.[phase];
  if (typeof cell !== "string" || !cell.startsWith("!")) return undefined;
  return cell.slice(1) as CodeOf<CellsOf<Table[Trigger]>>;
}

/**
 * The phase that follows on a trigger, or the two that follow one after the other.
 *
 * @throws Error where the table refuses the trigger or says that it cannot happen: the machine is wrong.
 * @spec STR-4
 */
export function phaseAfter<Table extends AnyTable, Trigger extends keyof Table & string>(
  table: Table,
  trigger: Trigger,
  phase: keyof Table[Trigger] & string,
): NextOf<CellsOf<Table[Trigger]>> {
  const cell = table[trigger]?.[phase];
  if (cell === undefined || cell === "-" || (typeof cell === "string" && cell.startsWith("!"))) {
    throw new Error(`No phase follows on ${trigger} in ${phase}`);
  }
  return cell as NextOf<CellsOf<Table[Trigger]>>;
}
