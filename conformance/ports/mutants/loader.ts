/**
 * A module-loader hook that puts mutants into the reference as it is loaded: one in its place, for the
 * whole process, or any number as copies. A module that is imported with `?mutant=ID` gets that mutant's
 * fault, and what stands between the two is copied with it. Nothing else knows that a fault is there.
 */
import type { LoadHook, ResolveHook } from "node:module";
import { applyMutant, type Mutant } from "../../mutants/mutant.js";
import { MUTANTS } from "../../mutants/mutants.js";
import { dependsOn } from "../../mutants/reach.js";

const QUERY = /\?mutant=([\w-]+)$/;
const REFERENCE = /\/dist\/reference\/([\w/-]+\.js)/;
const BY_ID = new Map(MUTANTS.map((mutant) => [mutant.id, mutant]));

let inPlace: Mutant | undefined;

/** Takes the mutant for the whole process, if there is one, when the hook is registered. */
export function initialize(chosen: Mutant | undefined): void {
  inPlace = chosen;
}

/** Keeps to the copy that the importing module belongs to. */
export const resolve: ResolveHook = async (specifier, context, nextResolve) => {
  const resolved = await nextResolve(specifier, context);
  const [query = "", id = ""] = QUERY.exec(context.parentURL ?? "") ?? [];
  const file = REFERENCE.exec(resolved.url)?.[1];
  const mutant = BY_ID.get(id);
  if (mutant === undefined || file === undefined || !dependsOn(file, mutant.file)) return resolved;
  return { ...resolved, url: resolved.url + query };
};

/** Loads modules as they are, but for the mutant's file. */
export const load: LoadHook = async (url, context, nextLoad) => {
  const loaded = await nextLoad(url, context);
  const id = QUERY.exec(url)?.[1];
  const mutant = id === undefined ? inPlace : BY_ID.get(id);
  if (mutant === undefined || REFERENCE.exec(url)?.[1] !== mutant.file) return loaded;
  const { source } = loaded;
  const text = typeof source === "string" ? source : new TextDecoder().decode(source);
  return { ...loaded, source: applyMutant(mutant, text) };
};
