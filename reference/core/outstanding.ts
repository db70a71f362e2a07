/**
 * What is on its way to the receiver (SPEC 6.1): the items sent and not acknowledged, with when and in
 * which packet each was last sent. Tokens and timers are not known here.
 */
import type { Micros } from "./output.js";
import { SlidingList } from "./sliding-list.js";

/** How an item was sent. */
export interface SentItem {
  readonly firstAt: Micros;
  /** The latest packet with the item. */
  readonly lastNumber: number;
  readonly lastAt: Micros;
}

type Sent = { -readonly [Key in keyof SentItem]: SentItem[Key] } & {
  /** Whether a packet that carried the item has been acknowledged. */
  isHeld: boolean;
};

/** The items `[una, hi)` of one attachment. */
export class Outstanding {
  readonly #items: SlidingList<Sent>;

  /** @param nextIndex - that of the Open */
  constructor(nextIndex: number) {
    this.#items = new SlidingList(nextIndex);
  }

  /** The lowest item not acknowledged. */
  get una(): number {
    return this.#items.start;
  }

  /** The lowest item never sent. */
  get hi(): number {
    return this.#items.end;
  }

  /** Item `una`, or `undefined` if nothing is outstanding. */
  get oldest(): SentItem | undefined {
    return this.una < this.hi ? this.#items.at(this.una) : undefined;
  }

  /**
   * Notes that a packet carries the items `[from, to)`.
   *
   * @param from - in `[una, hi]`
   */
  carry(from: number, to: number, number: number, now: Micros): void {
    for (let index = from; index < to; index += 1) {
      if (index >= this.hi) {
        this.#items.push({ firstAt: now, lastNumber: number, lastAt: now, isHeld: false });
        continue;
      }
      const item = this.#items.at(index);
      item.lastNumber = number;
      item.lastAt = now;
    }
  }

  /** Notes that a packet with the items `[from, to)` has arrived. */
  hold(from: number, to: number): void {
    for (let index = Math.max(from, this.una); index < to; index += 1) {
      this.#items.at(index).isHeld = true;
    }
  }

  /**
   * Forgets the items below `items`.
   *
   * @param items - at most `hi`
   */
  acknowledge(items: number): void {
    this.#items.dropBefore(items);
  }

  /**
   * The end of the items from `una` on that a later packet overtook.
   *
   * @param largest - the highest packet acknowledged
   * @returns `una` if none is presumed lost
   * @spec SND-17
   */
  presumedLostEnd(largest: number): number {
    let index = this.una;
    for (; index < this.hi; index += 1) {
      const item = this.#items.at(index);
      if (item.isHeld || item.lastNumber > largest) break;
    }
    return index;
  }

  /** All state, times relative to `now`. */
  snapshot(now: Micros): { una: number; items: readonly (readonly number[])[] } {
    const items: number[][] = [];
    for (let index = this.una; index < this.hi; index += 1) {
      const { firstAt, lastNumber, lastAt, isHeld } = this.#items.at(index);
      items.push([firstAt - now, lastNumber, lastAt - now, Number(isHeld)]);
    }
    return { una: this.una, items };
  }
}
