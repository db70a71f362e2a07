// The kit's own fault: a vector that breaks its schema, a request that we may not send, a report that
// does not validate. Never the port's doing, so it ends the run with exit code 4.

/** Thrown where the kit itself is wrong. */
export class KitError extends Error {
  override readonly name = "KitError";
}
