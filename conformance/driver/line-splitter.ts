// A byte stream cut into lines at byte 0x0A and nowhere else: line readers that know Unicode also cut at
// U+2028, which may stand inside a JSON string. Bounded: a line that never ends is a flood.

const LINE_FEED = 0x0a;

/** Cuts chunks into lines. Holds at most `bytesMax` bytes of a line that has not ended. */
export class LineSplitter {
  readonly #bytesMax: number;
  #parts: Buffer[] = [];
  #held = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /** Whether bytes of a line that has not ended are held. */
  get isMidLine(): boolean {
    return this.#held > 0;
  }

  /** The lines that the chunk completes, without line feeds; `undefined` when one is too long. */
  push(chunk: Buffer): Buffer[] | undefined {
    const lines: Buffer[] = [];
    let from = 0;
    for (;;) {
      const to = chunk.indexOf(LINE_FEED, from);
      const part = chunk.subarray(from, to === -1 ? chunk.length : to);
      this.#held += part.length;
      if (this.#held > this.#bytesMax) return undefined;
      if (part.length > 0) this.#parts.push(part);
      if (to === -1) return lines;
      lines.push(Buffer.concat(this.#parts));
      this.#parts = [];
      this.#held = 0;
      from = to + 1;
    }
  }
}
