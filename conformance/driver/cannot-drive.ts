// The port could not be driven at all: it does not start, gives no valid hello, or dies all the time. Not
// a verdict about the protocol, so it ends the run with exit code 3.

/** Thrown where no case can be run against a port. The message says why in one line or few. */
export class CannotDrive extends Error {
  override readonly name = "CannotDrive";
}
