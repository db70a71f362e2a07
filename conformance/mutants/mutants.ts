// All mutants, by area: first those made from tables, then those written for behaviour. Each is the bug
// that a port could well have; texts are those of the built reference and are mended with it.

import { constantMutants } from "./constants.js";
import { DECODER_MUTANTS } from "./decoder.js";
import { ENCODER_MUTANTS } from "./encoder.js";
import { fieldCheckMutants } from "./field-checks.js";
import { limitMutants } from "./limits.js";
import type { Mutant } from "./mutant.js";
import { ORDER_MUTANTS } from "./order.js";
import { RECEIVER_MUTANTS } from "./receiver.js";
import { registryMutants } from "./registries.js";
import { SENDER_MUTANTS } from "./sender.js";
import { SESSION_MUTANTS } from "./session.js";

/** All mutants. */
export const MUTANTS: readonly Mutant[] = [
  ...limitMutants(),
  ...fieldCheckMutants(),
  ...registryMutants(),
  ...constantMutants(),
  ...DECODER_MUTANTS,
  ...ENCODER_MUTANTS,
  ...RECEIVER_MUTANTS,
  ...SENDER_MUTANTS,
  ...SESSION_MUTANTS,
  ...ORDER_MUTANTS,
];
