/**
 * The sender of one stream (SPEC 6, 11, Appendix C.1): phases, commands and the judging of Opens. What a
 * session with one receiver consists of is the attachment's.
 */
import {
  type Close,
  CLOSE_CODES,
  decode,
  END_REASONS,
  type Open,
  type Packet,
} from "../wire/index.js";
import { Attachment, type AckPacket, type OpenPacket } from "./attachment.js";
import { areEqualBytes } from "./bytes.js";
import { CloseQueue } from "./close-queue.js";
import {
  completeSenderConfig,
  requireErrorCode,
  requireFinishReason,
  requireToken,
  type SenderConfig,
} from "./config.js";
import type { DiscardCode, Machine, Micros, Output, Refusal, Token } from "./output.js";
import type { SenderTimer } from "./pacing.js";
import { phaseAfter, refusalOf, SENDER_TABLE, type SenderPhase } from "./phases.js";
import { Timeline } from "./timeline.js";
import { TokenLog } from "./token-log.js";

/** Why a sender entered a phase. */
export type SenderCause =
  | "open"
  | "finish"
  | "abort"
  | "stop"
  | "complete"
  | "silence"
  | "idle"
  | "close-sent"
  | "close-received";

/** What a sender tells its application. */
export type SenderEvent =
  | {
      readonly type: "phase";
      readonly phase: SenderPhase;
      readonly cause: SenderCause;
      /** Of the Close sent or received: a value of `CLOSE_CODES`. */
      readonly code?: number;
      readonly epoch: number;
    }
  | {
      readonly type: "stop";
      /** The receiver's: a value of `STOP_REASONS`. */
      readonly reason: number;
    };

/** The state of a sender that SPEC makes observable. */
export interface SenderView {
  readonly phase: SenderPhase;
  /** 0 before the first attachment. */
  readonly epoch: number;
  /** The lowest item not acknowledged; item `n` is the End. */
  readonly una: number;
  /** The lowest item never sent in this attachment. */
  readonly hi: number;
  /** Tokens pushed. */
  readonly n: number;
}

/**
 * Keeps the tokens of one stream and sends them to the one receiver that is attached.
 *
 * @spec STR-2, STR-4, STR-5
 */
export class Sender implements Machine<SenderEvent, SenderTimer> {
  readonly #config: Required<SenderConfig>;
  readonly #log: TokenLog;
  readonly #closes: CloseQueue;
  readonly #timeline = new Timeline();
  #events: SenderEvent[] = [];
  /** Datagrams built and not yet handed out, in the order of their numbers. */
  #outbox: Transmit[] = [];
  #phase: SenderPhase = "idle";
  #isGateOpen = true;
  #isPaused = false;
  /** The present session or the last one. */
  #attachment: Attachment | undefined;

  /** @throws ContractError `config` if a value is out of its range. */
  constructor(config: SenderConfig) {
    this.#config = completeSenderConfig(config);
    const { streamId, logBytes, logTokens } = this.#config;
    this.#log = new TokenLog({ bytesMax: logBytes, tokensMax: logTokens });
    this.#closes = new CloseQueue(streamId, this.#config);
  }

