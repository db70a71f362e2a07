/**
 * From packets in any order to one transcript (SPEC 7.2): tokens beyond a gap wait here, bounded by the
 * window, and each leaves once, in order. Packet numbers, phases and the End's meaning are not known here.
 */
import { toHex } from "./bytes.js";
import { CORE_LIMITS } from "./config.js";
import type { Token } from "./output.js";
import { areEqualTokens } from "./token.js";
import { advanceTranscript } from "./transcript.js";

/** Tokens that became contiguous, the first with index `index`. */
export interface Rendered {
  readonly index: number;
  readonly tokens: readonly Token[];
}

/** Renders the contiguous prefix of a stream. */
export class Reassembly {
  readonly #windowBytes: number;
  readonly #waiting = new Map<number, Token>();
  #waitingBytes = 0;
  #nextIndex: number;
  #transcript: Uint8Array;
  /** One past the highest index ever taken. */
  #takenEnd: number;

  /**
   * @param nextIndex - the first index to render
   * @param transcript - D(nextIndex), 32 bytes
   * @param windowBytes - what may wait
   */
  constructor(nextIndex: number, transcript: Uint8Array, windowBytes: number) {
    this.#nextIndex = nextIndex;
    this.#transcript = transcript;
    this.#windowBytes = windowBytes;
    this.#takenEnd = nextIndex;
  }

  /** The lowest index that is missing. */
  get nextIndex(): number {
    return this.#nextIndex;
  }

  /** D(nextIndex), 32 bytes, not to be changed. */
  get transcript(): Uint8Array {
    return this.#transcript;
  }

  /** One past the highest index that is rendered or waits. */
  get heldEnd(): number {
    return Math.max(this.#nextIndex, this.#takenEnd);
  }

  /**
   * Says what forbids to take tokens, changing nothing.
   *
   * @param first - the index of the first token
   * @spec RCV-5, RCV-6
   */
  faultOf(
    first: number,
    tokens: readonly Token[],
  ): "content-mismatch" | "limit-exceeded" | undefined {
    let bytes = this.#waitingBytes;
    for (const [place, token] of tokens.entries()) {
      const known = this.#waiting.get(first + place);
      if (known !== undefined && !areEqualTokens(known, token)) return "content-mismatch"; // RCV-5
      if (known === undefined && first + place >= this.#nextIndex) bytes += token.bytes.length;
    }
    if (tokens.length === 0) return undefined;
    const end = first + tokens.length;
    if (end > this.#nextIndex + CORE_LIMITS.outstandingTokensMax) return "limit-exceeded"; // RCV-6
    return bytes > this.#windowBytes ? "limit-exceeded" : undefined; // RCV-6
  }

  /**
   * Takes tokens that {@link Reassembly.faultOf} does not forbid; those rendered before are ignored.
   *
   * @param first - the index of the first token
   * @returns what became contiguous, if anything.
   * @spec RCV-4
   */
  take(first: number, tokens: readonly Token[]): Rendered | undefined {
    for (const [place, token] of tokens.entries()) this.#hold(first + place, token);
    const index = this.#nextIndex;
    const rendered: Token[] = [];
    for (let token = this.#release(); token !== undefined; token = this.#release()) {
      rendered.push(token);
    }
    return rendered.length === 0 ? undefined : { index, tokens: rendered };
  }

  /** The waiting tokens as plain data, by ascending index, for snapshots. */
  waiting(): readonly { index: number; channel: number; data: string }[] {
    return [...this.#waiting]
      .map(([index, { channel, bytes }]) => ({ index, channel, data: toHex(bytes) }))
      .sort((left, right) => left.index - right.index);
  }

  #hold(index: number, token: Token): void {
    if (index < this.#nextIndex || this.#waiting.has(index)) return;
    this.#waiting.set(index, token);
    this.#waitingBytes += token.bytes.length;
    this.#takenEnd = Math.max(this.#takenEnd, index + 1);
  }

  #release(): Token | undefined {
    const token = this.#waiting.get(this.#nextIndex);
    if (token === undefined) return undefined;
    this.#waiting.delete(this.#nextIndex);
    this.#waitingBytes -= token.bytes.length;
    this.#transcript = advanceTranscript(this.#transcript, token);
    this.#nextIndex += 1;
    return token;
  }
}
