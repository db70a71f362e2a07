/**
 * The transcript digest (SPEC 3, Appendix B): a hash chain over tokens, which proves that nothing was
 * lost or altered. States are plain bytes that an application stores; where they are kept is not known
 * here.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { LIMITS } from "../wire/index.js";
import type { Token } from "./output.js";

/** Bytes of a state; the wire carries the first 16. */
export const TRANSCRIPT_BYTES = 32;

/** SHA-256 of the 23 ASCII bytes `chatterbox/1 transcript`. */
const START = sha256(Uint8Array.from("chatterbox/1 transcript", (letter) => letter.charCodeAt(0)));

/**
 * D(0): the state before any token.
 *
 * @returns 32 new bytes
 * @spec STR-2
 */
export function initialTranscript(): Uint8Array {
  return START.slice();
}

/**
 * D(i + 1) from D(i) and token i.
 *
 * @param state - 32 bytes; unchanged
 * @returns 32 new bytes
 * @spec STR-2
 */
export function advanceTranscript(state: Uint8Array, token: Token): Uint8Array {
  const { channel, bytes } = token;
  const input = new Uint8Array(state.length + 8 + bytes.length);
  const view = new DataView(input.buffer);
  input.set(state);
  view.setUint32(state.length, channel);
  view.setUint32(state.length + 4, bytes.length);
  input.set(bytes, state.length + 8);
  return sha256(input);
}

/**
 * What stands on the wire for a state, in an End and in an Open.
 *
 * @param state - 32 bytes; unchanged
 * @returns 16 new bytes
 * @spec END-2, OPN-3
 */
export function transcriptDigest(state: Uint8Array): Uint8Array {
  return new Uint8Array(state.subarray(0, LIMITS.digestBytes));
}
