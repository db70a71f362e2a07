// SPEC 6.3: the factor by which the spacing of fresh datagrams is spread, from nothing but numbers that
// both sides know.

function mix(value: number): number {
  let x = value >>> 0;
  x ^= x >>> 16;
  x = Math.imul(x, 0x7feb352d);
  x ^= x >>> 15;
  x = Math.imul(x, 0x846ca68b);
  x ^= x >>> 16;
  return x >>> 0;
}

/** h for the packet that will have the number `next`. @spec SND-10 */
export function jitterHash(epoch: number, streamId: number, next: number): number {
  return mix(mix(mix(epoch) ^ streamId) ^ ((next % 2 ** 32) >>> 0));
}

/** J(x) with that h. @spec SND-10 */
export function jitter(x: number, h: number): number {
  return Math.floor((x * (768 + Math.floor(h / 2 ** 23))) / 1024);
}
