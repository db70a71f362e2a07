// Mutants of the limits, made from the tables in the built reference: each edge moved by one either way.
// A limit that is added there gets its mutants by itself. Checks that are left out are field-checks.ts's.

import { packageText } from "../package-root.js";
import type { Mutant } from "./mutant.js";

const TABLES = ["wire/limits.js", "core/config.js"];

/** `    runsMax: 32, // LIM-1`, a line of a table. */
const LINE = /^ {4}(\w+): ([^,]+), \/\/ ([A-Z]+-\d+).*$/gm;

/** Edges that no peer can see: they bound what an application configures, or allow it more. */
const UNSEEN = new Set([
  ...["bucketMax+1", "bucketMax-1", "maxPayloadMin+1", "maxPayloadMin-1"],
  ...["maxPayloadMax+1", "maxPayloadMax-1"],
  ...["logBytesMax+1", "logBytesMax-1", "logTokensMax+1", "logTokensMax-1"],
]);

/** Two mutants for each limit. */
export function limitMutants(): readonly Mutant[] {
  return TABLES.flatMap((file) =>
    [...packageText(`dist/reference/${file}`).matchAll(LINE)].flatMap(
      ([line, name = "", value = "", clause = ""]) => {
        const moved = (edge: "+1" | "-1"): Mutant => ({
          id: `${kebab(name)}-${edge === "+1" ? "one-higher" : "one-lower"}`,
          clause,
          does: `takes ${edge === "+1" ? "one more" : "one less"} than ${value} for the limit ${name}`,
          file,
          find: line,
          replace: `    ${name}: ${value} ${edge.replace("1", " 1")},`,
        });
        return (["+1", "-1"] as const).filter((edge) => !UNSEEN.has(name + edge)).map(moved);
      },
    ),
  );
}

/** `runsMax` as `runs-max`. */
function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
}
