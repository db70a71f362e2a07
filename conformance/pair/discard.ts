// A discard as a finding: whether the path explains it, and if not, who is wrong. The kit reads the same
// datagram with its own strict codec and says what SPEC.md makes of it.

import { decode, fromHex } from "../../vectors/generate/model/codec.js";
import { peerOf, type Side } from "./party.js";

const CODEC_CODES = ["size", "padding", "not-canonical", "over-limit", "invalid"];

/** An answer to a datagram that has arrived. */
export interface Reception {
  readonly datagram: string;
  /** Who received it. */
  readonly side: Side;
  /** `null` if it was accepted, else the code of the discard. */
  readonly result: string | null;
  /** The highest number that arrived there before; 0 if none did. */
  readonly highest: number;
  /** The phase after it. */
  readonly phase: string;
}

/** What such a session agreed on; every packet must have it. */
export interface Agreed {
  readonly streamId: number;
  readonly epoch: number;
}

/** Phases in which a side accepts nothing any more. */
const DEAF = ["done", "detached", "closed", "failed"];

/** Whether the path or the end of the session explains why a datagram was discarded. */
export function isNatural({ datagram, result, highest, phase }: Reception): boolean {
  if (result === "phase") return DEAF.includes(phase);
  const number = Number(decode(fromHex(datagram)).ok?.packet_number ?? 0);
  return result === "duplicate" && number <= highest;
}

/** The code and the clause with which the kit's codec discards a datagram, if it does. */
export function kitVerdict(datagram: string): { code: string; clause: string } | undefined {
  const { code, clause } = decode(fromHex(datagram));
  return code === undefined ? undefined : { code, clause };
}

/** Who is wrong about a discard, as a sentence; `undefined` where the kit cannot tell. */
export function judgeDiscard(
  reception: Reception,
  names: Readonly<Record<Side, string>>,
  agreed: Agreed,
): string | undefined {
  const { datagram, side, result } = reception;
  const receiving = names[side];
  const sending = names[peerOf(side)];
  const verdict = kitVerdict(datagram);
  if (verdict !== undefined) {
    const must = `By ${verdict.clause} it must be discarded as ${verdict.code}: ${sending} is wrong`;
    return verdict.code === result ? `${must}.` : `${must}, and ${receiving} in the code.`;
  }
  if (CODEC_CODES.includes(result ?? "")) {
    return `The datagram is canonical and valid by SPEC.md: ${receiving} is wrong.`;
  }
  const isRight = isSaid(reception, agreed);
  if (isRight === undefined) return undefined;
  return isRight ? `So it is: ${sending} is wrong.` : `It is not so: ${receiving} is wrong.`;
}

/** Whether what the code says of the datagram is so; `undefined` where that depends on more. */
function isSaid({ datagram, side, result, highest }: Reception, agreed: Agreed) {
  const packet = decode(fromHex(datagram)).ok ?? {};
  const isFromReceiver = packet.ack !== undefined || packet.open !== undefined;
  switch (result) {
    case "stream":
      return (packet.stream_id ?? 0) !== agreed.streamId;
    case "epoch":
      return packet.epoch !== agreed.epoch;
    case "direction":
      return packet.close === undefined && isFromReceiver === (side === "receiver");
    case "duplicate":
      return Number(packet.packet_number ?? 0) <= highest;
    case "unexpected":
      return side === "receiver" && packet.accept !== undefined ? false : undefined;
    default:
      return undefined;
  }
}