  /**
   * Appends copies of tokens to the stream, all or none.
   *
   * @returns why none was appended: `closed`, `ended` or `full`
   * @throws ContractError `token` if one is empty, too long or on no legal channel; after `closed` and
   * `ended`.
   * @spec STR-3, SND-19, SND-20
   */
  push(tokens: readonly Token[], now: Micros): Refusal | undefined {
    this.#timeline.advance(now);
    const refusal = this.#refusal("push");
    if (refusal !== undefined) return refusal;
    tokens.forEach(requireToken); // STR-3
    if (tokens.length === 0) return undefined;
    const droppable = Math.min(this.#attachment?.una ?? 0, this.#log.n);
    if (!this.#log.append(tokens, droppable)) return "full";
    this.#resume();
    return undefined;
  }

  /**
   * Ends the stream; what was pushed is still delivered.
   *
   * @param reason - COMPLETE, LENGTH, FILTERED or TOOL of `END_REASONS`
   * @returns why it was not ended by this: `closed` or `ended`
   * @throws ContractError `end-reason` for another reason.
   * @spec END-1, SND-20
   */
  finish(reason: number, now: Micros): Refusal | undefined {
    this.#timeline.advance(now);
    requireFinishReason(reason);
    const refusal = this.#refusal("end");
    if (refusal === undefined) this.#end(reason, 0, "finish");
    return refusal;
  }

  /**
   * Ends the stream for an error of the application; what was pushed is still delivered.
   *
   * @param errorCode - the application's, 1 to 2^32 - 1
   * @returns why it was not ended by this: `closed` or `ended`
   * @throws ContractError `error-code` for another code.
   * @spec END-1, SND-20
   */
  abort(errorCode: number, now: Micros): Refusal | undefined {
    this.#timeline.advance(now);
    requireErrorCode(errorCode);
    const refusal = this.#refusal("end");
    if (refusal === undefined) this.#end(END_REASONS.ABORTED, errorCode, "abort");
    return refusal;
  }

  /**
   * Tells the receiver that no token will come for a while, until the next push.
   *
   * @returns why it was not told: `closed` or `ended`
   * @spec SND-6, SND-20
   */
  pause(now: Micros): Refusal | undefined {
    this.#timeline.advance(now);
    const refusal = this.#refusal("pause");
    if (refusal !== undefined || this.#isPaused) return refusal;
    this.#isPaused = true;
    this.#attached?.announcePause();
    return undefined;
  }

  gate(open: boolean, now: Micros): void {
    this.#timeline.advance(now);
    this.#isGateOpen = open;
  }

  receive(datagram: Uint8Array, now: Micros): DiscardCode | undefined {
    this.#timeline.advance(now);
    const decoded = decode(datagram);
    if (decoded.type === "discard") return decoded.code;
    const { packet } = decoded;
    if (packet.streamId !== this.#config.streamId) return "stream";
    if (hasOpen(packet)) return this.#open(packet, datagram.length, now);
    if (!hasAck(packet) && packet.close === undefined) return "direction";
    if (this.#phase === "closed") return "phase";
    if (packet.epoch !== this.#epoch) return "epoch"; // OPN-12
    const attachment = this.#attached;
    if (attachment === undefined) return "phase";
    if (hasAck(packet)) return this.#ack(attachment, packet, datagram.length, now);
    if (packet.close !== undefined) this.#close(packet.close);
    return undefined;
  }

  poll(now: Micros): Output<SenderEvent, SenderTimer> {
    this.#timeline.advance(now);
    if (this.#isGateOpen) this.#detachIfSilent(now);
    const event = this.#events.shift();
    if (event !== undefined) return { type: "event", event };
    if (!this.#isGateOpen) return this.#holdBack();
    const close = this.#closes.take();
    if (close !== undefined) return close;
    if (this.#outbox.length === 0) this.#emit(now);
    return this.#outbox.shift() ?? this.#attached?.wait() ?? NO_DEADLINE;
  }

  /** The observable state. */
  view(): SenderView {
    const { una = 0, hi = 0 } = this.#attachment ?? {};
    return { phase: this.#phase, epoch: this.#epoch, una, hi, n: this.#log.n };
  }

  /**
   * All state that determines what the sender will do but the RTT's, for exploration: plain data, times
   * relative to `now`.
   */
  snapshot(now: Micros): Readonly<Record<string, unknown>> {
    return {
      phase: this.#phase,
      isGateOpen: this.#isGateOpen,
      isPaused: this.#isPaused,
      log: this.#log.snapshot(),
      closes: this.#closes.pending(),
      events: [...this.#events],
      attachment: this.#attachment?.snapshot(now) ?? null,
    };
  }

  get #epoch(): number {
    return this.#attachment?.epoch ?? 0;
  }

  /** The present session, if there is one. */
  get #attached(): Attachment | undefined {
    return this.#phase === "active" || this.#phase === "ending" ? this.#attachment : undefined;
  }

  #refusal(command: "push" | "end" | "pause"): Refusal | undefined {
    const isEnded = this.#log.end !== undefined && this.#phase !== "closed";
    return isEnded ? "ended" : refusalOf(SENDER_TABLE, command, this.#phase); // SND-20
  }

  #enter(trigger: keyof typeof SENDER_TABLE, cause: SenderCause, code?: number): void {
    this.#phase = phaseAfter(SENDER_TABLE, trigger, this.#phase);
    const event = { type: "phase", phase: this.#phase, cause, epoch: this.#epoch } as const;
    this.#events.push(code === undefined ? event : { ...event, code });
  }

  #end(reason: number, errorCode: number, cause: "finish" | "abort" | "stop"): void {
    this.#log.finish(reason, errorCode);
    this.#resume();
    if (this.#phase === "active") this.#enter("end", cause);
  }

  #resume(): void {
    this.#isPaused = false;
    this.#attached?.cancelPause();
  }

  /** SPEC 11.2, line by line. */
  #open(packet: OpenPacket, bytes: number, now: Micros): DiscardCode | undefined {
    const isPresent = packet.epoch === this.#epoch;
    const refusal = this.#openRefusal(packet, isPresent);
    if (refusal !== undefined) {
      this.#closes.add(refusal, packet.epoch, bytes); // OPN-6
      return "refused-open";
    }
    const attachment = this.#attached;
    if (isPresent) {
      if (attachment === undefined) return "phase";
      const discard = attachment.reopen(packet, now);
      if (discard !== undefined) return discard;
    } else {
      if (attachment !== undefined) {
        this.#closes.add(CLOSE_CODES.SUPERSEDED, attachment.epoch, bytes); // OPN-10
      }
      this.#attachment = new Attachment(this.#log, packet, this.#config, now);
      this.#enter(this.#log.end === undefined ? "attach" : "attach-ended", "open");
    }
    this.#stop(packet);
    return undefined;
  }

  #openRefusal({ epoch, open }: OpenPacket, isPresent: boolean): number | undefined {
    if (this.#phase === "closed") return CLOSE_CODES.EXPIRED;
    if (open.version !== 1) return CLOSE_CODES.VERSION;
    if (epoch < this.#epoch) return CLOSE_CODES.STALE_EPOCH;
    return isPresent ? undefined : this.#prefixRefusal(open);
  }

  #prefixRefusal({ nextIndex, prefixDigest }: Open): number | undefined {
    if (nextIndex > this.#log.n) return CLOSE_CODES.MISMATCH;
    if (nextIndex < this.#log.base) return CLOSE_CODES.EXPIRED;
    if (prefixDigest === undefined) return undefined; // PKT-9: index 0
    const isOurs = areEqualBytes(prefixDigest, this.#log.digest(nextIndex));
    return isOurs ? undefined : CLOSE_CODES.MISMATCH;
  }

  #ack(
    attachment: Attachment,
    packet: AckPacket,
    bytes: number,
    now: Micros,
  ): DiscardCode | undefined {
    switch (attachment.ack(packet, now)) {
      case "duplicate":
        return "duplicate";
      case "invalid":
        this.#fail("invalid-ack", CLOSE_CODES.INVALID_ACK, bytes); // ERR-6
        return "invalid-ack";
      case "congestion":
        this.#fail("congestion", CLOSE_CODES.CONGESTION, bytes); // CC-2
        return undefined;
      case "complete":
        this.#enter("complete", "complete"); // END-5
        return undefined;
      case "continue":
        this.#stop(packet);
        return undefined;
    }
  }

  #fail(trigger: "invalid-ack" | "congestion", code: number, bytes: number): void {
    this.#closes.add(code, this.#epoch, bytes); // ERR-2
    this.#enter(trigger, "close-sent", code);
  }

  #close({ code }: Close): void {
    this.#enter("close", "close-received", code); // ERR-5
    this.#log.drop();
  }

  #stop({ stop }: Packet): void {
    if (stop === undefined || this.#log.end !== undefined) return;
    this.#events.push({ type: "stop", reason: stop.reason }); // END-8
    this.#end(END_REASONS.STOPPED, 0, "stop");
  }

  #detachIfSilent(now: Micros): void {
    const cause = this.#attached?.silence(now);
    if (cause !== undefined) this.#enter("silence", cause);
  }

  #emit(now: Micros): void {
    const epoch = this.#epoch;
    const datagrams = this.#attached?.emit(now, this.#isPaused) ?? [];
    this.#outbox = datagrams.map((datagram) => ({ type: "transmit", datagram, epoch }));
  }

  /** What waits is lost: the path is closed. BND-4, ERR-4 */
  #holdBack(): typeof NO_DEADLINE {
    this.#closes.forget();
    this.#outbox = [];
    return NO_DEADLINE;
  }
}

type Transmit = Extract<Output<SenderEvent, SenderTimer>, { type: "transmit" }>;

const NO_DEADLINE = { type: "wait", until: undefined, timer: undefined } as const;

function hasOpen(packet: Packet): packet is OpenPacket {
  return packet.open !== undefined;
}

function hasAck(packet: Packet): packet is AckPacket {
  return packet.ack !== undefined;
}
