/**
 * The items of one stream: its tokens, as many as the log may hold, and its End (SPEC 6.1, 6.8). How the
 * transcript of any index is found again is kept here. Who has received what is not known.
 */
import type { End } from "../wire/index.js";
import { CORE_LIMITS } from "./config.js";
import type { Token } from "./output.js";
import { SlidingList } from "./sliding-list.js";
import { advanceTranscript, initialTranscript, transcriptDigest } from "./transcript.js";

/** Between two kept transcripts lie this many tokens: a look-up hashes at most so many again. */
const CHECKPOINT_TOKENS = 64;

/** How much a log may hold. */
export interface LogLimits {
  readonly bytesMax: number;
  readonly tokensMax: number;
}

interface LoggedToken extends Token {
  /** Bytes of all tokens before this one, dropped ones included. */
  readonly offset: number;
}

/** Tokens `[base, n)` and, once the stream has ended, item `n`. */
export class TokenLog {
  readonly #limits: LogLimits;
  readonly #tokens = new SlidingList<LoggedToken>(0);
  /** D(0), D(64), D(128), … */
  readonly #checkpoints = new SlidingList<Uint8Array>(0);
  #baseTranscript = initialTranscript();
  #transcript = initialTranscript();
  #bytes = 0;
  #end: End | undefined;

  constructor(limits: LogLimits) {
    this.#limits = limits;
    this.#checkpoints.push(this.#transcript);
  }

  /** The lowest token held. */
  get base(): number {
    return this.#tokens.start;
  }

  /** Tokens of the stream so far. */
  get n(): number {
    return this.#tokens.end;
  }

  /** The End, if the stream has one. */
  get end(): End | undefined {
    return this.#end;
  }

  /**
   * Appends copies of tokens, after dropping as many of the oldest as needed.
   *
   * @param droppable - the end of the tokens that may be dropped, at most `n`
   * @returns whether there was room; if not, nothing has changed
   * @spec SND-19
   */
  append(tokens: readonly Token[], droppable: number): boolean {
    const added = tokens.reduce((bytes, token) => bytes + token.bytes.length, 0);
    const offsetMin = this.#bytes + added - this.#limits.bytesMax;
    const baseMin = this.n + tokens.length - this.#limits.tokensMax;
    const last = Math.max(this.base, droppable);
    if (this.#offset(last) < offsetMin || last < baseMin) return false;
    while (this.#offset(this.base) < offsetMin || this.base < baseMin) this.#dropOldest();
    for (const { channel, bytes } of tokens) this.#appendOne(channel, new Uint8Array(bytes));
    return true;
  }

  /**
   * Ends the stream.
   *
   * @param reason - a value of `END_REASONS`
   * @param errorCode - not 0 iff the reason is ABORTED
   * @spec END-1, END-2
   */
  finish(reason: number, errorCode: number): void {
    const digest = transcriptDigest(this.#transcript);
    this.#end = { finalCount: this.n, reason, digest, errorCode };
  }

  /** The token at an index in `[base, n)`. */
  token(index: number): Token {
    return this.#tokens.at(index);
  }

  /**
   * The digest of an index.
   *
   * @param index - in `[base, n]`
   * @returns 16 bytes
   */
  digest(index: number): Uint8Array {
    const place = Math.floor(index / CHECKPOINT_TOKENS);
    const checkpoint = place * CHECKPOINT_TOKENS;
    const isHeld = checkpoint >= this.base;
    let transcript = isHeld ? this.#checkpoints.at(place) : this.#baseTranscript;
    for (let next = isHeld ? checkpoint : this.base; next < index; next += 1) {
      transcript = advanceTranscript(transcript, this.token(next));
    }
    return transcriptDigest(transcript);
  }

  /**
   * One past the last item that may be sent.
   *
   * @param una - an item of `[base, n]`, or `n + 1`
   * @param windowBytes - bytes that may be outstanding
   * @spec SND-1
   */
  tail(una: number, windowBytes: number): number {
    let low = Math.min(una, this.n);
    let high = Math.min(this.n, una + CORE_LIMITS.outstandingTokensMax);
    const offsetMax = this.#offset(low) + windowBytes;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#offset(middle) <= offsetMax) low = middle;
      else high = middle - 1;
    }
    return low === this.n && this.#end ? this.n + 1 : low;
  }

  /** Forgets all tokens, for good: nothing is appended or looked up any more. */
  drop(): void {
    this.#tokens.dropBefore(this.n);
    this.#checkpoints.dropBefore(this.#checkpoints.end);
  }

  /** What differs between logs: counts, the transcript so far and the End. */
  snapshot(): Readonly<Record<string, unknown>> {
    return {
      base: this.base,
      n: this.n,
      heldBytes: this.#bytes - this.#offset(this.base),
      transcript: [...transcriptDigest(this.#transcript)],
      end: this.#end ? [this.#end.reason, this.#end.errorCode] : null,
    };
  }

  #offset(index: number): number {
    return index < this.n ? this.#tokens.at(index).offset : this.#bytes;
  }

  #appendOne(channel: number, bytes: Uint8Array): void {
    this.#tokens.push({ channel, bytes, offset: this.#bytes });
    this.#bytes += bytes.length;
    this.#transcript = advanceTranscript(this.#transcript, { channel, bytes });
    if (this.n % CHECKPOINT_TOKENS === 0) this.#checkpoints.push(this.#transcript);
  }

  #dropOldest(): void {
    this.#baseTranscript = advanceTranscript(this.#baseTranscript, this.token(this.base));
    this.#tokens.dropBefore(this.base + 1);
    this.#checkpoints.dropBefore(Math.floor(this.base / CHECKPOINT_TOKENS));
  }
}
