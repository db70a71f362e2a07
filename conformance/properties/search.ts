// Looks for a schedule on which a property fails, makes it small, and finds out whether the port answers
// the same way every time. fast-check draws and shrinks; what a schedule means is not known here.

import fc from "fast-check";
import type { Port } from "../driver/protocol.js";
import { isSameFinding, type Finding } from "./finding.js";
import type { Property } from "./properties.js";
import { ShrinkingSchedules } from "./shrink.js";
import type { Schedule } from "./world/schedule.js";

/** How a property is searched. */
export interface SearchOptions {
  readonly seed: number;
  readonly runs: number;
  /** Only this counterexample of that seed, not shrunk further. */
  readonly path?: string;
  /** Milliseconds for shrinking; default 10000. */
  readonly shrinkMs?: number;
  /** Is told of each schedule that holds. */
  readonly onRun?: () => void;
}

/** A schedule on which a port fails. */
export interface Counterexample {
  readonly seed: number;
  /** Where fast-check finds it from that seed. */
  readonly path: string;
  readonly schedule: Schedule;
  readonly finding: Finding;
  /** The port has answered otherwise when it was asked again. */
  readonly isNondeterministic: boolean;
}

/** What came of a search. */
export interface SearchResult {
  readonly assertions: number;
  readonly counterexample?: Counterexample;
}

const SHRINK_MS = 10_000;
const REPEATS = 3;

/** Tries schedules until one fails or all hold. */
export async function search(
  property: Property,
  port: Port,
  options: SearchOptions,
): Promise<SearchResult> {
  let assertions = 0;
  let found: Finding | undefined;
  const drawn = new ShrinkingSchedules(property.schedules);
  const tried = fc.asyncProperty(drawn, async (schedule) => {
    const played = await property.play(schedule, port);
    assertions += played.assertions;
    options.onRun?.();
    found = played.finding;
    return found === undefined;
  });
  const { seed, runs, path } = options;
  const details = await fc.check(tried, {
    ...{ seed, numRuns: path === undefined ? runs : 1, endOnFailure: true },
    ...(path === undefined ? {} : { path }),
  });
  if (!details.failed || found === undefined) return { assertions };
  const place = { seed, path: details.counterexamplePath ?? "" };
  const first = { ...place, schedule: scheduleOf(details), finding: found };
  const counterexample = await settled(property, port, first, options);
  return { assertions, counterexample };
}

type Candidate = Omit<Counterexample, "isNondeterministic">;

/** Shrinks, then asks again in fresh processes. */
async function settled(
  property: Property,
  port: Port,
  first: Candidate,
  options: SearchOptions,
): Promise<Counterexample> {
  await port.close();
  const before = (await property.play(first.schedule, port)).finding;
  if (before === undefined) return { ...first, isNondeterministic: true };
  const isSlow = before.failure.kind === "hang";
  const small =
    options.path === undefined && !isSlow ? await shrunk(property, port, first, options) : first;
  const findings: (Finding | undefined)[] = [];
  for (let i = 0; i < REPEATS; i += 1) {
    await port.close();
    findings.push((await property.play(small.schedule, port)).finding);
  }
  const finding = findings.find((each) => each !== undefined) ?? before;
  const isNondeterministic = !findings.every((each) => isSameFinding(finding, each));
  return { ...small, finding, isNondeterministic };
}

async function shrunk(
  property: Property,
  port: Port,
  first: Candidate,
  { shrinkMs = SHRINK_MS }: SearchOptions,
): Promise<Candidate> {
  const tried = fc.asyncProperty(new ShrinkingSchedules(property.schedules), async (schedule) => {
    return (await property.play(schedule, port)).finding === undefined;
  });
  const { seed, path } = first;
  const details = await fc.check(tried, {
    ...{ seed, path, numRuns: 1, interruptAfterTimeLimit: shrinkMs },
  });
  if (!details.failed) return first;
  const place = { seed, path: details.counterexamplePath ?? path };
  return { ...place, schedule: scheduleOf(details), finding: first.finding };
}

function scheduleOf(details: fc.RunDetails<[Schedule]>): Schedule {
  const schedule = details.counterexample?.[0];
  if (schedule === undefined) throw new Error("a search that failed has no counterexample");
  return schedule;
}
