/**
 * The receiver (SPEC 7, 8.1, 9, 11, Appendix C.2): datagrams in; tokens in order, acks and Opens out. It
 * has no clock and no path, and does not know text.
 */
import {
  CLOSE_CODES,
  decode,
  encode,
  type End,
  FLAGS,
  type Packet,
  PACKET_DEFAULTS,
} from "../wire/index.js";
import { withRanges } from "./acks.js";
import { areEqualBytes, toHex } from "./bytes.js";
import { CloseQueue } from "./close-queue.js";
import {
  completeReceiverConfig,
  CORE_LIMITS,
  type ReceiverConfig,
  requireStopReason,
} from "./config.js";
import { type Deadline, waitFor } from "./deadlines.js";
import { KickTimer } from "./kick-timer.js";
import { OpenSchedule } from "./open-schedule.js";
import type { DiscardCode, Machine, Micros, Output, Refusal, Token } from "./output.js";
import { phaseAfter, RECEIVER_TABLE, type ReceiverPhase, refusalOf } from "./phases.js";
import { RangeSet } from "./range-set.js";
import type {
  ReceiverCause,
  ReceiverEvent,
  ReceiverTimer,
  ReceiverView,
  Resumption,
} from "./receiver-events.js";
import { Reassembly } from "./reassembly.js";
import { Timeline } from "./timeline.js";
import { tokensOf } from "./token.js";
import { transcriptDigest } from "./transcript.js";

export type { ReceiverEvent, ReceiverTimer } from "./receiver-events.js";

type ReceiverOutput = Output<ReceiverEvent, ReceiverTimer>;

/** Faults of the sender, each with its Close. */
const VIOLATIONS = {
  "final-mismatch": CLOSE_CODES.FINAL_MISMATCH, // END-3
  "content-mismatch": CLOSE_CODES.CONTENT_MISMATCH, // RCV-5
  "limit-exceeded": CLOSE_CODES.LIMIT_EXCEEDED, // RCV-6
  "transcript-mismatch": CLOSE_CODES.TRANSCRIPT_MISMATCH, // RCV-7
} as const;

type Violation = keyof typeof VIOLATIONS;

const VERSION = 1;
const DRAIN_US = 10000000; // END-6
const IDLE_US = 30000000; // TIM-5

/**
 * One receiver attached to one stream. It opens by itself when it is first polled, and never again once
 * it is `closed` or `failed`: a new session is a new receiver with a higher epoch.
 *
 * @spec STR-4
 */
export class Receiver implements Machine<ReceiverEvent, ReceiverTimer> {
  readonly #config: Required<ReceiverConfig>;
  readonly #timeline = new Timeline();
  readonly #closes: CloseQueue;
  readonly #openings: OpenSchedule;
  readonly #kick: KickTimer;
  readonly #accepted = new RangeSet();
  readonly #reassembly: Reassembly;
  #events: ReceiverEvent[] = [];
  #phase: ReceiverPhase = "opening";
  #isGateOpen = true;
  #nextNumber = 1;
  /** When the largest number was accepted, and whether that packet had PAUSED. */
  #largestAt: Micros;
  #isPaused = false;
  #lastAccepted: Micros;
  #isAckPending = false;
  #end: End | undefined;
  #stopReason: number | undefined;

  /**
   * @param now - its start: the time of the first Open
   * @throws ContractError if a value of `config` is out of its range.
   */
  constructor(config: ReceiverConfig, now: Micros) {
    this.#config = completeReceiverConfig(config);
    this.#timeline.advance(now);
    const { streamId, nextIndex, digest, window } = this.#config;
    this.#closes = new CloseQueue(streamId, this.#config);
    this.#openings = new OpenSchedule(now);
    this.#kick = new KickTimer(now);
    this.#reassembly = new Reassembly(nextIndex, digest, window);
    this.#largestAt = this.#lastAccepted = now;
  }

