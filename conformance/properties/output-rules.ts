// What holds of the answers of both machines alike: order, canonical datagrams, padding, Closes, the
// gate, deadlines, and that what has no effect has none.

import type { StepRequest, StepResponse } from "../../vectors/generate/model/lines.js";
import type { PacketJson } from "../../vectors/generate/model/packet-json.js";
import { packetBytesIn, paddedBytes, read, ms, type Demand } from "./invariant.js";

/** Codes of datagrams that may change a state or cause a Close although they are discarded. */
const WITH_EFFECT = new Set([
  ...["refused-open", "invalid-ack"],
  ...["final-mismatch", "content-mismatch", "limit-exceeded", "transcript-mismatch"],
]);
const CLOSES_MAX = 4;

interface Sizes {
  readonly stream_id: number;
  readonly max_payload: number;
  readonly bucket: number;
}

/** Rules for one endpoint, step after step. */
export class OutputRules {
  isGateOpen = true;
  readonly #config: Sizes;
  readonly #demand: Demand;
  #previous: StepResponse | undefined;
  #closes = 0;
  /** The sizes of datagrams of this step that may have caused a Close. */
  #causes: number[] = [];

  constructor(config: Sizes, demand: Demand) {
    this.#config = config;
    this.#demand = demand;
  }

  /** Looks at a step before its outputs. */
  begin({ inputs }: StepRequest, { results, outputs }: StepResponse): void {
    this.#demand.that(results.length === inputs.length, "STR-5", () => {
      return `gives ${results.length} results for ${inputs.length} inputs`;
    });
    this.#closes = 0;
    this.#causes = [];
    for (const input of inputs) {
      if (input.type === "gate") this.isGateOpen = input.open;
      if (input.type !== "receive") continue;
      const packet = read(input.datagram).ok;
      if (packet !== undefined && packet.close === undefined) {
        this.#causes.push(input.datagram.length / 2);
      }
    }
    const first = outputs.findIndex(({ type }) => type === "transmit");
    const isInOrder = outputs.every(
      ({ type }, i) => first === -1 || i < first || type === "transmit",
    );
    this.#demand.that(isInOrder, "STR-5", () => "emits an event after a datagram");
  }

  /** The packet of a datagram that was sent. */
  transmitted(datagram: string): PacketJson {
    const { ok: packet, code, clause } = read(datagram);
    const demand = this.#demand;
    demand.that(this.isGateOpen, "BND-4", () => "sends a datagram while its gate is closed");
    if (packet === undefined) {
      demand.that(false, clause, () => `sends a datagram that is discarded as ${code}`);
      return {};
    }
    demand.that((packet.extensions ?? []).length === 0, "PKT-15", () => "sends an extension");
    demand.that((packet.stream_id ?? 0) === this.#config.stream_id, "STR-2", () => {
      return `sends a packet of stream ${packet.stream_id ?? 0}`;
    });
    const size = datagram.length / 2;
    if (packet.close !== undefined) {
      this.#close(size);
      return packet;
    }
    const right = paddedBytes(packetBytesIn(datagram), this.#config);
    demand.that(size === right, "PKT-18", () => `pads to ${size} bytes what takes ${right}`);
    return packet;
  }

  #close(size: number): void {
    this.#closes += 1;
    const most = Math.min(CLOSES_MAX, this.#causes.length);
    this.#demand.that(this.#closes <= most, "ERR-3", () =>
      most === 0
        ? "sends a Close that no datagram caused"
        : `sends ${this.#closes} Closes for ${most} datagrams`,
    );
    this.#demand.that(size <= Math.max(...this.#causes), "ERR-3", () => {
      return `sends a Close of ${size} bytes, larger than what caused it`;
    });
  }

  /** Looks at a step after its outputs. */
  end({ now, inputs }: StepRequest, answer: StepResponse): void {
    const { results, outputs, deadline, timer, view } = answer;
    const previous = this.#previous;
    this.#previous = answer;
    const demand = this.#demand;
    demand.that(deadline === null || deadline > now, "STR-6", () => {
      return `has its deadline ${timer ?? ""} at ${ms(deadline ?? 0)}, which is not after the poll`;
    });
    demand.that(
      (deadline === null) === (timer === null),
      "TIM-7",
      () => "has a deadline without a timer",
    );
    demand.that(this.isGateOpen || deadline === null, "BND-4", () => {
      return "has a deadline while its gate is closed";
    });
    const hasEffect = inputs.some(({ type }, i) => {
      const code = results[i] ?? null;
      return type === "gate" || code === null || WITH_EFFECT.has(code);
    });
    const isDue = (previous?.deadline ?? Infinity) <= now;
    if (previous === undefined || hasEffect || isDue) return;
    const clause = inputs.some(({ type }) => type === "receive") ? "ERR-1" : "TIM-7";
    const why = inputs.length === 0 ? "though nothing happened" : "though it took nothing in";
    demand.that(outputs.length === 0, clause, () => `emits ${outputs[0]?.type ?? ""}, ${why}`);
    const isSame =
      deadline === previous.deadline &&
      timer === previous.timer &&
      JSON.stringify(view) === JSON.stringify(previous.view);
    demand.that(isSame, clause, () => `changes its deadline or state, ${why}`);
  }
}
