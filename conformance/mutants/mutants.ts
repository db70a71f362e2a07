// The mutants, by clause. Each is the bug that a port could well have; texts are those of the built
// reference and are mended with it.

import type { Mutant } from "./mutant.js";

/** All mutants. */
export const MUTANTS: readonly Mutant[] = [];
