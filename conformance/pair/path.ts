// The path between two ports: a seeded link each way, and a trace that knows what became of every datagram.
// It reads no packet; a datagram is known by its bytes.

import { Link, type LinkTally } from "../../simulator/link.js";
import type { Prng } from "../../simulator/prng.js";
import { fromHex, toHex } from "../../vectors/generate/model/codec.js";
import type { Side } from "./party.js";
import type { Preset } from "./presets.js";

/** One thing that happened in a session, in order. */
export type TraceEntry =
  | { readonly type: "note"; readonly atUs: number; readonly side: Side; readonly text: string }
  | {
      readonly type: "datagram";
      readonly atUs: number;
      /** Who sent it. */
      readonly side: Side;
      readonly datagram: string;
      /** `lost` on the path, or the code with which its first copy was discarded. */
      readonly stopped?: string;
    };

interface Sent {
  readonly type: "datagram";
  readonly atUs: number;
  readonly side: Side;
  readonly datagram: string;
  stopped?: string;
}

/** A datagram that has arrived. */
export interface Arrival {
  readonly datagram: string;
  /** Marks in the trace that it was discarded. */
  readonly discard: (code: string) => void;
}

/** Two links and their trace. */
export class Path {
  /** By who sends. */
  readonly #links: Readonly<Record<Side, Link>>;
  readonly #ready: Readonly<Record<Side, Arrival[]>> = { sender: [], receiver: [] };
  readonly #underWay = new Map<string, Sent[]>();
  readonly #trace: TraceEntry[] = [];

  constructor(preset: Preset, prng: Prng) {
    const link = (name: string): Link =>
      new Link(preset.link(prng.stream("outages")), prng.stream(name));
    this.#links = { sender: link("towards the receiver"), receiver: link("towards the sender") };
  }

  /** What has happened so far. */
  get trace(): readonly TraceEntry[] {
    return this.#trace;
  }

  /** What has happened to the datagrams of a side. */
  tally(side: Side): LinkTally {
    return this.#links[side].tally();
  }

  /** Remembers what is no datagram. */
  note(side: Side, atUs: number, text: string): void {
    this.#trace.push({ type: "note", atUs, side, text });
  }

  /** A side sends a datagram. */
  send(side: Side, datagram: string, now: number): void {
    const link = this.#links[side];
    const gone = ({ lost, dropped }: LinkTally): number => lost + dropped;
    const before = gone(link.tally());
    link.send(fromHex(datagram), now);
    const sent: Sent = { type: "datagram", atUs: now, side, datagram };
    this.#trace.push(sent);
    if (gone(link.tally()) > before) {
      sent.stopped = "lost";
      return;
    }
    const key = `${side} ${datagram}`;
    this.#underWay.set(key, [...(this.#underWay.get(key) ?? []), sent]);
  }

  /** What has arrived from a side by now and was not taken yet. */
  arrivals(side: Side, now: number): readonly Arrival[] {
    this.#pull(side, now);
    return this.#ready[side].splice(0);
  }

  /** When there will be something from a side; `undefined` if nothing is under way. */
  nextUs(side: Side, now: number): number | undefined {
    const until = this.#pull(side, now);
    return this.#ready[side].length > 0 ? now : until;
  }

  #pull(side: Side, now: number): number | undefined {
    for (;;) {
      const output = this.#links[side].poll(now);
      if (output.type === "wait") return output.until;
      this.#ready[side].push(this.#arrived(side, toHex(output.datagram)));
    }
  }

  #arrived(side: Side, datagram: string): Arrival {
    // A copy that the path made has none of its own left: what it meets changes no mark.
    const sent = this.#underWay.get(`${side} ${datagram}`)?.shift();
    return {
      datagram,
      discard: (code) => {
        if (sent !== undefined) sent.stopped = code;
      },
    };
  }
}
