// Where two datagrams differ, told in fields of the packet rather than in bytes. Reads with the model's
// strict codec: the judge never learns from the accused.

import { decode, fromHex } from "../../vectors/generate/model/codec.js";
import { firstDifference, type Difference } from "./difference.js";
import { normalPacket } from "./normal-form.js";

/** The first field that differs; the padding, or the bytes where a datagram cannot be read. */
export function datagramDifference(expected: string, got: string): Difference | undefined {
  if (expected === got) return undefined;
  const want = decode(fromHex(expected));
  const have = decode(fromHex(got));
  if (have.ok === undefined) {
    const path = `a datagram that is discarded as ${have.code} (${have.clause})`;
    return { path, expected, got };
  }
  if (want.ok === undefined) return { path: "bytes", expected, got };
  return (
    firstDifference(normalPacket(want.ok), normalPacket(have.ok)) ?? {
      path: "size with padding, in bytes",
      expected: expected.length / 2,
      got: got.length / 2,
    }
  );
}
