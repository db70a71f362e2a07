// Whether what a datagram says is so: the kit knows what was pushed, rendered and delivered. Reads with
// the model's strict codec and says nothing of datagrams that it discards; those are judged on arrival.

import { decode, fromHex } from "../../vectors/generate/model/codec.js";
import type { TokenJson } from "../../vectors/generate/model/lines.js";
import type { AckJson, PacketJson, RunJson } from "../../vectors/generate/model/packet-json.js";
import { digestOf, onWire } from "../../vectors/generate/model/transcript.js";

/** What is known of a session at the time of a datagram. */
export interface Known {
  readonly pushed: readonly TokenJson[];
  readonly rendered: number;
  /** Numbers of the sender's packets that have arrived at the receiver. */
  readonly arrived: ReadonlySet<number>;
}

/** What a datagram says that is not so, as a phrase after the name of who sent it. */
export function untruth(datagram: string, known: Known): string | undefined {
  const { ok: packet } = decode(fromHex(datagram));
  if (packet === undefined) return undefined;
  return (
    falseToken(packet, known.pushed) ??
    falseEnd(packet, known.pushed) ??
    falseAck(packet.ack, known)
  );
}

/** The number of a datagram's packet; `undefined` for a Close and for what is discarded. */
export function numberOf(datagram: string): number | undefined {
  const { ok } = decode(fromHex(datagram));
  return ok?.packet_number === undefined ? undefined : Number(ok.packet_number);
}

/** The tokens that a datagram carries; none if it is discarded. */
export function tokensIn(datagram: string): readonly TokenJson[] {
  return (decode(fromHex(datagram)).ok?.runs ?? []).flatMap(cut);
}

function cut({ channel = 0, data = "", lengths = [data.length / 2] }: RunJson): TokenJson[] {
  let from = 0;
  return lengths.map((length) => {
    const token = { channel, data: data.slice(from, from + 2 * length) };
    from += 2 * length;
    return token;
  });
}

/** Whether two tokens are the same, an absent channel being 0. */
export function isSameToken(one: TokenJson, other: TokenJson | undefined): boolean {
  return one.data === other?.data && (one.channel ?? 0) === (other.channel ?? 0);
}

function falseToken(packet: PacketJson, pushed: readonly TokenJson[]): string | undefined {
  const first = Number(packet.first_index ?? 0);
  const place = (packet.runs ?? [])
    .flatMap(cut)
    .findIndex((token, at) => !isSameToken(token, pushed[first + at]));
  if (place === -1) return undefined;
  const index = first + place;
  return index < pushed.length
    ? `sends another token ${index} than was pushed (STR-2)`
    : `sends a token ${index} of which only ${pushed.length} were pushed (SND-1)`;
}

function falseEnd({ end }: PacketJson, pushed: readonly TokenJson[]): string | undefined {
  if (end === undefined) return undefined;
  const { final_count = "0", digest } = end;
  if (Number(final_count) !== pushed.length) {
    return `sends an End with final_count ${final_count} after ${pushed.length} tokens (END-2)`;
  }
  const right = onWire(digestOf(pushed));
  return digest === right
    ? undefined
    : `sends an End with digest ${digest ?? ""}; that of the tokens pushed is ${right} (END-2)`;
}

function falseAck(ack: AckJson | undefined, { rendered, arrived }: Known): string | undefined {
  if (ack === undefined) return undefined;
  const next = Number(ack.next_index ?? 0);
  if (next !== rendered) {
    return `sends an ack with next_index ${next} having rendered ${rendered} tokens (ACK-2)`;
  }
  const never = neverArrived(ack, arrived);
  return never === undefined
    ? undefined
    : `acknowledges packet ${never}, which has not arrived there (ACK-3)`;
}

/** The highest number that an ack reports and that did not arrive. */
function neverArrived(
  { largest = "0", ranges = [1] }: AckJson,
  arrived: ReadonlySet<number>,
): number | undefined {
  let top = Number(largest);
  for (const [place, length] of ranges.entries()) {
    // It ends at the first number that did not arrive, so what a port claims costs no time.
    for (let i = 0; place % 2 === 0 && i < length && top - i > 0; i += 1) {
      if (!arrived.has(top - i)) return top - i;
    }
    top -= length;
  }
  return undefined;
}
