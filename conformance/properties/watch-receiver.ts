// What must hold of a receiver whatever happens to it: rendering, truth of acks, Closes, numbers,
// deadlines. It knows what the port was given and what it said, and no model.

import type {
  OutputJson,
  ReceiverConfigJson,
  ReceiverViewJson,
  StepRequest,
  StepResponse,
} from "../../vectors/generate/model/lines.js";
import type { EndJson, PacketJson } from "../../vectors/generate/model/packet-json.js";
import { FLAGS } from "../../vectors/generate/model/registry.js";
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

const OPENS_MAX = 5;
const KICK_MIN_US = 400_000;

/** Clauses that this watch can find broken. */
export const RECEIVER_INVARIANTS = [
  ...["RCV-4", "RCV-1", "RCV-8", "ACK-1", "ACK-2", "ACK-3", "ACK-4", "ACK-5", "END-7", "OPN-1"],
  ...["OPN-3", "OPN-12", "TIM-3", "TIM-7", "PKT-15", "PKT-18", "ENC-4", "STR-5", "BND-4", "ERR-1"],
  ...["ERR-3", "SEC-2"],
] as const;

/** Watches a receiver. */
export class ReceiverWatch implements Watch {
  readonly #config: ReceiverConfigJson;
  readonly #demand = new Demand();
  readonly #rules: OutputRules;
  /** When each number was accepted. */
  readonly #accepted = new Map<number, number>();
  /** What accepted packets carried at each index. */
  readonly #carried = new Map<number, Set<string>>();
  readonly #ends: EndJson[] = [];
  #largest = 0;
  #next: number;
  #number = 0;
  #opens = 0;
  #phase = "opening";
  #isEnded = false;
  #stopReason: number | undefined;
  /** Something was accepted, or a stop asked for, that no ack has answered. */
  #isAckOwed = false;
  #mayAck = false;
  /** The time from which the next kick counts. */
  #base: number;

  constructor(config: ReceiverConfigJson, start: number) {
    this.#config = config;
    this.#next = Number(config.next_index);
    this.#base = start;
    this.#rules = new OutputRules(config, this.#demand);
  }

  get assertions(): number {
    return this.#demand.assertions;
  }

  judge(request: StepRequest, answer: StepResponse): Breach | undefined {
    try {
      this.#rules.begin(request, answer);
      request.inputs.forEach((input, i) => {
        const result = answer.results[i] ?? null;
        if (input.type === "receive") this.#received(input.datagram, result, input.at);
        if (input.type === "stop" && result === null) this.#stopped(input.reason, input.at);
      });
      const before = this.#number;
      for (const output of answer.outputs) this.#output(output, request.now);
      this.#phase = answer.view.phase;
      this.#acks(before);
      this.#rules.end(request, answer);
      this.#view(answer.view as ReceiverViewJson);
      return undefined;
    } catch (error) {
      if (error instanceof Broken) return error.breach;
      throw error;
    }
  }

  #stopped(reason: number, at: number): void {
    this.#stopReason = reason;
    if (this.#phase !== "active") return;
    this.#mayAck = true;
    this.#base = at;
  }

