/**
 * A sequence that grows at its end, is forgotten from its start and keeps its indexes (SPEC 6.1: items
 * have the same index for ever). How places are reused is kept here; what is stored is not known.
 */

/** Values at the indexes `[start, end)`. Every operation takes constant time, amortised. */
export class SlidingList<Value extends object> {
  #slots: (Value | undefined)[] = [];
  /** The index of slot 0, at most `start`. */
  #origin: number;
  #start: number;

  /** @param start - the index of the first value to come */
  constructor(start: number) {
    this.#origin = start;
    this.#start = start;
  }

  /** The lowest index held, or `end`. */
  get start(): number {
    return this.#start;
  }

  /** The index of the next value to come. */
  get end(): number {
    return this.#origin + this.#slots.length;
  }

  /**
   * The value at an index.
   *
   * @param index - in `[start, end)`: anything else is a fault of this library
   */
  at(index: number): Value {
    const value = this.#slots[index - this.#origin];
    if (value === undefined) throw new Error(`assertion: no value at ${index}`);
    return value;
  }

  /** Adds a value at `end`. */
  push(value: Value): void {
    this.#slots.push(value);
  }

  /**
   * Forgets all values below an index.
   *
   * @param index - at most `end`; no effect below `start`
   */
  dropBefore(index: number): void {
    for (; this.#start < index; this.#start += 1) {
      this.#slots[this.#start - this.#origin] = undefined;
    }
    const dropped = this.#start - this.#origin;
    if (dropped * 2 < this.#slots.length) return;
    this.#slots = this.#slots.slice(dropped);
    this.#origin = this.#start;
  }
}
