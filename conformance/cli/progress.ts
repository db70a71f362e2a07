// One line that says how far a run is, on a terminal, when it takes more than two seconds. Written to
// stderr and wiped when done, so that what stays is the report.

const AFTER_MS = 2000;
const EVERY_MS = 100;

/** Counts towards a total; silent where nobody looks. */
export class Progress {
  readonly #total: number;
  readonly #start = performance.now();
  #shownAt = 0;
  #done = 0;

  constructor(total: number) {
    this.#total = total;
  }

  /** One more is done. */
  step(what: string): void {
    this.#done += 1;
    const now = performance.now();
    if (!process.stderr.isTTY || now - this.#start < AFTER_MS || now - this.#shownAt < EVERY_MS)
      return;
    this.#shownAt = now;
    process.stderr.write(`\r\x1b[K${this.#done} of ${this.#total}  ${what}`);
  }

  /** Wipes the line. */
  end(): void {
    if (this.#shownAt > 0) process.stderr.write("\r\x1b[K");
  }
}
