/**
 * The names and numbers that stand on the wire or in a verdict: discard codes of the codec (ENC-5), flags
 * (PKT-4) and the registries of SPEC 13.2 and 17.2. What a code makes a machine do is not known here.
 */

/**
 * Why a decoder discards a datagram, in the order in which the codes are tried.
 *
 * @spec ENC-5
 */
export const CODEC_CODES = ["size", "padding", "not-canonical", "over-limit", "invalid"] as const;

/** One of {@link CODEC_CODES}. */
export type CodecCode = (typeof CODEC_CODES)[number];

/**
 * The bits of a packet's `flags`.
 *
 * @spec PKT-4
 */
export const FLAGS = {
  ACK_NOW: 1,
  PAUSED: 2,
} as const;

/**
 * Why a stream ended, in an End.
 *
 * @spec PKT-8
 */
export const END_REASONS = {
  COMPLETE: 1,
  LENGTH: 2,
  STOPPED: 3,
  FILTERED: 4,
  TOOL: 5,
  ABORTED: 6,
} as const;

/**
 * Why a receiver wants no more tokens, in a Stop.
 *
 * @spec PKT-12
 */
export const STOP_REASONS = {
  USER: 1,
  ENOUGH: 2,
  SHUTDOWN: 3,
  LIMIT: 4,
} as const;

/**
 * Why a session is over, in a Close.
 *
 * @spec ERR-2
 */
export const CLOSE_CODES = {
  VERSION: 1,
  MISMATCH: 2,
  EXPIRED: 3,
  STALE_EPOCH: 4,
  SUPERSEDED: 5,
  INVALID_ACK: 6,
  CONGESTION: 7,
  CONTENT_MISMATCH: 8,
  FINAL_MISMATCH: 9,
  TRANSCRIPT_MISMATCH: 10,
  LIMIT_EXCEEDED: 11,
} as const;

/** Whether a registry has an entry with this number. */
export function isRegistered(registry: Readonly<Record<string, number>>, value: number): boolean {
  return Object.values(registry).includes(value);
}
