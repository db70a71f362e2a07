/**
 * Closes between the datagram that caused them and the next poll (SPEC 13.2). Why a session is closed is
 * the machines'.
 */
import { encode, PACKET_DEFAULTS } from "../wire/index.js";
import { CORE_LIMITS } from "./config.js";

/** A Close that awaits a poll. */
interface PendingClose {
  readonly code: number;
  readonly epoch: number;
  /** Bytes of the datagram that it answers. */
  readonly atMost: number;
}

/** At most 4 Closes; what comes when there are 4 is not kept. */
export class CloseQueue {
  readonly #streamId: number;
  readonly #payload: { readonly maxPayload: number; readonly bucket: number };
  readonly #pending: PendingClose[] = [];

  constructor(streamId: number, payload: { maxPayload: number; bucket: number }) {
    this.#streamId = streamId;
    this.#payload = { maxPayload: payload.maxPayload, bucket: payload.bucket };
  }

  /**
   * Adds the Close that a datagram causes.
   *
   * @param atMost - bytes of that datagram
   * @spec ERR-2, ERR-4
   */
  add(code: number, epoch: number, atMost: number): void {
    if (this.#pending.length >= CORE_LIMITS.closesMax) return; // ERR-4
    this.#pending.push({ code, epoch, atMost });
  }

  /**
   * Takes the oldest Close out, as a datagram no larger than its cause.
   *
   * @spec ERR-3
   */
  take(): { readonly type: "transmit"; datagram: Uint8Array; epoch: number } | undefined {
    const close = this.#pending.shift();
    if (close === undefined) return undefined;
    const { code, epoch, atMost } = close;
    const packet = { ...PACKET_DEFAULTS, streamId: this.#streamId, epoch, close: { code } };
    return { type: "transmit", datagram: encode(packet, { ...this.#payload, atMost }), epoch }; // ERR-3
  }

  /**
   * Forgets all: a poll found the gate closed.
   *
   * @spec ERR-4
   */
  forget(): void {
    this.#pending.length = 0;
  }

  /** What it holds, for snapshots. */
  pending(): readonly PendingClose[] {
    return [...this.#pending];
  }
}
