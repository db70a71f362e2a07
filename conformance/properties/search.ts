// Looks for a schedule on which a property fails, makes it small, and finds out whether the port answers
// the same way every time. fast-check draws and shrinks; what a schedule means is not known here.

import fc from "fast-check";
import type { Port } from "../driver/protocol.js";
import { isSameFinding, type Finding } from "./finding.js";
import type { Property } from "./properties.js";
import { playScript } from "./player.js";
import type { Script } from "./script.js";
import { Shrinking, smallerSchedules } from "./shrink.js";
import { smallerScripts } from "./shrink-script.js";
import { briefSchedules } from "./world/arbitraries.js";
import type { Schedule } from "./world/schedule.js";

/** How a property is searched. */
export interface SearchOptions {
  readonly seed: number;
  readonly runs: number;
  /** Only this counterexample of that seed, not shrunk further. */
  readonly path?: string;
  /** Milliseconds for shrinking the schedule, and again the script; default 5000. */
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

const SHRINK_MS = 5000;
const REPEATS = 3;
/** A counterexample of so many steps is looked at as it is. */
const BRIEF_STEPS = 8;
const BRIEF_RUNS = 2000;

/** Tries schedules on a port until one fails or all hold; further ports are opened to ask again. */
export async function search(
  property: Property,
  open: () => Port,
  options: SearchOptions,
): Promise<SearchResult> {
  return withPort(open, (port) => searchOn(property, port, open, options));
}

async function searchOn(
  property: Property,
  port: Port,
  open: () => Port,
  options: SearchOptions,
): Promise<SearchResult> {
  let assertions = 0;
  let found: Finding | undefined;
  const tried = fc.asyncProperty(drawnBy(property), async (schedule) => {
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
  const counterexample = await settled(property, open, first, options);
  return { assertions, counterexample };
}

type Candidate = Omit<Counterexample, "isNondeterministic">;

/** Shrinks the schedule, then the script that fails, then asks again in fresh processes. */
async function settled(
  property: Property,
  open: () => Port,
  first: Candidate,
  options: SearchOptions,
): Promise<Counterexample> {
  const again = await withPort(open, (port) => property.play(first.schedule, port));
  if (again.finding === undefined) return { ...first, isNondeterministic: true };
  // A port that hangs takes its whole time limit at each try.
  const isHang = again.finding.failure.kind === "hang";
  const small =
    isHang || options.path !== undefined
      ? { ...first, finding: again.finding }
      : await withPort(open, (port) => shrunkSchedule(property, port, first, options));
  const script = isHang
    ? small.finding.script
    : await withPort(open, (port) => briefest(property, port, small.finding, options));
  const findings: (Finding | undefined)[] = [];
  for (let i = 0; i < REPEATS; i += 1) {
    const played = withPort(open, (port) => playScript(script, port, property.isExact));
    findings.push((await played).finding);
  }
  const finding = findings.find((each) => each !== undefined) ?? small.finding;
  const isNondeterministic = !findings.every((each) => isSameFinding(finding, each));
  return { ...small, finding, isNondeterministic };
}

async function shrunkSchedule(
  property: Property,
  port: Port,
  first: Candidate,
  { shrinkMs = SHRINK_MS }: SearchOptions,
): Promise<Candidate> {
  let { finding } = first;
  const tried = fc.asyncProperty(drawnBy(property), async (schedule) => {
    const played = await property.play(schedule, port);
    finding = played.finding ?? finding;
    return played.finding === undefined;
  });
  const { seed, path } = first;
  const details = await fc.check(tried, {
    ...{ seed, path, numRuns: 1, interruptAfterTimeLimit: shrinkMs },
  });
  if (!details.failed) return first;
  const place = { seed, path: details.counterexamplePath ?? path };
  return { ...place, schedule: scheduleOf(details), finding };
}

/** The shortest script that shows the fault: cut out of the one found, or out of few events. */
async function briefest(
  property: Property,
  port: Port,
  { script, clause }: Finding,
  options: SearchOptions,
): Promise<Script> {
  const cut = await shrunkScript(property, port, script, options);
  if (cut.steps.length <= BRIEF_STEPS || cut.ends !== undefined) return cut;
  let found: Script | undefined;
  const tried = fc.asyncProperty(
    new Shrinking(briefSchedules, smallerSchedules),
    async (schedule) => {
      const { finding } = await property.play(schedule, port);
      const isSame = finding?.clause === clause;
      if (isSame) found = finding.script;
      return !isSame;
    },
  );
  const { seed, shrinkMs = SHRINK_MS } = options;
  await fc.check(tried, { seed, numRuns: BRIEF_RUNS, interruptAfterTimeLimit: shrinkMs });
  if (found === undefined) return cut;
  const other = await shrunkScript(property, port, found, options);
  return other.steps.length < cut.steps.length ? other : cut;
}

/** The failing script itself where nothing smaller fails, or where it fails only by its end. */
async function shrunkScript(
  { isExact }: Property,
  port: Port,
  script: Script,
  { shrinkMs = SHRINK_MS }: SearchOptions,
): Promise<Script> {
  if (script.ends !== undefined) return script;
  let smallest = script;
  const tried = fc.asyncProperty(
    new Shrinking(fc.constant(script), smallerScripts),
    async (candidate) => {
      const { finding } = await playScript(candidate, port, isExact);
      if (finding !== undefined) smallest = finding.script;
      return finding === undefined;
    },
  );
  await fc.check(tried, { numRuns: 1, interruptAfterTimeLimit: shrinkMs });
  return smallest;
}

function drawnBy({ schedules }: Property): fc.Arbitrary<Schedule> {
  return new Shrinking(schedules, smallerSchedules);
}

async function withPort<Result>(
  open: () => Port,
  work: (port: Port) => Promise<Result>,
): Promise<Result> {
  const port = open();
  try {
    return await work(port);
  } finally {
    await port.close();
  }
}

function scheduleOf(details: fc.RunDetails<[Schedule]>): Schedule {
  const schedule = details.counterexample?.[0];
  if (schedule === undefined) throw new Error("a search that failed has no counterexample");
  return schedule;
}
