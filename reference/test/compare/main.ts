/**
 * The command `npm run compare`: reference against model on random schedules, by the thousand.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Schedule } from "../../../conformance/properties/world/schedule.js";
import { differenceOn, search } from "./search.js";
import { Tally } from "./tally.js";

const USAGE = `npm run compare -- [options]
  --runs N       schedules to try, 100000 if absent
  --seed N       of the first thousand; each further thousand takes the next
  --save FILE    where a counterexample goes
  --replay FILE  only that counterexample`;

const CHUNK = 1000;

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "100000" },
    seed: { type: "string", default: "1" },
    save: { type: "string" },
    replay: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

if (values.help) console.log(USAGE);
else if (values.replay === undefined) process.exitCode = run();
else process.exitCode = replay(values.replay);

function replay(file: string): number {
  const difference = differenceOn(JSON.parse(readFileSync(file, "utf8")) as Schedule);
  console.log(difference ?? "Reference and model agree.");
  return difference === undefined ? 0 : 1;
}

function run(): number {
  const runs = Number(values.runs);
  const tally = new Tally();
  for (let done = 0, seed = Number(values.seed); done < runs; done += CHUNK, seed += 1) {
    const found = search(seed, Math.min(CHUNK, runs - done), tally);
    if (found) {
      const schedule = JSON.stringify(found.schedule, undefined, 2);
      if (values.save !== undefined) writeFileSync(values.save, `${schedule}\n`);
      console.log(`${schedule}\n${found.difference}\nseed ${seed}, path ${found.path ?? "none"}`);
      return 1;
    }
    process.stderr.write(`${Math.min(runs, done + CHUNK)} of ${runs} schedules agree\n`);
  }
  for (const [name, count] of [...tally.counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    console.log(`${String(count).padStart(10)}  ${name}`);
  }
  return 0;
}
