/**
 * What stands after a packet in its datagram: the mark and zeros (SPEC 4.8). How much padding there is
 * is decided here; what is padded is not looked at.
 */
import { LIMITS } from "./limits.js";

/** How large a datagram may and should be, in bytes. */
export interface Payload {
  /** What the path carries in one datagram, up to 16384. */
  readonly maxPayload: number;
  /** Sizes are rounded up to a multiple of this, 1 (no padding) to 1024. */
  readonly bucket: number;
  /** For a Close: the size of the datagram that it answers. */
  readonly atMost?: number;
}

const MARK = 0x80;

/**
 * Finds the packet in a datagram.
 *
 * @returns the number of bytes before the mark; `undefined` if there is no mark.
 * @spec PKT-16
 */
export function unpaddedBytes(datagram: Uint8Array): number | undefined {
  let last = datagram.length - 1;
  while (last >= 0 && datagram[last] === 0) last -= 1; // PKT-17: however many
  return last >= 0 && datagram[last] === MARK ? last : undefined; // PKT-16
}

/**
 * The size of the datagram for a packet of `packetBytes`.
 *
 * @returns bytes, at least `packetBytes + 1`; `undefined` if packet and mark do not fit.
 * @spec PKT-18
 */
export function paddedBytes(packetBytes: number, payload: Payload): number | undefined {
  const room = Math.min(payload.maxPayload, payload.atMost ?? payload.maxPayload);
  const marked = packetBytes + 1;
  if (marked > room || marked > LIMITS.datagramBytesMax) return undefined;
  return Math.min(room, Math.ceil(marked / payload.bucket) * payload.bucket); // PKT-18
}

/** The datagram of `size` bytes that holds `packet`; `size` comes from {@link paddedBytes}. */
export function pad(packet: Uint8Array, size: number): Uint8Array {
  const datagram = new Uint8Array(size);
  datagram.set(packet);
  datagram[packet.length] = MARK;
  return datagram;
}
