/**
 * Datagram to packet (SPEC 5): parse with the protobuf runtime, encode again, compare, then judge. So
 * what the runtime lets pass (lengths that lie, wrong wire types, unknown fields) is caught by bytes.
 */
import type { CodecCode } from "./codes.js";
import { faultOf } from "./faults.js";
import { LIMITS } from "./limits.js";
import { type Message, parse, serialize, toPacket } from "./message.js";
import type { Packet } from "./packet.js";
import { unpaddedBytes } from "./padding.js";

/** What a datagram is. */
export type Decoded =
  | { readonly type: "packet"; readonly packet: Packet }
  | { readonly type: "discard"; readonly code: CodecCode };

/**
 * Decodes one datagram. It never throws, whatever the bytes are, and keeps no reference to them.
 *
 * @returns the packet, or the first code that applies.
 * @spec ENC-5
 */
export function decode(datagram: Uint8Array): Decoded {
  if (datagram.length === 0 || datagram.length > LIMITS.datagramBytesMax) return discard("size"); // ENC-7

  const bytes = unpaddedBytes(datagram);
  if (bytes === undefined) return discard("padding"); // PKT-16

  const body = datagram.subarray(0, bytes);
  const message = canonicalMessage(body);
  if (message === undefined) return discard("not-canonical"); // ENC-4

  const fault = faultOf(message, bytes);
  return fault === undefined ? { type: "packet", packet: toPacket(message) } : discard(fault);
}

function discard(code: CodecCode): Decoded {
  return { type: "discard", code };
}

/** The message of which these bytes are the one encoding, if there is one. */
function canonicalMessage(body: Uint8Array): Message | undefined {
  try {
    const message = parse(body);
    return areEqual(serialize(message), body) ? message : undefined;
  } catch {
    return undefined; // ENC-6: the runtime throws on what it cannot read.
  }
}

function areEqual(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  for (let place = 0; place < left.length; place += 1) {
    if (left[place] !== right[place]) return false;
  }
  return true;
}
