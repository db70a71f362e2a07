// What a sender was given, as its watch knows it: tokens, transcript digest, End, pause. It knows nothing
// of packets sent.

import type { TokenJson } from "../../vectors/generate/model/lines.js";
import type { EndJson } from "../../vectors/generate/model/packet-json.js";
import { digestOf, onWire } from "../../vectors/generate/model/transcript.js";

const TOKENS_OUTSTANDING_MAX = 4096;

/** The stream of one sender. */
export class Held {
  readonly tokens: TokenJson[] = [];
  isPaused = false;
  #digest = "";
  #end: { readonly reason: number; readonly errorCode: number } | undefined;

  /** How the stream ended, if it has. */
  get end(): { readonly reason: number; readonly errorCode: number } | undefined {
    return this.#end;
  }

  /** Takes tokens that were accepted. */
  push(tokens: readonly TokenJson[]): void {
    this.tokens.push(...tokens);
    if (tokens.length > 0) this.isPaused = false;
  }

  /** Ends the stream. */
  finish(reason: number, errorCode: number): void {
    this.#end = { reason, errorCode };
    this.#digest = onWire(digestOf(this.tokens));
    this.isPaused = false;
  }

  /** The End as it must be sent; `undefined` before. */
  endJson(): EndJson | undefined {
    if (this.#end === undefined) return undefined;
    const { reason, errorCode } = this.#end;
    return {
      final_count: String(this.tokens.length),
      reason,
      digest: this.#digest,
      ...(errorCode > 0 && { error_code: errorCode }),
    };
  }

  /** One past the last item that may be sent (SPEC 6.1). */
  tail(una: number, windowBytes: number): number {
    const n = this.tokens.length;
    let m = una;
    let bytes = 0;
    for (; m < n && m - una < TOKENS_OUTSTANDING_MAX; m += 1) {
      bytes += (this.tokens[m]?.data.length ?? 0) / 2;
      if (bytes > windowBytes) break;
    }
    return this.#end !== undefined && m === n ? n + 1 : m;
  }
}
