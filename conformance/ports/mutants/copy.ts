/**
 * The reference's adapter with one mutant in it. Copies do not know of each other, so one process can
 * hold many.
 */
import { readFileSync } from "node:fs";
import { register } from "node:module";
import { applyMutant, type Mutant } from "../../mutants/mutant.js";
import type * as Reference from "../reference/answer.js";
import type { Outcome, RequestLine } from "../serve.js";

let isRegistered = false;

/** Loads a copy of the adapter that answers as the mutant would. */
export async function loadCopy(mutant: Mutant): Promise<(line: RequestLine) => Outcome> {
  // Checked here too, so that a text that no longer matches is an error and never an unchanged port.
  const file = new URL(`../../../reference/${mutant.file}`, import.meta.url);
  applyMutant(mutant, readFileSync(file, "utf8"));
  if (!isRegistered) register(new URL("./loader.js", import.meta.url));
  isRegistered = true;
  const copy = new URL(`../reference/answer.js?mutant=${mutant.id}`, import.meta.url);
  const { answer } = (await import(copy.href)) as typeof Reference;
  return answer;
}
