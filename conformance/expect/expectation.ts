// A failure that its owner knows of, as data. It forgives nothing that it does not name: the case, how it
// fails, and why that is so.

/** An entry of `chatterbox.expect.json` (conformance/schemas/expect.schema.json). */
export interface Expectation {
  /** The id of the case. */
  readonly case: string;
  /** `bug`: to be mended; `deviation`: meant so. */
  readonly kind: "bug" | "deviation";
  /** How it fails, as `signatureOf` writes it; must still match. */
  readonly signature: string;
  readonly reason: string;
  /** Where it is tracked. */
  readonly issue?: string;
}

/** What a report says of an expected failure. */
export type ExpectedNote = Pick<Expectation, "kind" | "reason" | "issue">;

/** The reason of an entry that nobody has explained yet. */
export const NO_REASON = "to be filled in";