  /**
   * Asks the sender to end the stream. Tokens go on arriving until the End.
   *
   * @param reason - a value of `STOP_REASONS`
   * @returns why it was refused; `undefined` if it was not.
   * @throws ContractError if the reason is none.
   * @spec END-7, END-9
   */
  stop(reason: number, now: Micros): Refusal | undefined {
    requireStopReason(reason);
    this.#timeline.advance(now);
    const refusal = refusalOf(RECEIVER_TABLE, "stop", this.#phase); // END-9
    if (refusal !== undefined) return refusal;
    if (this.#stopReason !== undefined) return "stopped"; // END-9
    this.#stopReason = reason;
    if (this.#phase === "active") {
      this.#isAckPending = true; // END-7
      this.#kick.restart(now); // TIM-3
    }
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
    const code = this.#screen(packet);
    if (code !== undefined) return code; // ERR-1
    if (packet.close !== undefined) {
      const phase = phaseAfter(RECEIVER_TABLE, "close", this.#phase);
      this.#enter(phase, "close-received", packet.close.code); // ERR-5
      return undefined;
    }
    if (this.#phase === "draining") {
      this.#register(packet, now); // END-6: answered, the contents ignored
      return undefined;
    }
    const tokens = tokensOf(packet.runs);
    const violation = this.#violationOf(packet, tokens); // RCV-2
    if (violation !== undefined) return this.#fail(violation, datagram.length);
    this.#register(packet, now);
    return this.#apply(packet, tokens, datagram.length);
  }

  poll(now: Micros): Output<ReceiverEvent, ReceiverTimer> {
    this.#timeline.advance(now);
    if (this.#isGateOpen) this.#expire(now);
    const event = this.#events.shift();
    if (event !== undefined) return { type: "event", event };
    if (!this.#isGateOpen) {
      this.#closes.forget(); // ERR-4
      return waitFor([]); // BND-4
    }
    return this.#closes.take() ?? this.#transmit(now) ?? waitFor(this.#deadlines());
  }

  /** The state that SPEC makes observable. */
  view(): ReceiverView {
    const { nextIndex } = this.#reassembly;
    return { phase: this.#phase, nextIndex, largest: this.#accepted.largest };
  }

  /**
   * Where a later session goes on. Poll until `wait` before: what waits to be rendered counts as rendered.
   *
   * @spec OPN-3
   */
  resumption(): Resumption {
    const { nextIndex, transcript } = this.#reassembly;
    return { nextIndex, digest: new Uint8Array(transcript) };
  }

  /** All that determines the future, as plain data; times are ages at `now`. For exploration and logs. */
  snapshot(now: Micros): Readonly<Record<string, unknown>> {
    return {
      phase: this.#phase,
      gate: this.#isGateOpen,
      events: this.#events.length,
      closes: this.#closes.pending().map(({ code, epoch, atMost }) => [code, epoch, atMost]),
      transcript: toHex(this.#reassembly.transcript),
      nextIndex: this.#reassembly.nextIndex,
      ...(!isOver(this.#phase) && {
        nextNumber: this.#nextNumber,
        accepted: this.#accepted.ranges.map(({ low, high }) => [low, high]),
        floor: this.#accepted.floor,
        largestAge: now - this.#largestAt,
        acceptedAge: now - this.#lastAccepted,
        waiting: this.#reassembly.waiting().map((token) => ({ ...token })),
        heldEnd: this.#reassembly.heldEnd,
        paused: this.#isPaused,
        kicks: this.#kick.kicks,
        kickAge: now - this.#kick.base,
        ackPending: this.#isAckPending,
        stopReason: this.#stopReason ?? null,
        end: this.#end === undefined ? null : { ...this.#end, digest: toHex(this.#end.digest) },
      }),
      ...(this.#phase === "opening" && {
        opens: this.#openings.served,
        failsIn: this.#openings.failsAt - now,
      }),
    };
  }

  /** Codes that leave the state as it is, in their order (SPEC 13.1). */
  #screen(packet: Packet): DiscardCode | undefined {
    if (packet.streamId !== this.#config.streamId) return "stream";
    if (packet.ack !== undefined || packet.open !== undefined) return "direction";
    const over = refusalOf(RECEIVER_TABLE, "accept", this.#phase); // ERR-1: before the epoch
    if (over !== undefined) return over;
    if (packet.epoch !== this.#config.epoch) return "epoch"; // OPN-12
    if (packet.close !== undefined) return refusalOf(RECEIVER_TABLE, "close", this.#phase);
    if (this.#accepted.has(packet.packetNumber)) return "duplicate"; // RCV-1
    if (packet.accept === undefined) return refusalOf(RECEIVER_TABLE, "packet", this.#phase); // OPN-4
    return undefined;
  }

  /** Judges a packet wholly, before it has any effect. */
  #violationOf(packet: Packet, tokens: readonly Token[]): Violation | undefined {
    const { firstIndex, end } = packet;
    if (this.#end !== undefined && end !== undefined && !areEqualEnds(this.#end, end)) {
      return "final-mismatch"; // END-3
    }
    const final = this.#end ?? end;
    const tokensEnd = tokens.length > 0 ? firstIndex + tokens.length : 0;
    if (final !== undefined && final.finalCount < Math.max(this.#reassembly.heldEnd, tokensEnd)) {
      return "final-mismatch"; // END-3
    }
    return this.#reassembly.faultOf(firstIndex, tokens);
  }

  #register({ packetNumber, flags }: Packet, now: Micros): void {
    if (packetNumber > this.#accepted.largest) {
      this.#largestAt = now;
      this.#isPaused = (flags & FLAGS.PAUSED) !== 0; // TIM-4
    }
    this.#accepted.add(packetNumber);
    this.#lastAccepted = now;
    this.#kick.restart(now); // TIM-3
    this.#isAckPending = true; // ACK-1
  }

  #apply(packet: Packet, tokens: readonly Token[], size: number): DiscardCode | undefined {
    this.#end ??= packet.end;
    const rendered = this.#reassembly.take(packet.firstIndex, tokens);
    const trigger = this.#triggerOf(packet);
    const path = [phaseAfter(RECEIVER_TABLE, trigger, this.#phase)].flat();
    if (this.#phase === "opening") this.#enter(path.shift() ?? this.#phase, "accept");
    if (rendered !== undefined) this.#events.push({ type: "render", ...rendered }); // RCV-4

    if (trigger === "complete" && this.#end !== undefined) {
      const { finalCount, reason, digest, errorCode } = this.#end;
      const isSame = areEqualBytes(digest, transcriptDigest(this.#reassembly.transcript));
      if (!isSame) return this.#fail("transcript-mismatch", size); // RCV-7
      this.#events.push({ type: "end", finalCount, reason, errorCode }); // RCV-8
    }
    for (const phase of path) this.#enter(phase, trigger === "complete" ? "complete" : "end");
    return undefined;
  }

  /** What a packet is that has just been taken. */
  #triggerOf({ end, accept }: Packet): "accept" | "packet" | "end" | "complete" {
    if (this.#end?.finalCount === this.#reassembly.nextIndex) return "complete";
    if (end !== undefined) return "end";
    return accept === undefined ? "packet" : "accept";
  }

  #fail(violation: Violation, size: number): Violation {
    const code = VIOLATIONS[violation];
    this.#closes.add(code, this.#config.epoch, size); // ERR-2
    this.#enter(phaseAfter(RECEIVER_TABLE, "violation", this.#phase), "close-sent", code);
    return violation;
  }

  #enter(phase: ReceiverPhase, cause: ReceiverCause, code?: number): void {
    if (phase === this.#phase) return;
    this.#phase = phase;
    const { epoch } = this.#config;
    this.#events.push({ type: "phase", phase, cause, ...(code !== undefined && { code }), epoch });
  }

  /** Acts on the timers that end a phase. */
  #expire(now: Micros): void {
    const timer = this.#dueTimer(now);
    if (timer === "drain") {
      this.#enter(phaseAfter(RECEIVER_TABLE, "drain", this.#phase), "drained"); // END-6
    } else if (timer === "idle") {
      this.#enter(phaseAfter(RECEIVER_TABLE, "idle", this.#phase), "idle"); // TIM-5
    } else if (timer === "open-fail") {
      this.#enter(phaseAfter(RECEIVER_TABLE, "open-fail", this.#phase), "open-timeout"); // OPN-2
    }
  }

  #transmit(now: Micros): ReceiverOutput | undefined {
    if (isOver(this.#phase)) return undefined;
    const timer = this.#dueTimer(now);
    if (timer === "open-retry") {
      this.#openings.serve(now); // OPN-1: one for all times that have passed
      return this.#send(this.#openPacket());
    }
    const isKick = timer === "kick";
    if (!isKick && !this.#isAckPending) return undefined;
    const packet = this.#ackPacket(now, isKick);
    if (isKick) this.#kick.kicked(now); // TIM-3
    this.#isAckPending = false; // ACK-1: one for all packets since the last poll
    return this.#send(packet);
  }

  #send(packet: Packet): ReceiverOutput {
    this.#nextNumber += 1; // ACK-5
    return { type: "transmit", datagram: encode(packet, this.#config), epoch: this.#config.epoch };
  }

  #openPacket(): Packet {
    const { nextIndex, digest, window, rttHintUs } = this.#config;
    const prefix = nextIndex > 0 && { prefixDigest: transcriptDigest(digest) }; // OPN-3
    return {
      ...this.#header(),
      open: { version: VERSION, nextIndex, ...prefix, window, rttHintUs },
    };
  }

  #ackPacket(now: Micros, isKick: boolean): Packet {
    const { largest, ranges } = this.#accepted;
    const { nextIndex } = this.#reassembly; // ACK-2
    const delayUs = Math.min(now - this.#largestAt, CORE_LIMITS.uint32Max); // ACK-4
    const endReceived = this.#end?.finalCount === nextIndex; // ACK-2
    const flags = isKick ? FLAGS.ACK_NOW : 0; // TIM-3
    const ack = { nextIndex, largest, ranges: [], delayUs, endReceived };
    return withRanges({ ...this.#header(), ack, flags }, ranges);
  }

  /** What every packet of this session has. */
  #header(): Packet {
    const { streamId, epoch } = this.#config;
    const reason = this.#end === undefined ? this.#stopReason : undefined; // END-7
    const stop = reason !== undefined && { stop: { reason } };
    return { ...PACKET_DEFAULTS, streamId, epoch, packetNumber: this.#nextNumber, ...stop };
  }

  /** The first timer that is due, in the order of precedence. */
  #dueTimer(now: Micros): ReceiverTimer | undefined {
    return this.#deadlines().find(([, at]) => at !== undefined && at <= now)?.[0]; // TIM-6
  }

  /** In the order of precedence. */
  #deadlines(): readonly Deadline<ReceiverTimer>[] {
    switch (this.#phase) {
      case "opening":
        return [
          ["open-fail", this.#openings.failsAt],
          ["open-retry", this.#openings.next],
        ];
      case "active":
      case "ending":
        return [
          ["idle", this.#lastAccepted + IDLE_US],
          ["kick", this.#kick.at(this.#isPaused)],
        ];
      case "draining":
        return [["drain", this.#lastAccepted + DRAIN_US]];
      case "closed":
      case "failed":
        return [];
    }
  }
}

function isOver(phase: ReceiverPhase): boolean {
  return phase === "closed" || phase === "failed";
}

function areEqualEnds(left: End, right: End): boolean {
  return (
    left.finalCount === right.finalCount &&
    left.reason === right.reason &&
    left.errorCode === right.errorCode &&
    areEqualBytes(left.digest, right.digest)
  );
}
