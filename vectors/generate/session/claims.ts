// Claims: what the author of a session vector says must be true at a step, checked while the vectors
// are generated. The model fills in the rest, but cannot make the point of a case vanish.

import { isDeepStrictEqual } from "node:util";
import { decode, fromHex } from "../model/codec.js";
import type { OutputJson, StepRequest, StepResponse } from "../model/lines.js";
import { uint64 } from "../model/lines.js";
import type { AckJson, OpenJson, PacketJson } from "../model/packet-json.js";
import { FLAGS } from "../model/registry.js";
import { tokenCount } from "./describe.js";
import { token, type Tokenish } from "./packets.js";

/** What a claim may say of a datagram that is sent; what it leaves out is not claimed. */
export interface Sent {
  readonly epoch?: number;
  readonly number?: number;
  /** Items `[a, b)`, the End being item n; empty for none. */
  readonly items?: readonly number[];
  readonly end?: boolean;
  readonly accept?: boolean;
  readonly paused?: boolean;
  readonly kick?: boolean;
  readonly next?: number;
  readonly largest?: number;
  readonly ranges?: readonly number[];
  readonly delay?: number;
  readonly endReceived?: boolean;
  readonly open?: boolean;
  readonly stop?: number;
  readonly close?: number;
  /** Size in bytes. */
  readonly size?: number;
  readonly runs?: number;
}

/** A step and its answer, and what may be claimed of it. */
export class Seen {
  constructor(
    private readonly where: string,
    readonly request: StepRequest,
    readonly response: StepResponse,
  ) {}

  /** The datagrams sent, each as far as the claim says; no more and no fewer. */
  sends(...expected: readonly Sent[]): this {
    const sent = this.datagrams().map(summaryOf);
    const asFar = sent.map((summary, i) => restrict(summary, expected[i] ?? {}));
    if (sent.length !== expected.length) return this.fail("sends", expected, sent);
    return this.same("sends", expected, asFar);
  }

  sendsNothing(): this {
    return this.sends();
  }

  /** Nothing comes out at all. */
  silent(): this {
    return this.same("outputs", [], this.response.outputs);
  }

  results(...codes: readonly (string | null)[]): this {
    return this.same("results", codes, this.response.results);
  }

  /** Every input is accepted. */
  accepted(): this {
    return this.results(...this.request.inputs.map(() => null));
  }

  phase(phase: string): this {
    return this.same("phase", phase, this.response.view.phase);
  }

  view(view: Readonly<Record<string, string | number>>): this {
    return this.same("view", view, restrict(this.response.view, view));
  }

  /** The phases entered, as `phase cause` or `phase cause code`. */
  enters(...phases: readonly string[]): this {
    const entered = this.outputs("phase").map(({ phase, cause, code }) =>
      [phase, cause, ...(code === undefined ? [] : [code])].join(" "),
    );
    return this.same("enters", phases, entered);
  }

  /** One render from `index` on of these tokens. */
  renders(index: number, ...tokens: readonly Tokenish[]): this {
    const expected = [{ type: "render", index: uint64(index), tokens: tokens.map(token) }];
    return this.same("renders", expected, this.outputs("render"));
  }

  rendersNothing(): this {
    return this.same("renders", [], this.outputs("render"));
  }

  ends(finalCount: number, reason: number, errorCode?: number): this {
    const code = errorCode === undefined ? {} : { error_code: errorCode };
    const expected = [{ type: "end", final_count: uint64(finalCount), reason, ...code }];
    return this.same("ends", expected, this.outputs("end"));
  }

  doesNotEnd(): this {
    return this.same("ends", [], this.outputs("end"));
  }

  stops(...reasons: readonly number[]): this {
    return this.same(
      "stops",
      reasons,
      this.outputs("stop").map(({ reason }) => reason),
    );
  }

  deadline(at: number | null, timer: string | null): this {
    const { response } = this;
    return this.same("deadline", [at, timer], [response.deadline, response.timer]);
  }

  private outputs<T extends OutputJson["type"]>(type: T): Extract<OutputJson, { type: T }>[] {
    return this.response.outputs.filter(
      (output): output is Extract<OutputJson, { type: T }> => output.type === type,
    );
  }

  private datagrams(): string[] {
    return this.outputs("transmit").map(({ datagram }) => datagram);
  }

  private same(what: string, expected: unknown, got: unknown): this {
    if (!isDeepStrictEqual(expected, got)) return this.fail(what, expected, got);
    return this;
  }

  private fail(what: string, expected: unknown, got: unknown): never {
    const claim = `claimed ${JSON.stringify(expected)}, the model says ${JSON.stringify(got)}`;
    throw new Error(`${this.where} at ${this.request.now}: ${what}: ${claim}`);
  }
}

function restrict(whole: object, part: object): Record<string, unknown> {
  const names = Object.keys(part);
  const values = whole as Readonly<Record<string, unknown>>;
  return Object.fromEntries(names.map((name) => [name, values[name]]));
}

function summaryOf(datagram: string): Sent {
  const decoded = decode(fromHex(datagram));
  if (decoded.ok === undefined) throw new Error(`sent a ${decoded.code} datagram`);
  const sent = decoded.ok;
  return {
    epoch: sent.epoch ?? 0,
    number: Number(sent.packet_number ?? 0),
    items: itemsOf(sent),
    end: sent.end !== undefined,
    accept: sent.accept !== undefined,
    paused: sent.flags === FLAGS.PAUSED,
    kick: sent.ack !== undefined && sent.flags === FLAGS.ACK_NOW,
    ...summaryOfAck(sent.ack),
    ...summaryOfOpen(sent.open),
    stop: sent.stop?.reason ?? 0,
    close: sent.close?.code ?? 0,
    size: datagram.length / 2,
    runs: (sent.runs ?? []).length,
  };
}

function summaryOfAck(ack: AckJson | undefined): Sent {
  if (ack === undefined) return {};
  return {
    next: Number(ack.next_index ?? 0),
    largest: Number(ack.largest ?? 0),
    ranges: ack.ranges ?? [],
    delay: ack.delay_us ?? 0,
    endReceived: ack.end_received === true,
  };
}

function summaryOfOpen(open: OpenJson | undefined): Sent {
  if (open === undefined) return { open: false };
  return { open: true, next: Number(open.next_index ?? 0) };
}

function itemsOf(sent: PacketJson): number[] {
  const count = tokenCount(sent);
  const first = Number(sent.first_index ?? 0);
  const final = Number(sent.end?.final_count ?? 0);
  if (count > 0) return [first, first + count + (sent.end === undefined ? 0 : 1)];
  return sent.end === undefined ? [] : [final, final + 1];
}
