// What the command's exit code says. Scripts depend on these numbers; they never change.

/** Exit codes of the command. */
export const EXIT = {
  conformant: 0,
  nonConformant: 1,
  usage: 2,
  notDriven: 3,
  kitFault: 4,
  interrupted: 130,
} as const;

/** One of {@link EXIT}. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Thrown for what the user can mend: a wrong word, nothing selected. The message says what to do. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
