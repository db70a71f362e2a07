/**
 * A module-loader hook that puts one mutant into the reference as it is loaded. It runs on the loader's
 * thread; nothing else in the process knows that a fault is there.
 */
import type { LoadHook } from "node:module";
import { applyMutant, type Mutant } from "../../mutants/mutant.js";

let mutant: Mutant | undefined;

/** Takes the mutant when the hook is registered. */
export function initialize(chosen: Mutant): void {
  mutant = chosen;
}

/** Loads modules as they are, but for the mutant's file. */
export const load: LoadHook = async (url, context, nextLoad) => {
  const loaded = await nextLoad(url, context);
  if (mutant === undefined || !url.endsWith(`/dist/reference/${mutant.file}`)) return loaded;
  const { source } = loaded;
  const text = typeof source === "string" ? source : new TextDecoder().decode(source);
  return { ...loaded, source: applyMutant(mutant, text) };
};
