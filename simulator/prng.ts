/**
 * Randomness from a seed: xoshiro128** of Blackman and Vigna on 32-bit integers, with named streams. It
 * does not know what is drawn for; equal seeds give equal draws on every machine, for ever.
 */

type State = [number, number, number, number];

/**
 * A seeded generator. It is deterministic and not for secrets.
 *
 * Draws from one stream never move another: give each consumer a stream of its own, and what one draws
 * does not disturb the rest.
 */
export class Prng {
  readonly #origin: number;
  readonly #state: State;

  private constructor(origin: number, state: State) {
    this.#origin = origin;
    this.#state = state;
  }

  /**
   * @param seed - an integer, 0 to 2^53 - 1
   * @throws RangeError for any other number
   */
  static fromSeed(seed: number): Prng {
    if (!Number.isSafeInteger(seed) || seed < 0) {
      throw new RangeError(`A seed is an integer from 0 to 2^53 - 1, not ${seed}.`);
    }
    return Prng.#from(mix(mix(Math.floor(seed / 2 ** 32)) ^ (seed >>> 0)));
  }

  /**
   * The generator in a given state; for known answers.
   *
   * @param state - four 32-bit words, not all 0
   */
  static fromState(state: readonly [number, number, number, number]): Prng {
    return new Prng(0, [state[0] | 0, state[1] | 0, state[2] | 0, state[3] | 0]);
  }

  static #from(origin: number): Prng {
    const word = (i: number) => mix(origin + Math.imul(i, 0x9e3779b9));
    const state: State = [word(1), word(2), word(3), word(4)];
    if (state.every((bits) => bits === 0)) state[0] = 1; // the one state that xoshiro never leaves
    return new Prng(origin, state);
  }

  /**
   * The stream of this name. It depends on the seed and the names that led to it, not on what has been
   * drawn; asked for twice it starts twice.
   */
  stream(name: string): Prng {
    let hash = mix(this.#origin ^ name.length);
    for (let i = 0; i < name.length; i += 1) hash = mix(hash ^ name.charCodeAt(i));
    return Prng.#from(mix(hash + 1));
  }

  /** The next 32 bits, 0 to 2^32 - 1. */
  uint32(): number {
    const s = this.#state;
    const result = Math.imul(rotate(Math.imul(s[1], 5), 7), 9) >>> 0;
    const shifted = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate(s[3], 11);
    return result;
  }

  /**
   * An integer from 0 to `bound - 1`, each equally likely.
   *
   * @param bound - 1 to 2^32
   */
  below(bound: number): number {
    if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 32) {
      throw new RangeError(`A bound is an integer from 1 to 2^32, not ${bound}.`);
    }
    const fair = 2 ** 32 - (2 ** 32 % bound);
    let drawn = this.uint32();
    while (drawn >= fair) drawn = this.uint32();
    return drawn % bound;
  }

  /** True `ppm` times in a million. */
  chance(ppm: number): boolean {
    return this.below(1_000_000) < ppm;
  }
}

function rotate(bits: number, by: number): number {
  return (bits << by) | (bits >>> (32 - by));
}

/** Every bit of the result depends on every bit of `x`; invertible, so distinct seeds stay distinct. */
function mix(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return x ^ (x >>> 16);
}
