// The caller's misuse of a command, said in one line. It ends the command with exit code 2.

/** Thrown where a command cannot do what it was asked. The message is one line for a person. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
