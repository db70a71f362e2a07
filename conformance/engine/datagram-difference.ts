// Where two datagrams differ, told in fields of the packet rather than in bytes. Reads with the model's
// strict codec: the judge never learns from the accused.

import { decode, fromHex } from "../../vectors/generate/model/codec.js";
import type { Json } from "../json.js";
import { firstDifference } from "./difference.js";
import { normalPacket } from "./normal-form.js";

/** Where two datagrams differ, as a place and as a sentence. */
export interface DatagramDifference {
  readonly path: string;
  readonly summary: string;
}

/** The first field that differs, or the padding; `undefined` for equal datagrams. */
export function datagramDifference(expected: string, got: string): DatagramDifference | undefined {
  if (expected === got) return undefined;
  const have = decode(fromHex(got));
  if (have.ok === undefined) {
    const summary = `the port sends a datagram that is discarded as ${have.code} (${have.clause})`;
    return { path: "datagram", summary };
  }
  const want = decode(fromHex(expected));
  const difference = firstDifference(normalPacket(want.ok ?? {}), normalPacket(have.ok));
  if (difference !== undefined) {
    const { path, expected: must, got: has } = difference;
    return { path, summary: `${path} must be ${show(must)}, the port has ${show(has)}` };
  }
  const sizes = `${got.length / 2} bytes, not of ${expected.length / 2}`;
  return { path: "padding", summary: `the datagram is of ${sizes}: its padding differs` };
}

function show(value: Json | undefined): string {
  return value === undefined ? "absent" : JSON.stringify(value);
}
