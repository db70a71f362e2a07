// Padding, SPEC 4.8: the packet, the byte 80, zeros. Knows nothing of what the packet says.

const MARK = 0x80;

/**
 * The packet bytes of a datagram, without mark and padding; `undefined` when there is no mark.
 *
 * @spec PKT-16, PKT-17
 */
export function unpad(datagram: Uint8Array): Uint8Array | undefined {
  let last = datagram.length - 1;
  while (last >= 0 && datagram[last] === 0) last -= 1;
  return last >= 0 && datagram[last] === MARK ? datagram.subarray(0, last) : undefined;
}

/**
 * The datagram for the bytes of a packet: a multiple of `bucket`, or `maxPayload` bytes if that is
 * less; `undefined` when packet and mark do not fit `maxPayload`.
 *
 * @spec PKT-18
 */
export function pad(
  packet: Uint8Array,
  maxPayload: number,
  bucket: number,
): Uint8Array | undefined {
  const size = Math.min(maxPayload, Math.ceil((packet.length + 1) / bucket) * bucket);
  if (size < packet.length + 1) return undefined;
  const datagram = new Uint8Array(size);
  datagram.set(packet);
  datagram[packet.length] = MARK;
  return datagram;
}
