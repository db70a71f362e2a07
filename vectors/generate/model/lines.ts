// The words in which an endpoint is driven: what goes in with a step and what comes out, as JSON. The
// shapes are those of the adapter protocol's `new` and `step`; the protocol itself is SPEC.md's.

import type { Hex, Uint64 } from "./packet-json.js";

/** A token as the application sees it; channel 0 may be absent. */
export interface TokenJson {
  readonly channel?: number;
  readonly data: Hex;
}

export interface SenderConfigJson {
  readonly stream_id: number;
  readonly max_payload: number;
  readonly bucket: number;
  readonly log_bytes: number;
  readonly log_tokens: number;
}

export interface ReceiverConfigJson {
  readonly stream_id: number;
  readonly epoch: number;
  readonly next_index: Uint64;
  /** The 32 bytes of D(next_index); absent at 0. */
  readonly digest?: Hex;
  readonly window: Uint64;
  readonly rtt_hint_us?: number;
  readonly max_payload: number;
  readonly bucket: number;
}

/** One input at its time, in microseconds. */
export type InputJson = { readonly at: number } & (
  | { readonly type: "receive"; readonly datagram: Hex }
  | { readonly type: "gate"; readonly open: boolean }
  | { readonly type: "push"; readonly tokens: readonly TokenJson[] }
  | { readonly type: "finish"; readonly reason: number }
  | { readonly type: "abort"; readonly error_code: number }
  | { readonly type: "pause" }
  | { readonly type: "stop"; readonly reason: number }
);

/** Inputs in order, then one poll at `now`. */
export interface StepRequest {
  readonly now: number;
  readonly inputs: readonly InputJson[];
}

export type OutputJson =
  | {
      readonly type: "phase";
      readonly phase: string;
      readonly cause: string;
      readonly code?: number;
    }
  | { readonly type: "stop"; readonly reason: number }
  | { readonly type: "render"; readonly index: Uint64; readonly tokens: readonly TokenJson[] }
  | {
      readonly type: "end";
      readonly final_count: Uint64;
      readonly reason: number;
      readonly error_code?: number;
    }
  | { readonly type: "transmit"; readonly datagram: Hex };

export interface SenderViewJson {
  readonly phase: string;
  readonly epoch: number;
  readonly una: Uint64;
  readonly hi: Uint64;
  readonly n: Uint64;
}

export interface ReceiverViewJson {
  readonly phase: string;
  readonly next_index: Uint64;
  readonly largest: Uint64;
}

/** What a step answers: `results` has one entry for each input, a code or null. */
export interface StepResponse<View = SenderViewJson | ReceiverViewJson> {
  readonly results: readonly (string | null)[];
  readonly outputs: readonly OutputJson[];
  readonly deadline: number | null;
  readonly timer: string | null;
  readonly view: View;
}

/** An endpoint that is driven by steps. */
export interface Stepped {
  step(request: StepRequest): StepResponse;
}

/** The earliest deadline; of several at that time the first of the list (TIM-7). */
export function earliest(
  deadlines: readonly (readonly [timer: string, at: number | undefined])[],
): Pick<StepResponse, "deadline" | "timer"> {
  let deadline: number | null = null;
  let timer: string | null = null;
  for (const [name, at] of deadlines) {
    if (at !== undefined && (deadline === null || at < deadline)) {
      deadline = at;
      timer = name;
    }
  }
  return { deadline, timer };
}

/** A number as the decimal string that 64-bit members are written with. */
export function uint64(value: number): Uint64 {
  return String(value);
}
