/**
 * Tokens as they stand in packets (SPEC 4.2): runs to a flat list. What a token says is the
 * application's.
 */
import type { Run } from "../wire/index.js";
import { areEqualBytes } from "./bytes.js";
import type { Token } from "./output.js";

/**
 * The tokens of a packet in order.
 *
 * @spec PKT-6
 */
export function tokensOf(runs: readonly Run[]): readonly Token[] {
  return runs.flatMap(({ channel, tokens }) => tokens.map((bytes) => ({ channel, bytes })));
}

/** Whether two tokens have the same channel and bytes. */
export function areEqualTokens(left: Token, right: Token): boolean {
  return left.channel === right.channel && areEqualBytes(left.bytes, right.bytes);
}
