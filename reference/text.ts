/**
 * From tokens to text (SPEC 3): UTF-8, incrementally, because a token need not end where a character does.
 * It stands outside the core, which never looks into tokens.
 */
import type { Token } from "./core/output.js";

/** Only what is used of the decoder that browsers and Node have. */
declare const TextDecoder: new (
  label: "utf-8",
  options: { readonly ignoreBOM: true },
) => { decode(bytes?: Uint8Array, options?: { readonly stream: boolean }): string };

/**
 * The text of one channel as its tokens are rendered. Bytes that are not UTF-8 become U+FFFD.
 *
 * @spec STR-1
 */
export class ChannelText {
  readonly #channel: number;
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });

  /**
   * @param channel - the channel to listen to; 0 is the main text
   */
  constructor(channel = 0) {
    this.#channel = channel;
  }

  /**
   * Takes rendered tokens; those of other channels are left alone.
   *
   * @returns the characters that they complete, possibly none.
   * @spec STR-1
   */
  push(tokens: readonly Token[]): string {
    return tokens
      .filter(({ channel }) => channel === this.#channel)
      .map(({ bytes }) => this.#decoder.decode(bytes, { stream: true }))
      .join("");
  }

  /**
   * Says that nothing follows.
   *
   * @returns U+FFFD if bytes dangle, otherwise nothing.
   * @spec STR-1
   */
  end(): string {
    return this.#decoder.decode();
  }
}
