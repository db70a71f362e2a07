// Mutants of the codec's two closed lists, made from the built reference: each check left out, one at a
// time. A line of wire/faults.js that ends in the number of a clause is a check.

import { packageText } from "../package-root.js";
import type { Mutant } from "./mutant.js";

const FILE = "wire/faults.js";

/** An operand of `||`, the first and the last included, or all that a function returns. */
const OPERAND = /^( +(?:return \()?)(.+?)( \|\|)? \/\/ ([A-Z]+-\d+)(.*)$/;
const RETURNED = /^( +return )(.+)(;) \/\/ ([A-Z]+-\d+)(.*)$/;

/** One mutant for each check. */
export function fieldCheckMutants(): readonly Mutant[] {
  const counts = new Map<string, number>();
  return packageText(`dist/reference/${FILE}`)
    .split("\n")
    .flatMap((line) => {
      const match = RETURNED.exec(line) ?? OPERAND.exec(line);
      if (match === null) return [];
      const [, before = "", check = "", after = "", clause = ""] = match;
      const count = (counts.get(clause) ?? 0) + 1;
      counts.set(clause, count);
      return [
        {
          id: `unchecked-${clause.toLowerCase()}-${count}`,
          clause,
          does: `leaves out a check of the codec: ${check}`,
          file: FILE,
          find: line,
          replace: `${before}false${after}`,
        },
      ];
    });
}
