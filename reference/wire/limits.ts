/**
 * The limits of the codec, mirrored from SPEC chapters 4 and 5; a test compares them with the clauses.
 * Limits of the machines (log, records, bursts) are not known here.
 */

/**
 * Bounds of what a datagram may hold; each is the last value that is allowed.
 *
 * @spec LIM-1 to LIM-9
 */
export const LIMITS = {
  datagramBytesMax: 16384, // ENC-7
  runsMax: 32, // LIM-1
  tokensMax: 4096, // LIM-2
  tokenBytesMax: 1024, // LIM-3
  channelMax: 65535, // LIM-4
  indexMax: 2 ** 53 - 1, // LIM-5: packet numbers and counts too
  rangesMax: 31, // LIM-6
  extensionsMax: 4, // LIM-7
  extensionBytesMax: 64, // LIM-7
  windowBytesMax: 16777216, // LIM-8
  controlBytesMax: 96, // LIM-9
  windowBytesMin: 1024, // PKT-9
  digestBytes: 16, // PKT-8, PKT-9
  bucketMax: 1024, // PKT-18
} as const;
