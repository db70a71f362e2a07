/** Equality of byte strings: digests (SPEC 3) and tokens (RCV-5). Nothing here is secret: no timing care. */

/** Whether two byte strings are the same. */
export function areEqualBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, place) => byte === right[place]);
}

/** Lower-case hexadecimal, for snapshots. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
