// A counterexample as a file: the script of the endpoint that failed, in the form of a session case, with
// the schedule that it came of. The form is that of conformance/schemas/counterexample.schema.json.

import { readFileSync } from "node:fs";
import { faultIn } from "../driver/schema.js";
import { kitVersion } from "../package-root.js";
import type { Property } from "./properties.js";
import type { Script, ScriptEnd, ScriptStep } from "./script.js";
import type { Counterexample } from "./search.js";
import type { Schedule } from "./world/schedule.js";

/** A session case whose steps may lack `expect`: then only the invariants judge them. */
export interface FileCase {
  readonly id: string;
  readonly role: string;
  readonly clauses: readonly string[];
  readonly why: string;
  readonly now: number;
  readonly config: Script["config"];
  readonly steps: readonly ScriptStep[];
  readonly ends?: ScriptEnd;
}

/** The contents of a file. */
export interface CaseFile {
  readonly counterexample: 1;
  readonly kit: string;
  readonly found: string;
  readonly seed: number;
  readonly path: string;
  readonly schedule: Schedule;
  readonly case: FileCase;
}

/** The file of a counterexample. */
export function caseFile(property: Property, example: Counterexample): CaseFile {
  const { seed, path, schedule, finding } = example;
  const { script, clause, failure } = finding;
  return {
    ...{ counterexample: 1, kit: kitVersion(), found: failure.summary, seed, path, schedule },
    case: {
      ...{ id: property.id, role: property.role, clauses: [clause], why: property.why },
      ...{ now: script.now, config: script.config, steps: script.steps },
      ...(script.ends === undefined ? {} : { ends: script.ends }),
    },
  };
}

/** Reads a file; a text is what is wrong with it. */
export function readCaseFile(path: string): CaseFile | string {
  let data: unknown;
  try {
    data = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return faultIn("counterexample.schema.json", data) ?? (data as CaseFile);
}

/** The script of a file. */
export function scriptIn({ case: { now, config, steps, ends } }: CaseFile): Script {
  const rest = { now, steps, ...(ends === undefined ? {} : { ends }) };
  return "epoch" in config
    ? { role: "receiver", config, ...rest }
    : { role: "sender", config, ...rest };
}
