// The transcript digest D of SPEC chapter 3: a chain of SHA-256 over channel, length and bytes of each
// token. Knows nothing of packets.

import { createHash } from "node:crypto";
import { fromHex, toHex } from "./codec.js";
import type { TokenJson } from "./lines.js";
import type { Hex } from "./packet-json.js";

/** D(0), 32 bytes. */
export const EMPTY_DIGEST: Hex = sha256(Buffer.from("chatterbox/1 transcript", "ascii"));

/** D(i + 1) from D(i) and token i; 32 bytes each. */
export function advance(digest: Hex, token: TokenJson): Hex {
  const bytes = fromHex(token.data);
  const channelAndLength = new Uint8Array(8);
  const view = new DataView(channelAndLength.buffer);
  view.setUint32(0, token.channel ?? 0);
  view.setUint32(4, bytes.length);
  return sha256(Buffer.concat([fromHex(digest), channelAndLength, bytes]));
}

/** D of the number of `tokens`, 32 bytes. */
export function digestOf(tokens: readonly TokenJson[]): Hex {
  return tokens.reduce(advance, EMPTY_DIGEST);
}

/** The 16 bytes of D that stand on the wire. */
export function onWire(digest: Hex): Hex {
  return digest.slice(0, 32);
}

function sha256(bytes: Uint8Array): Hex {
  return toHex(createHash("sha256").update(bytes).digest());
}
