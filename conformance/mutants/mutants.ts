// All mutants: those of the codec are made from tables of limits and checks, those of the machines are
// written one by one, each a bug that a port could well have.

import { CODEC_MUTANTS } from "./codec.js";
import type { Mutant } from "./mutant.js";
import { RECEIVER_MUTANTS } from "./receiver.js";
import { SENDER_MUTANTS } from "./sender.js";
import { SESSION_MUTANTS } from "./session.js";

/** All mutants, in the order of the roles. */
export const MUTANTS: readonly Mutant[] = [
  ...CODEC_MUTANTS,
  ...RECEIVER_MUTANTS,
  ...SENDER_MUTANTS,
  ...SESSION_MUTANTS,
];
