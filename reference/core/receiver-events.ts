/**
 * What a receiver says beside its datagrams (SPEC 7.3, 9, Appendix C.2): events, timers and what of its
 * state can be seen. When it says so is the receiver's.
 */
import type { Token } from "./output.js";
import type { ReceiverPhase } from "./phases.js";

/**
 * The deadlines of a receiver, in the order in which equal ones are named.
 *
 * @spec TIM-7
 */
export type ReceiverTimer = "drain" | "idle" | "open-fail" | "open-retry" | "kick";

/** What made a receiver enter a phase. */
export type ReceiverCause =
  | "accept"
  | "end"
  | "complete"
  | "drained"
  | "open-timeout"
  | "idle"
  | "close-sent"
  | "close-received";

/**
 * What a receiver tells the application.
 *
 * @spec STR-5
 */
export type ReceiverEvent =
  | {
      readonly type: "phase";
      readonly phase: ReceiverPhase;
      readonly cause: ReceiverCause;
      /** Of the Close that was sent or received: a value of `CLOSE_CODES`. */
      readonly code?: number;
      readonly epoch: number;
    }
  | {
      readonly type: "render";
      /** Of the first token. */
      readonly index: number;
      readonly tokens: readonly Token[];
    }
  | {
      readonly type: "end";
      readonly finalCount: number;
      /** A value of `END_REASONS`. */
      readonly reason: number;
      /** The sender's application's; 0 unless the reason is ABORTED. */
      readonly errorCode: number;
    };

/** The state of a receiver that SPEC makes observable. */
export interface ReceiverView {
  readonly phase: ReceiverPhase;
  /** The lowest index not rendered. */
  readonly nextIndex: number;
  /** The largest packet number accepted; 0 if none. */
  readonly largest: number;
}

/** What the configuration of a later receiver needs to go on; stored with the text. */
export interface Resumption {
  readonly nextIndex: number;
  /** The transcript's 32 bytes at `nextIndex`. */
  readonly digest: Uint8Array;
}