  #received(datagram: string, result: string | null, at: number): void {
    // A packet that completes with the wrong digest has been accepted and rendered by then.
    if (result !== null && result !== "transcript-mismatch") return;
    const { ok: packet, code, clause } = read(datagram);
    const demand = this.#demand;
    if (packet === undefined) {
      demand.that(false, clause, () => `accepted a datagram that is discarded as ${code}`);
      return;
    }
    demand.that(packet.epoch === this.#config.epoch, "OPN-12", () => {
      return `accepted a packet of epoch ${packet.epoch ?? 0}, its own being ${this.#config.epoch}`;
    });
    if (packet.close !== undefined) return;
    const number = Number(packet.packet_number);
    demand.that(!this.#accepted.has(number), "RCV-1", () => `accepted packet ${number} twice`);
    this.#accepted.set(number, at);
    this.#largest = Math.max(this.#largest, number);
    this.#base = at;
    this.#isAckOwed = true;
    this.#note(packet);
  }

  #note(packet: PacketJson): void {
    if (packet.end !== undefined) this.#ends.push(packet.end);
    const first = Number(packet.first_index ?? 0);
    tokensOf(packet).forEach((token, i) => {
      const known = this.#carried.get(first + i) ?? new Set<string>();
      this.#carried.set(first + i, known.add(tokenKey(token)));
    });
  }

  #output(output: OutputJson, now: number): void {
    switch (output.type) {
      case "render":
        this.#rendered(output);
        return;
      case "end":
        this.#ended(output);
        return;
      case "transmit": {
        const packet = this.#rules.transmitted(output.datagram);
        if (packet.close === undefined) this.#packet(packet, now);
        return;
      }
      case "phase":
        this.#phase = output.phase;
        return;
      case "stop":
        this.#demand.that(false, "STR-5", () => "emits the sender's event `stop`");
    }
  }

  #rendered({ index, tokens }: Extract<OutputJson, { type: "render" }>): void {
    this.#demand.that(Number(index) === this.#next, "RCV-4", () => {
      return `renders from ${index} having rendered up to ${this.#next}`;
    });
    for (const token of tokens) {
      const isCarried = this.#carried.get(this.#next)?.has(tokenKey(token)) === true;
      this.#demand.that(isCarried, "RCV-4", () => {
        return `renders a token ${this.#next} that no packet carried so`;
      });
      this.#carried.delete(this.#next);
      this.#next += 1;
    }
  }

  #ended({ final_count, reason }: Extract<OutputJson, { type: "end" }>): void {
    const demand = this.#demand;
    demand.that(!this.#isEnded, "RCV-8", () => "delivers the End twice");
    demand.that(Number(final_count) === this.#next, "RCV-8", () => {
      return `delivers an End of ${final_count} tokens having rendered up to ${this.#next}`;
    });
    const isCarried = this.#ends.some((end) => end.reason === reason);
    demand.that(isCarried, "RCV-8", () => `delivers reason ${reason}, which no End had`);
    this.#isEnded = true;
  }

  #packet(packet: PacketJson, now: number): void {
    this.#number += 1;
    const number = Number(packet.packet_number ?? 0);
    this.#demand.that(number === this.#number, "ACK-5", () => {
      return `numbers a packet ${number} that is its number ${this.#number}`;
    });
    this.#demand.that(packet.epoch === this.#config.epoch, "OPN-12", () => {
      return `sends a packet of epoch ${packet.epoch ?? 0}`;
    });
    const isStopping = this.#stopReason !== undefined && this.#ends.length === 0;
    this.#demand.that((packet.stop !== undefined) === isStopping, "END-7", () =>
      isStopping ? "leaves Stop out" : "sends a Stop that nobody asked for or that is over",
    );
    if (packet.open !== undefined) this.#open(packet.open);
    else if (packet.ack !== undefined) this.#ack(packet, packet.ack, now);
    else this.#demand.that(false, "ACK-1", () => "sends a packet that is neither ack nor Open");
  }

  #open(open: NonNullable<PacketJson["open"]>): void {
    this.#opens += 1;
    const isInTime = this.#phase === "opening" && this.#opens <= OPENS_MAX;
    this.#demand.that(isInTime, "OPN-1", () => `sends Open ${this.#opens} in ${this.#phase}`);
    const { next_index, window, rtt_hint_us = 0 } = this.#config;
    const isRight =
      open.version === 1 &&
      (open.next_index ?? "0") === next_index &&
      open.window === window &&
      (open.rtt_hint_us ?? 0) === rtt_hint_us;
    this.#demand.that(isRight, "OPN-3", () => `sends an Open with ${JSON.stringify(open)}`);
  }

  #ack(packet: PacketJson, ack: NonNullable<PacketJson["ack"]>, now: number): void {
    const isKick = packet.flags === FLAGS.ACK_NOW;
    const demand = this.#demand;
    demand.that(isKick || this.#isAckOwed || this.#mayAck, "ACK-1", () => {
      return "sends an ack though it accepted nothing since the last";
    });
    demand.that(!isKick || now >= this.#base + KICK_MIN_US, "TIM-3", () => {
      return `kicks ${ms(now - this.#base)} after the last packet or kick, before 400 ms`;
    });
    if (isKick) this.#base = now;
    this.#isAckOwed = false;
    this.#mayAck = false;
    const next = Number(ack.next_index ?? 0);
    demand.that(next === this.#next, "ACK-2", () => {
      return `states next_index ${next} having rendered up to ${this.#next}`;
    });
    demand.that((ack.end_received === true) === this.#isEnded, "ACK-2", () => {
      return `states end_received ${ack.end_received === true ? "true" : "false"}`;
    });
    const largest = Number(ack.largest ?? 0);
    demand.that(largest === this.#largest, "ACK-3", () => {
      return `states largest ${largest}, having accepted up to ${this.#largest}`;
    });
    this.#ranges(ack, largest);
    const at = this.#accepted.get(largest) ?? now;
    const delay = Math.min(now - at, 2 ** 32 - 1);
    demand.that((ack.delay_us ?? 0) === delay, "ACK-4", () => {
      return `states delay_us ${ack.delay_us ?? 0}, ${delay} after it accepted packet ${largest}`;
    });
  }

  #ranges({ ranges = [] }: NonNullable<PacketJson["ack"]>, largest: number): void {
    let top = largest;
    for (const [i, count] of ranges.entries()) {
      for (let k = 0; i % 2 === 0 && k < count; k += 1) {
        const number = top - k;
        this.#demand.that(this.#accepted.has(number), "ACK-3", () => {
          return `acknowledges packet ${number}, which it did not accept`;
        });
      }
      top -= count;
    }
  }

  /** @param before - the number of packets sent before this step. */
  #acks(before: number): void {
    const sent = this.#number - before;
    this.#demand.that(sent <= 1, "SEC-2", () => `sends ${sent} packets at once`);
    if (this.#phase === "closed" || this.#phase === "failed") this.#isAckOwed = false;
    if (!this.#rules.isGateOpen) return;
    this.#demand.that(!this.#isAckOwed, "ACK-1", () => "accepts a packet and sends no ack");
  }

  #view({ next_index, largest }: ReceiverViewJson): void {
    this.#demand.that(Number(next_index) === this.#next, "RCV-4", () => {
      return `has next_index ${next_index} having rendered up to ${this.#next}`;
    });
    this.#demand.that(Number(largest) === this.#largest, "ACK-3", () => {
      return `has largest ${largest}, having accepted up to ${this.#largest}`;
    });
  }
}
