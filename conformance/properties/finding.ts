// What a property found wrong with a port: the failure, the clause that it is laid to, and the script of
// the endpoint that showed it, up to the step that failed.

import type { StepResponse } from "../../vectors/generate/model/lines.js";
import type { Case, SessionCase } from "../engine/case.js";
import type { Exchange, Failure } from "../engine/verdict.js";
import type { Script } from "./script.js";

/** A failure of one endpoint. */
export interface Finding {
  readonly clause: string;
  readonly failure: Failure;
  readonly script: Script;
  readonly exchange: readonly Exchange[];
  /** The process broke, so that its state is lost. */
  readonly isBroken: boolean;
}

/** What came of a schedule or a script. */
export interface Played {
  readonly assertions: number;
  readonly finding?: Finding;
}

/** The answer that stands for one that is not known. */
const NO_ANSWER: StepResponse = {
  ...{ results: [], outputs: [], deadline: null, timer: null },
  view: { phase: "", next_index: "0", largest: "0" },
};

/** A script as a session case, so that reports can show it. */
export function sessionOf(script: Script, id: string, why: string, clause: string): SessionCase {
  const { now, config, steps, role } = script;
  return {
    ...{ type: "session", id, why, now, config, clauses: [clause] },
    role: role === "receiver" ? "receiver" : "sender-exact",
    steps: steps.map((step) => ({ ...step, expect: step.expect ?? NO_ANSWER })),
  } satisfies Case;
}

/** Whether two findings are the same fault of a port that answers the same way twice. */
export function isSameFinding(one: Finding, other: Finding | undefined): boolean {
  const key = ({ clause, failure }: Finding): string =>
    JSON.stringify([clause, failure.kind, failure.step, failure.summary, failure.got]);
  return other !== undefined && key(one) === key(other);
}
