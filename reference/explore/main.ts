/**
 * The command `npm run explore`: searches the states of the shipping machines, or of a mutant of them.
 */
import { register } from "node:module";
import { parseArgs } from "node:util";
import type { Findings } from "./explore.js";
import { EXTRA_ACTIONS, LARGE, SMALL, type ExtraAction, type Scope } from "./scope.js";

const USAGE = `npm run explore -- [options]
  --depth N       events in a list, 14 if absent
  --seconds N     for each scope, 30 if absent
  --states N      for each scope, unbounded if absent
  --scope NAME    small (all tokens fit a datagram; from the first Open on) or large (one does; from
                  an attachment on); both if absent
  --also LIST     further events: ${EXTRA_ACTIONS.join(",")}
  --mutant ID     of conformance/mutants; the search must find it`;

const { values } = parseArgs({
  options: {
    depth: { type: "string", default: "14" },
    seconds: { type: "string", default: "30" },
    states: { type: "string", default: "Infinity" },
    scope: { type: "string" },
    also: { type: "string", default: "" },
    mutant: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

if (values.help) {
  console.log(USAGE);
} else {
  if (values.mutant !== undefined) await putInPlace(values.mutant);
  process.exitCode = await run();
}

/** Registers the kit's loader hook; the machines must not have been loaded before. */
async function putInPlace(id: string): Promise<void> {
  const kit = new URL("../../conformance/", import.meta.url);
  const { MUTANTS } = (await import(new URL("mutants/mutants.js", kit).href)) as {
    readonly MUTANTS: readonly { readonly id: string }[];
  };
  const mutant = MUTANTS.find((candidate) => candidate.id === id);
  if (mutant === undefined) throw new Error(`There is no mutant ${id}.`);
  register(new URL("ports/mutants/loader.js", kit), { data: mutant });
}

async function run(): Promise<number> {
  const { explore } = await import("./explore.js");
  const extra = values.also.split(",").filter((name) => name !== "") as ExtraAction[];
  console.log("States are the same when their snapshots agree, times relative to now, RTT aside.");
  for (const scope of [SMALL, LARGE].filter(isChosen)) {
    const start = performance.now();
    const seconds = () => (performance.now() - start) / 1000;
    const findings = explore(
      { ...scope, extra },
      {
        depthMax: Number(values.depth),
        statesMax: Number(values.states),
        isOver: () => seconds() >= Number(values.seconds),
      },
    );
    print(scope, findings, seconds());
    if (findings.violation) return 1;
  }
  return 0;
}

function isChosen({ name }: Scope): boolean {
  return values.scope === undefined || values.scope === name;
}

function print(scope: Scope, findings: Findings, seconds: number): void {
  const { states, transitions, depth, isExhausted, violation } = findings;
  const reach = isExhausted ? `all lists of ${depth} events` : `stopped beyond depth ${depth}`;
  console.log(
    `${scope.name}: ${states} states, ${transitions} transitions, ${reach}, ${seconds.toFixed(1)} s`,
  );
  if (!violation) return;
  console.log(`VIOLATION: ${violation.message}`);
  for (const action of [...scope.before, ...violation.actions])
    console.log(`  ${JSON.stringify(action)}`);
}
