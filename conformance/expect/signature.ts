// How a case fails, as one short string: the same while the same bug shows in the same place with the same
// values, another when it moves. Texts for people are left out, so that they can be mended.

import { createHash } from "node:crypto";
import type { Failure } from "../engine/verdict.js";
import { isObject, type Json } from "../json.js";

const HASH_DIGITS = 12;

/** The signature of a failure: `wrong-output@3 outputs[0]: ack.next_index #1f0c93d2a4b7`. */
export function signatureOf({ kind, step, field, expected, got }: Failure): string {
  const values = expected === undefined && got === undefined ? undefined : { expected, got };
  return [
    step === undefined ? kind : `${kind}@${step}`,
    ...(field === undefined ? [] : [field]),
    ...(values === undefined ? [] : [`#${hash([expected ?? null, got ?? null])}`]),
  ].join(" ");
}

function hash(value: Json): string {
  return createHash("sha256").update(canonical(value)).digest("hex").slice(0, HASH_DIGITS);
}

/** JSON with the members of objects in order, so that only values count. */
function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${(value as Json[]).map(canonical).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(",")}}`;
}
