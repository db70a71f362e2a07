// What must hold of a sender whatever happens to it: what its datagrams carry, their numbers and their
// pace, refusals, silence. It knows what the port was given and what it said, and no model.

import { encodedBytes } from "../../vectors/generate/model/codec.js";
import type {
  InputJson,
  SenderConfigJson,
  SenderViewJson,
  StepRequest,
  StepResponse,
} from "../../vectors/generate/model/lines.js";
import type { PacketJson } from "../../vectors/generate/model/packet-json.js";
import { runsOf } from "../../vectors/generate/model/sender-state.js";
import {
  Broken,
  Demand,
  ms,
  read,
  tokenKey,
  tokensOf,
  type Breach,
  type Watch,
} from "./invariant.js";
import { OutputRules } from "./output-rules.js";
import { Held } from "./watch-held.js";

/** Clauses that this watch can find broken. */
export const SENDER_INVARIANTS = [
  ...["STR-2", "STR-3", "STR-5", "SND-1", "SND-2", "SND-6", "SND-11", "SND-14", "SND-20"],
  ...["ACK-6", "ACK-7", "OPN-8", "OPN-12", "END-1", "END-2", "END-5", "CC-1", "TIM-2", "TIM-7"],
  ...["PKT-15", "PKT-18", "ENC-4", "BND-4", "ERR-1", "ERR-3"],
] as const;

/** The least spacing of emissions: J(D) at its smallest; and the count of SPEC 10.1, half as much again. */
const SPACING_MIN_US = 15_000;
const PER_SECOND_MAX = 100;
const BURST_MAX = 11;

type Stretch = readonly [from: number, to: number];

/** Watches a sender. With `isExact` the times of chapter 6 are held to their bounds too. */
export class SenderWatch implements Watch {
  readonly #config: SenderConfigJson;
  readonly #isExact: boolean;
  readonly #demand = new Demand();
  readonly #rules: OutputRules;
  readonly #held = new Held();
  #epoch = 0;
  #window = 0;
  #phase = "idle";
  #number = 0;
  #highest = 0;
  #una = 0;
  #hi = 0;
  /** Numbers below this carried no Accept of the latest Open. */
  #acceptFrom = 1;
  #isAcceptRiding = false;
  #lastSend: number | undefined;
  /** Since the last packet: an Open was accepted; the latest ack may show a loss (SND-17). */
  #since = { open: false, ack: false };
  /** Times of the emissions of the last second. */
  #recent: number[] = [];
  /** Whether acks have told of a queue of 200 ms, so that leaving out is right (SND-12). */
  #delays = { least: Infinity, most: 0 };
  readonly #sentAt = new Map<number, number>();

  constructor(config: SenderConfigJson, isExact: boolean) {
    this.#config = config;
    this.#isExact = isExact;
    this.#rules = new OutputRules(config, this.#demand);
  }

  get assertions(): number {
    return this.#demand.assertions;
  }

  judge(request: StepRequest, answer: StepResponse): Breach | undefined {
    try {
      this.#rules.begin(request, answer);
      request.inputs.forEach((input, i) => {
        this.#input(input, answer.results[i] ?? null);
      });
      const packets: PacketJson[] = [];
      for (const output of answer.outputs) {
        if (output.type === "phase") this.#phase = output.phase;
        if (output.type !== "transmit") continue;
        const packet = this.#rules.transmitted(output.datagram);
        if (packet.close === undefined) packets.push(packet);
      }
      this.#phase = answer.view.phase;
      if (packets.length > 0) this.#emission(packets, request.now);
      this.#rules.end(request, answer);
      this.#rest(answer);
      return undefined;
    } catch (error) {
      if (error instanceof Broken) return error.breach;
      throw error;
    }
  }

