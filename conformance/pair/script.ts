// What the two applications do, drawn from a seed: tokens of many sizes on two channels, bursts, a pause,
// and one of three ends. It knows no port and no path.

import type { Prng } from "../../simulator/prng.js";
import type { InputJson, TokenJson } from "../../vectors/generate/model/lines.js";
import { END_REASONS, STOP_REASONS } from "../../vectors/generate/model/registry.js";
import type { Side } from "./party.js";

/** How the stream ends: by the sender's application, by its error, or because the receiver asks. */
export const PLOTS = ["finish", "abort", "stop"] as const;

/** One of {@link PLOTS}. */
export type Plot = (typeof PLOTS)[number];

/** Commands at their times, in microseconds, and the End that must come of them. */
export interface Script {
  readonly cues: Readonly<Record<Side, readonly InputJson[]>>;
  readonly lastUs: number;
  readonly end: { readonly reason: number; readonly errorCode: number };
  /** What the sender's application must be told, if the receiver's stops. */
  readonly stopReason?: number;
}

const ERROR_CODE = 17;
const START_US = 30_000;
const PAUSE_US = 3_600_000;
const WORDS = [" the", " sky", " is", " blue", ",", " and", " so", " a", " token", ".", "\n", " é"];

/** The script of a plot with this many tokens; `stop` may leave some of them unpushed. */
export function writeScript(plot: Plot, tokens: number, prng: Prng): Script {
  const cues: InputJson[] = [];
  const source = new TokenSource(prng.stream("tokens"));
  const rhythm = prng.stream("rhythm");
  let at = START_US;
  let hasPaused = plot !== "finish";
  for (let left = tokens; left > 0;) {
    const { size, areLong } = nextBatch(rhythm);
    const tokensNow = source.take(Math.min(left, size), areLong);
    cues.push({ at, type: "push", tokens: tokensNow });
    left -= tokensNow.length;
    if (!hasPaused && left * 3 <= tokens) {
      cues.push({ at: at + 1000, type: "pause" });
      at += PAUSE_US;
      hasPaused = true;
    }
    at += 10_000 + rhythm.below(60_000);
  }
  const stop: InputJson = {
    ...{ at: START_US + Math.floor(((at - START_US) * 3) / 5), type: "stop" },
    reason: STOP_REASONS.ENOUGH,
  };
  if (plot === "finish") cues.push({ at, type: "finish", reason: END_REASONS.COMPLETE });
  if (plot === "abort") cues.push({ at, type: "abort", error_code: ERROR_CODE });
  return {
    cues: { sender: cues, receiver: plot === "stop" ? [stop] : [] },
    lastUs: at,
    end: ENDS[plot],
    ...(plot === "stop" ? { stopReason: STOP_REASONS.ENOUGH } : {}),
  };
}

const ENDS: Readonly<Record<Plot, Script["end"]>> = {
  finish: { reason: END_REASONS.COMPLETE, errorCode: 0 },
  abort: { reason: END_REASONS.ABORTED, errorCode: ERROR_CODE },
  stop: { reason: END_REASONS.STOPPED, errorCode: 0 },
};

/** What is pushed at once: mostly one word; now and then more than one datagram holds. */
function nextBatch(prng: Prng): { readonly size: number; readonly areLong: boolean } {
  const kind = prng.below(100);
  if (kind < 78) return { size: 1, areLong: false };
  return kind < 93
    ? { size: 2 + prng.below(5), areLong: false }
    : { size: 12 + prng.below(13), areLong: true };
}

/** Draws tokens. Runs of one channel are some fifteen tokens long. */
class TokenSource {
  readonly #prng: Prng;
  #channel = 0;

  constructor(prng: Prng) {
    this.#prng = prng;
  }

  take(count: number, areLong: boolean): TokenJson[] {
    return Array.from({ length: count }, () => {
      if (this.#prng.below(15) === 0) this.#channel = 1 - this.#channel;
      const bytes = areLong ? this.#noise(60 + this.#prng.below(140)) : this.#bytes();
      const data = bytes.toString("hex");
      return this.#channel === 0 ? { data } : { channel: this.#channel, data };
    });
  }

  #bytes(): Buffer {
    const prng = this.#prng;
    const kind = prng.below(100);
    if (kind < 86) return Buffer.from(WORDS[prng.below(WORDS.length)] ?? " ");
    if (kind < 98) return this.#noise(1 + prng.below(kind < 94 ? 4 : 60));
    return this.#noise(kind === 98 ? 100 + prng.below(300) : 1024);
  }

  /** Any bytes: valid text they need not be. */
  #noise(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.#prng.below(256)));
  }
}
