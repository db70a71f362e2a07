// Runs cases against a port and gives one result for each. The rules that keep a pass from being empty
// are here: no assertion, no pass; a role that is claimed must be exercised; a role that is not claimed
// is not run, and said so.

import { CannotDrive } from "../driver/cannot-drive.js";
import { ChildPort, greet, type ChildPortOptions } from "../driver/child-port.js";
import { handlerPort } from "../driver/handler-port.js";
import type { Handler, Hello, Port } from "../driver/protocol.js";
import { KitError } from "../kit-error.js";
import { ROLES, type Case } from "./case.js";
import { inOrder } from "./in-order.js";
import { judgeInvalid, judgeRefuse, judgeValid } from "./judge-packet.js";
import { judgeSession } from "./judge-session.js";
import { loadCases } from "./load-cases.js";
import { isSelective, select, type Selection } from "./select.js";
import { Trial } from "./trial.js";
import type { CaseResult, Failure } from "./verdict.js";

/** What is tested: a command that starts an adapter, or a function that answers as one would. */
export type Target = { readonly command: readonly string[] } | { readonly handler: Handler };

/** How it is tested. */
export interface ConformOptions extends Selection, ChildPortOptions {
  /** Instead of the vectors of the package. */
  readonly cases?: readonly Case[];
  /** How many processes of the command share the cases; default 1. The results stay in order. */
  readonly jobs?: number;
  /** Gets what the port says of itself, before the first case. */
  readonly onHello?: (hello: Hello) => void;
}

/** Cases in a row that a port may break in before the run is given up. */
const BREAKDOWNS_MAX = 5;

/**
 * Runs the cases against a port and yields one result for each, those of roles that the port does not
 * claim included (`not-run`). A port in this process takes the request as an object and gives the
 * response, both as conformance/ADAPTER.md has them; what it throws fails the case.
 *
 * @throws CannotDrive (by rejecting `next`) when there is no valid hello or the port breaks in five
 * successive cases; KitError for a fault of the kit.
 * @example
 * One test for each case, in a port's own tests:
 *
 * ```ts
 * import assert from "node:assert/strict";
 * import { test } from "node:test";
 * import { conform } from "chatterbox-conformance";
 * import { answer } from "../src/adapter.js"; // (request) => response
 *
 * for await (const { id, verdict, reason, failure } of conform({ handler: answer })) {
 *   test(id, { skip: verdict === "not-run" ? reason : false }, () => {
 *     assert.notEqual(verdict, "fail", failure?.summary);
 *   });
 * }
 * ```
 */
export async function* conform(
  target: Target,
  options: ConformOptions = {},
): AsyncGenerator<CaseResult, void, undefined> {
  const cases = select(options.cases ?? loadCases(), options);
  const ports = openPorts(target, options);
  try {
    const hello = await greet(ports[0]);
    options.onHello?.(hello);
    let breakdowns = 0;
    const tried = inOrder(cases, ports, async (item, port) =>
      hello.roles.includes(item.role) ? runCase(item, port) : notRun(item),
    );
    for await (const { result, isBroken } of tried) {
      yield result;
      if (result.verdict !== "not-run") breakdowns = isBroken ? breakdowns + 1 : 0;
      if (breakdowns === BREAKDOWNS_MAX) throw gaveUp(result);
    }
    if (!isSelective(options)) yield* idleRoles(hello, cases);
  } finally {
    await Promise.all(ports.map((port) => port.close()));
  }
}

/** As many ports as there are jobs. A function is one port, because it is in one process. */
function openPorts(target: Target, options: ConformOptions): readonly [Port, ...Port[]] {
  const jobs = "handler" in target ? 1 : Math.max(1, Math.trunc(options.jobs ?? 1));
  const others = Array.from({ length: jobs - 1 }, () => openPort(target, options));
  return [openPort(target, options), ...others];
}

/** The port that a target stands for. */
export function openPort(target: Target, options: ChildPortOptions = {}): Port {
  if ("handler" in target) return handlerPort(target.handler);
  const [program, ...args] = target.command;
  if (program === undefined) throw new CannotDrive("there is no command to start");
  return new ChildPort([program, ...args], options);
}

/** What came of a case, and whether the port's process broke in it. */
interface Tried {
  readonly result: CaseResult;
  readonly isBroken: boolean;
}

/** Runs one case. */
export async function runCase(item: Case, port: Port): Promise<Tried> {
  const trial = new Trial(port);
  const failure = (await judge(item, trial)) ?? emptyPass(trial);
  const { id, role, clauses } = item;
  const { assertions, exchange } = trial;
  const head = { id, role, clauses, assertions, case: item };
  const result: CaseResult =
    failure === undefined
      ? { ...head, verdict: "pass" }
      : { ...head, verdict: "fail", failure, exchange };
  return { result, isBroken: trial.breakdown !== undefined };
}

async function judge(item: Case, trial: Trial): Promise<Failure | undefined> {
  switch (item.type) {
    case "valid":
      return judgeValid(item, trial);
    case "invalid":
      return judgeInvalid(item, trial);
    case "refuse":
      return judgeRefuse(item, trial);
    case "session":
      return judgeSession(item, trial);
  }
}

function emptyPass(trial: Trial): Failure | undefined {
  if (trial.assertions > 0) return undefined;
  return { kind: "no-assertion", summary: "the case compared nothing, so it cannot pass" };
}

function notRun(item: Case): Tried {
  const { id, role, clauses } = item;
  const reason = `the port does not claim ${role}`;
  const head = { id, role, clauses, assertions: 0, case: item };
  return { result: { ...head, verdict: "not-run", reason }, isBroken: false };
}

/** A failure for each role that is claimed and for which there was nothing to run. */
function* idleRoles(hello: Hello, cases: readonly Case[]): Generator<CaseResult> {
  for (const role of hello.roles) {
    if (cases.some((item) => item.role === role)) continue;
    const known = ROLES.some((name) => name === role);
    const summary = known
      ? `the port claims ${role}, and this kit has no case for it`
      : role === "sender"
        ? "the port claims sender, which only the random schedules of `run` exercise"
        : `the port claims ${role}; this kit knows the roles ${ROLES.join(", ")}, sender`;
    const failure: Failure = { kind: "nothing-exercised", summary };
    yield { id: `role/${role}`, role, clauses: [], verdict: "fail", assertions: 0, failure };
  }
}

function gaveUp(last: CaseResult): CannotDrive {
  const failure = last.failure;
  if (failure === undefined) throw new KitError("a breakdown without a failure");
  const stderr = failure.stderr === undefined ? "" : `\n  stderr: ${failure.stderr}`;
  return new CannotDrive(
    `the port broke in ${BREAKDOWNS_MAX} successive cases, at last in ${last.id}: ${failure.summary}${stderr}`,
  );
}