  #input(input: InputJson, result: string | null): void {
    if (input.type === "receive") {
      if (result === null) this.#received(input.datagram, input.at);
      return;
    }
    if (input.type === "gate" || result !== null) return;
    const isOver = this.#held.end !== undefined || this.#phase === "closed";
    this.#demand.that(
      !isOver,
      "SND-20",
      () => `accepts a ${input.type} after the stream has ended`,
    );
    if (input.type === "push") {
      for (const token of input.tokens) {
        const bytes = token.data.length / 2;
        const isLegal = bytes >= 1 && bytes <= 1024 && (token.channel ?? 0) <= 65535;
        this.#demand.that(isLegal, "STR-3", () => `accepts a token of ${bytes} bytes`);
      }
      this.#held.push(input.tokens);
    }
    if (input.type === "pause") this.#held.isPaused = true;
    if (input.type === "finish") this.#held.finish(input.reason, 0);
    if (input.type === "abort") this.#held.finish(6, input.error_code);
  }

  #received(datagram: string, at: number): void {
    const { ok: packet, code, clause } = read(datagram);
    const demand = this.#demand;
    if (packet === undefined) {
      demand.that(false, clause, () => `accepted a datagram that is discarded as ${code}`);
      return;
    }
    if (packet.open !== undefined) this.#opened(packet, packet.open);
    else {
      demand.that(packet.epoch === this.#epoch, "OPN-12", () => {
        return `accepted a packet of epoch ${packet.epoch ?? 0}, its own being ${this.#epoch}`;
      });
    }
    if (packet.close !== undefined) {
      this.#phase = "closed";
      return;
    }
    const number = Number(packet.packet_number);
    demand.that(number > this.#highest, "ACK-6", () => {
      return `accepted packet ${number} after packet ${this.#highest}`;
    });
    this.#highest = number;
    if (packet.ack !== undefined) this.#acked(packet.ack, at);
    if (packet.stop !== undefined && this.#held.end === undefined) this.#held.finish(3, 0);
  }

  #opened(packet: PacketJson, open: NonNullable<PacketJson["open"]>): void {
    this.#isAcceptRiding = true;
    this.#since = { ...this.#since, open: true };
    if (packet.epoch === this.#epoch) {
      this.#acceptFrom = this.#number + 1;
      return;
    }
    this.#epoch = packet.epoch ?? 0;
    this.#window = Number(open.window);
    this.#highest = 0;
    this.#number = 0;
    this.#acceptFrom = 1;
    this.#una = this.#hi = Number(open.next_index ?? 0);
    this.#delays = { least: Infinity, most: 0 };
    this.#sentAt.clear();
  }

  #acked(ack: NonNullable<PacketJson["ack"]>, at: number): void {
    const items = Number(ack.next_index ?? 0) + (ack.end_received === true ? 1 : 0);
    const largest = Number(ack.largest ?? 0);
    this.#demand.that(largest <= this.#number && items <= this.#hi, "ACK-7", () => {
      return `accepts an ack of packet ${largest} and ${items} items, having sent ${this.#number} and ${this.#hi}`;
    });
    this.#una = Math.max(this.#una, items);
    this.#since = { ...this.#since, ack: items === this.#una };
    const sentAt = this.#sentAt.get(largest);
    if (sentAt !== undefined) {
      const delay = Math.max(1, at - sentAt - (ack.delay_us ?? 0));
      this.#delays.least = Math.min(this.#delays.least, delay);
      this.#delays.most = Math.max(this.#delays.most, delay);
    }
    let top = largest;
    for (const [i, count] of (ack.ranges ?? [1]).entries()) {
      if (i % 2 === 0 && top > 0 && top >= this.#acceptFrom) this.#isAcceptRiding = false;
      top -= count;
    }
  }

  #emission(packets: readonly PacketJson[], now: number): void {
    this.#pace(packets, now);
    const hi = this.#hi;
    const una = this.#una;
    const tail = this.#held.tail(una, this.#window);
    const demand = this.#demand;
    const isAlone = packets.length === 1;
    for (const packet of packets) {
      const fullFits = isAlone && this.#fits(packet, [una, tail]);
      const [from, to] = this.#packet(packet, now);
      demand.that(to <= tail, "SND-1", () => {
        return `sends item ${to - 1}, and the window of ${this.#window} bytes ends before item ${tail}`;
      });
      this.#hi = Math.max(this.#hi, to);
      if (!fullFits) continue;
      const isAll = from === una && to === tail;
      const isRepair = this.#since.ack && from === una && to <= hi;
      demand.that(isAll || isRepair || this.#isLean([from, to], hi, tail), "SND-11", () => {
        return `sends [${from}, ${to}), and [${una}, ${tail}) fits`;
      });
    }
    demand.that(packets.length <= BURST_MAX, "SND-14", () => `sends ${packets.length} at once`);
    this.#since = { open: false, ack: false };
    this.#lastSend = now;
  }

  #isLean([from, to]: Stretch, hi: number, tail: number): boolean {
    const { least, most } = this.#delays;
    return from === hi && to === tail && most - least > 200_000;
  }

  #pace(packets: readonly PacketJson[], now: number): void {
    const isCaused = this.#since.open || this.#since.ack;
    const waited = now - (this.#lastSend ?? -SPACING_MIN_US);
    this.#demand.that(!this.#isExact || isCaused || waited >= SPACING_MIN_US, "CC-1", () => {
      return `sends ${ms(waited)} after its last packet, before 15 ms`;
    });
    this.#recent = [...this.#recent.filter((at) => at > now - 1_000_000), now];
    const most = PER_SECOND_MAX;
    this.#demand.that(isCaused || this.#recent.length <= most, "CC-1", () => {
      return `sends more than ${most} times in a second (${packets.length} now)`;
    });
  }

  /** Checks one packet but for what it leaves out; the items that it carries. */
  #packet(packet: PacketJson, now: number): Stretch {
    const demand = this.#demand;
    this.#number += 1;
    const number = Number(packet.packet_number ?? 0);
    demand.that(number === this.#number, "SND-2", () => {
      return `numbers a packet ${number} that is its number ${this.#number}`;
    });
    this.#sentAt.set(number, now);
    demand.that(
      packet.epoch === this.#epoch,
      "OPN-12",
      () => `sends in epoch ${packet.epoch ?? 0}`,
    );
    const isLive = this.#phase === "active" || this.#phase === "ending";
    demand.that(isLive, "END-5", () => `sends a packet in ${this.#phase}`);
    const isPaused = packet.flags === 2;
    demand.that(isPaused === this.#held.isPaused, "SND-6", () =>
      isPaused ? "sets PAUSED without a pause" : "leaves PAUSED out in a pause",
    );
    demand.that(packet.accept !== undefined || !this.#isAcceptRiding, "OPN-8", () => {
      return "leaves Accept out, which no ack has confirmed";
    });
    const tokens = tokensOf(packet);
    const first = tokens.length === 0 ? this.#una : Number(packet.first_index ?? 0);
    tokens.forEach((token, i) => {
      const own = this.#held.tokens[first + i];
      demand.that(own !== undefined, "SND-1", () => `sends token ${first + i}, never pushed`);
      demand.that(own === undefined || tokenKey(own) === tokenKey(token), "STR-2", () => {
        return `sends another token ${first + i} than was pushed`;
      });
    });
    if (packet.end === undefined) return [first, first + tokens.length];
    this.#end(packet.end);
    const n = this.#held.tokens.length;
    return [tokens.length === 0 ? n : first, n + 1];
  }

  #end(end: NonNullable<PacketJson["end"]>): void {
    const held = this.#held;
    const demand = this.#demand;
    demand.that(held.end !== undefined, "END-1", () => "sends an End before the stream has ended");
    const { reason, errorCode } = held.end ?? { reason: 0, errorCode: 0 };
    const isRight = Number(end.final_count ?? 0) === held.tokens.length && end.reason === reason;
    demand.that(isRight, "END-1", () => {
      return `sends an End of ${end.final_count ?? 0} tokens, reason ${end.reason ?? 0}; it ended after ${held.tokens.length}, reason ${reason}`;
    });
    const digest = held.endJson()?.digest;
    demand.that(end.digest === digest, "END-2", () => {
      return `sends an End with digest ${end.digest ?? ""}; that of its tokens is ${digest ?? ""}`;
    });
    demand.that((end.error_code ?? 0) === errorCode, "END-2", () => {
      return `sends an End with error code ${end.error_code ?? 0}, not ${errorCode}`;
    });
  }

  /** Whether the packet could have carried this stretch, its number and flags as they are. */
  #fits(packet: PacketJson, [from, to]: Stretch): boolean {
    const tokens = this.#held.tokens.slice(from, to);
    const bytes = tokens.reduce((sum, { data }) => sum + data.length / 2, 0);
    if (bytes > this.#config.max_payload) return false;
    const n = this.#held.tokens.length;
    const { stream_id = 0, epoch = 0, packet_number = "0", accept, flags = 0 } = packet;
    const end = to > n ? this.#held.endJson() : undefined;
    const runs = runsOf(tokens);
    const whole: PacketJson = {
      ...{ stream_id, epoch, packet_number, flags },
      ...(tokens.length > 0 && { first_index: String(from), runs }),
      ...(end && { end }),
      ...(accept && { accept }),
    };
    return runs.length <= 32 && encodedBytes(whole) <= this.#config.max_payload - 1;
  }

  #rest({ deadline, view }: StepResponse): void {
    const { phase, n } = view as SenderViewJson;
    const isLive = phase === "active" || phase === "ending";
    this.#demand.that(!isLive || !this.#rules.isGateOpen || deadline !== null, "TIM-2", () => {
      return `has no deadline in ${phase}`;
    });
    this.#demand.that(Number(n) === this.#held.tokens.length, "STR-2", () => {
      return `has ${n} tokens, and ${this.#held.tokens.length} were pushed`;
    });
  }
}
