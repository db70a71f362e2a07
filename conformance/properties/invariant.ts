// What an invariant says of a port's answer, whatever the port: the words and forms that the watches of
// both roles share. An invariant cites the clause that is broken and needs no model.

import { decode, fromHex, type Decoded } from "../../vectors/generate/model/codec.js";
import type {
  OutputJson,
  StepRequest,
  StepResponse,
  TokenJson,
} from "../../vectors/generate/model/lines.js";
import type { PacketJson, RunJson } from "../../vectors/generate/model/packet-json.js";

import { firstDifference } from "../engine/difference.js";
import type { Json } from "../json.js";

/** A clause that an answer breaks, and how, as a phrase after "your port". */
export interface Breach {
  readonly clause: string;
  readonly text: string;
}

/** Watches one endpoint from its first step to its last. */
export interface Watch {
  /** What is wrong with an answer; the first breach. */
  judge(request: StepRequest, answer: StepResponse): Breach | undefined;
  /** Comparisons made so far. */
  readonly assertions: number;
}

/** Thrown inside a watch, to leave from any depth. */
export class Broken extends Error {
  constructor(readonly breach: Breach) {
    super(breach.text);
  }
}

/** Counts comparisons and throws {@link Broken} at the first that fails. */
export class Demand {
  assertions = 0;

  /** Demands that `holds`. */
  that(holds: boolean, clause: string, text: () => string): void {
    this.assertions += 1;
    if (!holds) throw new Broken({ clause, text: text() });
  }
}

/** Decodes a datagram in hexadecimal. */
export function read(datagram: string): Decoded {
  return decode(fromHex(datagram));
}

/** The tokens of a packet in order, an absent channel as 0. */
export function tokensOf({ runs = [] }: PacketJson): readonly Required<TokenJson>[] {
  return runs.flatMap(cut);
}

function cut({ channel = 0, data = "", lengths = [] }: RunJson): Required<TokenJson>[] {
  let from = 0;
  return (lengths.length === 0 ? [data.length / 2] : lengths).map((length) => {
    const token = { channel, data: data.slice(from, from + 2 * length) };
    from += 2 * length;
    return token;
  });
}

/** A token as a key. */
export function tokenKey({ channel = 0, data }: TokenJson): string {
  return `${channel}/${data}`;
}

/** The size that PKT-18 demands of a datagram, from the size of its packet. */
export function paddedBytes(
  packetBytes: number,
  { max_payload, bucket }: { readonly max_payload: number; readonly bucket: number },
): number {
  return Math.min(max_payload, Math.ceil((packetBytes + 1) / bucket) * bucket);
}

/** The bytes of a packet in a padded datagram in hexadecimal. */
export function packetBytesIn(datagram: string): number {
  return datagram.replace(/(00)*$/, "").length / 2 - 1;
}

/** Whether two outputs in normal form are the same. */
export function isSameOutput(one: OutputJson | undefined, other: OutputJson | undefined): boolean {
  return firstDifference(json(one), json(other)) === undefined;
}

function json(output: OutputJson | undefined): Json {
  return (output ?? null) as Json;
}

/** Milliseconds with all digits of a microsecond. */
export function ms(us: number): string {
  return `${(us / 1000).toFixed(3)} ms`;
}
