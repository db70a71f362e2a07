/**
 * What every machine of the core takes and gives (SPEC 3, STR-5): bytes, events and one deadline, never
 * effects. It knows neither sender nor receiver; names that both use stand here.
 */
import type { CodecCode } from "../wire/index.js";

/** Integer microseconds below 2^53, on the caller's monotonic scale; only compared and subtracted. */
export type Micros = number;

/**
 * What is generated, sent and rendered.
 *
 * @spec STR-1
 */
export interface Token {
  /** 0 to 65535; 0 is the main text, all others are the application's. */
  readonly channel: number;
  /** 1 to 1024, not necessarily valid UTF-8. */
  readonly bytes: Uint8Array;
}

/**
 * One answer of a poll.
 *
 * @spec STR-5
 */
export type Output<Event, Timer extends string> =
  | {
      readonly type: "transmit";
      readonly datagram: Uint8Array;
      /** The session on whose path it leaves: not always the present one (BND-5). */
      readonly epoch: number;
    }
  | { readonly type: "event"; readonly event: Event }
  | {
      readonly type: "wait";
      /** When to poll again if nothing happens before; `undefined` for never. */
      readonly until: Micros | undefined;
      /** What is due then. */
      readonly timer: Timer | undefined;
    };

/**
 * Why a datagram had no effect: the codes of the decoder, then of SPEC 13.1, in the order of precedence.
 *
 * @spec ERR-1
 */
export type DiscardCode =
  | CodecCode
  | "stream"
  | "direction"
  | "refused-open"
  | "epoch"
  | "phase"
  | "duplicate"
  | "unexpected"
  | "invalid-ack"
  | "final-mismatch"
  | "content-mismatch"
  | "limit-exceeded"
  | "transcript-mismatch";

/**
 * Why a command had no effect.
 *
 * @spec SND-19, SND-20, END-9
 */
export type Refusal = "ended" | "full" | "closed" | "stopped";

/**
 * A pure machine. Times never go back; inputs only record, everything is built in `poll`; bytes passed in
 * stay the caller's, bytes handed out become the caller's. Every method throws a `ContractError` if `now`
 * is not an integer of microseconds or lies before an earlier one; nothing that a peer sends makes it
 * throw.
 *
 * @spec STR-4
 */
export interface Machine<Event, Timer extends string> {
  /**
   * Takes a datagram.
   *
   * @returns why it was discarded; `undefined` if it was accepted.
   * @spec ERR-1
   */
  receive(datagram: Uint8Array, now: Micros): DiscardCode | undefined;

  /**
   * Says whether datagrams may leave; at first they may.
   *
   * @spec BND-4
   */
  gate(open: boolean, now: Micros): void;

  /**
   * Gives the next output. Poll until it is a `wait`, after every input and at every deadline.
   *
   * @spec STR-5
   */
  poll(now: Micros): Output<Event, Timer>;
}
