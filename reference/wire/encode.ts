/**
 * Packet to datagram (SPEC 4.8, 5.4). A packet that the decoder would discard is the caller's fault and
 * is refused: what leaves here is always accepted by `decode`.
 */
import type { CodecCode } from "./codes.js";
import { ContractError } from "./errors.js";
import { faultOf } from "./faults.js";
import { LIMITS } from "./limits.js";
import { type Message, serialize, toMessage } from "./message.js";
import type { Packet } from "./packet.js";
import { pad, paddedBytes, type Payload } from "./padding.js";

/**
 * Encodes and pads a packet.
 *
 * @returns a new datagram of at most `payload.maxPayload` bytes.
 * @throws ContractError with the first of these codes: `payload` for a payload out of range,
 * `not-canonical` for a number that its field cannot hold, `size` for a packet that does not fit, and
 * what the decoder would say.
 * @spec PKT-18
 */
export function encode(packet: Packet, payload: Payload): Uint8Array {
  requirePayload(payload);
  const { message, bytes } = canonical(packet);
  const size = paddedBytes(bytes.length, payload);
  if (size === undefined) throw refused("size"); // ENC-7, PKT-18
  const fault = faultOf(message, bytes.length);
  if (fault !== undefined) throw refused(fault); // ENC-8
  return pad(bytes, size);
}

function canonical(packet: Packet): { message: Message; bytes: Uint8Array } {
  try {
    const message = toMessage(packet);
    return { message, bytes: serialize(message) };
  } catch {
    throw refused("not-canonical"); // ENC-2
  }
}

function requirePayload({ maxPayload, bucket, atMost = 1 }: Payload): void {
  const areSizes = [maxPayload, bucket, atMost].every((size) => Number.isInteger(size) && size > 0);
  if (areSizes && maxPayload <= LIMITS.datagramBytesMax && bucket <= LIMITS.bucketMax) return;
  throw new ContractError({
    code: "payload",
    message: "The payload's sizes are not integers in their range.",
    remedy: "Give maxPayload from 1 to 16384, bucket from 1 to 1024 and atMost, if any, from 1.",
  });
}

function refused(code: CodecCode): ContractError {
  return new ContractError({ code, ...REFUSALS[code] });
}

const REFUSALS: Readonly<Record<CodecCode, { message: string; remedy: string }>> = {
  size: {
    message: "The packet does not fit the datagram.",
    remedy: "Carry fewer tokens: PayloadMeter says how many fit.",
  },
  padding: {
    message: "The packet has no mark.",
    remedy: "Report this: encode always writes one.",
  },
  "not-canonical": {
    message: "The packet has a number that its field cannot hold.",
    remedy: "Give non-negative integers, below 2^32 where the schema says uint32.",
  },
  "over-limit": {
    message: "The packet is beyond a limit of SPEC 5.2.",
    remedy: "Compare it with LIMITS.",
  },
  invalid: {
    message: "The packet breaks a clause of SPEC chapter 4.",
    remedy: "Compare it with PKT-1 to PKT-13.",
  },
};
