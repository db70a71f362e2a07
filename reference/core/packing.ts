/**
 * How items become a packet, and which ones fit (SPEC 6.4): tokens into runs, the End, Accept and PAUSED,
 * measured without encoding. Which items ought to be sent is not known here.
 */
import {
  encode,
  FLAGS,
  type Packet,
  PACKET_DEFAULTS,
  type Payload,
  PayloadMeter,
  type Run,
} from "../wire/index.js";
import type { TokenLog } from "./token-log.js";

/** What every packet of one emission has besides its number and its items. */
export interface PacketFrame {
  readonly streamId: number;
  readonly epoch: number;
  readonly hasAccept: boolean;
  readonly isPaused: boolean;
}

/** Measures and builds the packets of one emission. A range `[from, to)` is one of items. */
export class Packing {
  readonly #log: TokenLog;
  readonly #payload: Payload;
  readonly #frame: Packet;

  constructor(log: TokenLog, frame: PacketFrame, payload: Payload) {
    this.#log = log;
    this.#payload = payload;
    this.#frame = {
      ...PACKET_DEFAULTS,
      streamId: frame.streamId,
      epoch: frame.epoch,
      ...(frame.hasAccept && { accept: { version: 1 } }),
      flags: frame.isPaused ? FLAGS.PAUSED : 0,
    };
  }

  /**
   * The end of the longest range from `from` that fits and ends at most at `bound`. A range of one item
   * always fits.
   *
   * @param number - that of the packet
   * @spec SND-11
   */
  windowEnd(from: number, bound: number, number: number): number {
    const meter = this.#meter(number);
    const tokensEnd = Math.min(bound, this.#log.n);
    for (let index = from; index < tokensEnd; index += 1) {
      const { channel, bytes } = this.#log.token(index);
      if (!meter.addToken(index, channel, bytes.length)) return index;
    }
    const { end } = this.#log;
    const hasEnd = bound > this.#log.n && end !== undefined && meter.addEnd(end);
    return hasEnd ? bound : tokensEnd;
  }

  /**
   * The lowest start, at least `floor`, of a range to `to` that fits. A range is no larger than one that
   * starts before it, so this looks no further than the first that does not fit.
   *
   * @param number - that of the packet
   * @spec SND-14
   */
  lowestStart(floor: number, to: number, number: number): number {
    const meter = this.#meter(number);
    const { end, n } = this.#log;
    if (to > n && end !== undefined) meter.addEnd(end);
    let start = to;
    if (to > n) start = n;
    while (start > floor) {
      const { channel, bytes } = this.#log.token(start - 1);
      if (!meter.addToken(start - 1, channel, bytes.length)) break;
      start -= 1;
    }
    return start;
  }

  /**
   * The datagram with the items `[from, to)`, which fit.
   *
   * @returns a new array of bytes
   * @spec SND-11
   */
  datagram(from: number, to: number, number: number): Uint8Array {
    const { end, n } = this.#log;
    const runs = this.#runs(from, Math.min(to, n));
    const packet = {
      ...this.#frame,
      packetNumber: number,
      firstIndex: runs.length > 0 ? from : 0, // PKT-5
      runs,
      ...(to > n && end !== undefined && { end }),
    };
    return encode(packet, this.#payload);
  }

  #meter(number: number): PayloadMeter {
    return new PayloadMeter({ ...this.#frame, packetNumber: number }, this.#payload.maxPayload);
  }

  #runs(from: number, to: number): readonly Run[] {
    const runs: { channel: number; tokens: Uint8Array[] }[] = [];
    for (let index = from; index < to; index += 1) {
      const { channel, bytes } = this.#log.token(index);
      const last = runs.at(-1);
      if (last?.channel === channel) last.tokens.push(bytes);
      else runs.push({ channel, tokens: [bytes] });
    }
    return runs;
  }
}
