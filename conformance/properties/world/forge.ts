/**
 * Datagrams that an honest peer would not send, built from what is true and a difference. A forgery that
 * cannot be encoded is none.
 */
import type { StepResponse, TokenJson } from "../../../vectors/generate/model/lines.js";
import { CodecError, decode, encode, fromHex } from "../../../vectors/generate/model/codec.js";
import type { EndJson, PacketJson } from "../../../vectors/generate/model/packet-json.js";
import { runsOf } from "../../../vectors/generate/model/sender-state.js";
import { EMPTY_DIGEST, onWire } from "../../../vectors/generate/model/transcript.js";
import type { Forgery, Way, Who } from "./schedule.js";

/** What a forger knows. */
export interface Surroundings {
  readonly streamId: number;
  readonly epoch: number;
  readonly tokens: readonly TokenJson[];
  /** D of each prefix of the tokens. */
  readonly digests: readonly string[];
  /** Of the latest receiver. */
  readonly nextIndex: number;
  readonly sender: StepResponse["view"] | undefined;
  readonly sent: (way: Way, back: number) => string | undefined;
}

type Of<Kind extends Forgery["kind"]> = Extract<Forgery, { kind: Kind }>;

const UINT32_MAX = 2 ** 32 - 1;
const INDEX_MAX = 2 ** 53 - 1;
const PAYLOAD = 16384;

/** The datagram, as hex, and where it goes. */
export function forge(
  forgery: Forgery,
  around: Surroundings,
): { readonly to: Who; readonly datagram: string } | undefined {
  switch (forgery.kind) {
    case "ack":
      return packed("sender", ackOf(forgery, around));
    case "open":
      return packed("sender", openOf(forgery, around));
    case "packet":
      return packed("receiver", packetOf(forgery, around));
    case "close":
      return packed(forgery.to, {
        stream_id: around.streamId,
        epoch: uint32(around.epoch + forgery.epoch),
        close: { code: forgery.code },
      });
    case "bytes":
      return { to: forgery.to, datagram: Buffer.from(forgery.bytes).toString("hex") };
    case "replay": {
      const datagram = around.sent(forgery.way, forgery.back);
      if (datagram === undefined) return undefined;
      return { to: forgery.way === "up" ? "sender" : "receiver", datagram };
    }
  }
}

function ackOf(forgery: Of<"ack">, around: Surroundings): PacketJson {
  const largest = Math.max(0, lastNumber("down", around) + 1 - forgery.largest);
  const una = around.sender && "una" in around.sender ? Number(around.sender.una) : 0;
  return {
    stream_id: uint32(around.streamId + forgery.streamId),
    epoch: uint32(around.epoch + forgery.epoch),
    packet_number: index(lastNumber("up", around) + forgery.number),
    ack: {
      next_index: index(una + forgery.nextIndex),
      largest: index(largest),
      ranges: fitting(forgery.ranges, largest),
      delay_us: largest === 0 ? 0 : forgery.delayUs,
      end_received: forgery.endReceived,
    },
    flags: forgery.ackNow ? 1 : 0,
    ...stopOf(forgery.stop),
  };
}

function openOf(forgery: Of<"open">, around: Surroundings): PacketJson {
  const nextIndex = Math.max(0, around.nextIndex + forgery.nextIndex);
  const digest = (forgery.forged ? undefined : around.digests[nextIndex]) ?? EMPTY_DIGEST;
  return {
    stream_id: around.streamId,
    epoch: uint32(around.epoch + forgery.epoch),
    packet_number: index(lastNumber("up", around) + forgery.number),
    open: {
      version: forgery.version,
      next_index: index(nextIndex),
      ...(nextIndex > 0 && { prefix_digest: onWire(digest) }),
      window: index(forgery.window),
      rtt_hint_us: forgery.rttHintUs,
    },
    ...stopOf(forgery.stop),
  };
}

function packetOf(forgery: Of<"packet">, around: Surroundings): PacketJson {
  const firstIndex = Math.max(0, around.nextIndex + forgery.firstIndex);
  const { count, size, channels } = forgery.tokens;
  const tokens = Array.from({ length: count }, (_, i): TokenJson => {
    const own = forgery.genuine ? around.tokens[firstIndex + i] : undefined;
    const channel = channels[i % Math.max(1, channels.length)] ?? 0;
    return own ?? { channel, data: Buffer.alloc(size, firstIndex + i + 1).toString("hex") };
  });
  return {
    stream_id: around.streamId,
    epoch: uint32(around.epoch + forgery.epoch),
    packet_number: index(lastNumber("down", around) + forgery.number),
    ...(count > 0 && { first_index: index(firstIndex), runs: runsOf(tokens) }),
    ...(forgery.end && { end: endOf(forgery.end, around) }),
    ...(forgery.accept && { accept: { version: 1 } }),
    flags: forgery.paused ? 2 : 0,
  };
}

function endOf(end: NonNullable<Of<"packet">["end"]>, around: Surroundings): EndJson {
  const finalCount = Math.max(0, around.tokens.length + end.finalCount);
  const digest = (end.forged ? undefined : around.digests[finalCount]) ?? EMPTY_DIGEST;
  return {
    final_count: index(finalCount),
    reason: end.reason,
    digest: onWire(digest),
    error_code: end.reason === 6 ? 7 : 0,
  };
}

function stopOf(reason: number): Pick<PacketJson, "stop"> {
  return reason > 0 ? { stop: { reason } } : {};
}

function packed(to: Who, packet: PacketJson): ReturnType<typeof forge> {
  try {
    return { to, datagram: Buffer.from(encode(packet, PAYLOAD, 1)).toString("hex") };
  } catch (error) {
    if (error instanceof CodecError) return undefined;
    throw error;
  }
}

/** The number of the last packet that had one; 0 if none. */
function lastNumber(way: Way, around: Surroundings): number {
  const last = around.sent(way, 0);
  if (last === undefined) return 0;
  return Number(decode(fromHex(last)).ok?.packet_number ?? 0);
}

/** Ranges cut to what PKT-11 allows for `largest`. */
function fitting(ranges: readonly number[], largest: number): number[] {
  const kept: number[] = [];
  let left = largest;
  for (const length of ranges) {
    if (length < 1 || length > left) break;
    kept.push(length);
    left -= length;
  }
  if (kept.length % 2 === 0) kept.pop();
  return kept.length === 1 && kept[0] === 1 ? [] : kept;
}

function index(number: number): string {
  return String(Math.min(INDEX_MAX, Math.max(0, number)));
}

function uint32(number: number): number {
  return Math.min(UINT32_MAX, Math.max(0, number));
}
