/**
 * Faults of the caller (SPEC 5.4). A contract is broken by the application or by another room, never by
 * the peer: what the peer sends is answered with a code, not thrown.
 */

/** What a {@link ContractError} says. */
export interface ContractFault {
  /** Stable, kebab-case: what a program may compare. */
  readonly code: string;
  /** One sentence: what was wrong with which value. */
  readonly message: string;
  /** One sentence: what the caller does instead. */
  readonly remedy: string;
}

/** Thrown when a caller asks for what the contract of a function refuses. Nothing was changed. */
export class ContractError extends Error implements ContractFault {
  override readonly name = "ContractError";
  readonly code: string;
  readonly remedy: string;

  constructor(fault: ContractFault) {
    super(fault.message);
    this.code = fault.code;
    this.remedy = fault.remedy;
  }
}
