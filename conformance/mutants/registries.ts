// Mutants of the registries (SPEC 13.2, 17.2), made from the built reference: a codec that does not know
// one of the values, or takes the values before the first and after the last for known.

import { packageText } from "../package-root.js";
import type { Mutant } from "./mutant.js";

const FILE = "wire/codes.js";

/** The one place that asks whether a value is known. */
const LOOK_UP = "return Object.values(registry).includes(value);";

/** The registries whose values a decoder checks, by the clause that says so. */
const REGISTRIES = [
  { name: "END_REASONS", clause: "PKT-8", noun: "End reason" },
  { name: "STOP_REASONS", clause: "PKT-12", noun: "Stop reason" },
  { name: "CLOSE_CODES", clause: "PKT-12", noun: "Close code" },
] as const;

/** One mutant for each entry, and two for each registry. */
export function registryMutants(): readonly Mutant[] {
  return REGISTRIES.flatMap(({ name, clause, noun }) => {
    const entries = entriesOf(name);
    const head = { clause, file: FILE, find: LOOK_UP };
    const slug = noun.toLowerCase().replace(" ", "-");
    const known = "Object.values(registry).includes(value)";
    const unknown = entries.map(([entry, value]) => ({
      ...head,
      id: `unknown-${slug}-${entry.toLowerCase().replaceAll("_", "-")}`,
      does: `does not know the ${noun} ${value}, ${entry}`,
      replace: `return ${known} && !(registry === ${name} && value === ${value});`,
    }));
    const invented = [0, entries.length + 1].map((value) => ({
      ...head,
      id: `accepts-${slug}-${value}`,
      does: `takes ${value} for a ${noun}`,
      replace: `return ${known} || (registry === ${name} && value === ${value});`,
    }));
    return [...unknown, ...invented];
  });
}

function entriesOf(registry: string): readonly (readonly [name: string, value: string])[] {
  const text = packageText(`dist/reference/${FILE}`);
  const [, block = ""] = text.split(`export const ${registry} = {`);
  const [entries = ""] = block.split("};");
  return [...entries.matchAll(/(\w+): (\d+),/g)].map(([, name = "", value = ""]) => [name, value]);
}
