// Holds the hand-written expectations of the packet vectors against the model's codec. The author's
// bytes and results come first: a disagreement is an error, never a reason to change a vector
// unseen.

import { isDeepStrictEqual } from "node:util";
import { CodecError, decode, encode, fromHex, toHex } from "../model/codec.js";
import type {
  EncodeJson,
  InvalidCase,
  PacketCase,
  PacketFile,
  RefuseCase,
  ValidCase,
} from "./case.js";

/** Everything that is wrong with the packet vectors, a line each; empty when all is well. */
export function packetFaults(files: readonly PacketFile[]): string[] {
  const cases = files.flatMap((file) => file.cases);
  return [
    ...repeated(cases.map(({ id }) => id)).map((id) => `${id}: two cases have this id`),
    ...repeated(cases.map(sameness)).map((input) => `two cases test the same: ${input}`),
    ...cases.flatMap((each) => caseFaults(each).map((fault) => `${each.id}: ${fault}`)),
  ];
}

function caseFaults(each: PacketCase): string[] {
  try {
    return faultsOf(each);
  } catch (error) {
    if (error instanceof CodecError) return [`the model does not encode it: ${error.message}`];
    throw error;
  }
}

function faultsOf(each: PacketCase): string[] {
  switch (each.result) {
    case "valid":
      return validFaults(each);
    case "invalid":
      return invalidFaults(each);
    case "refuse":
      return refuseFaults(each);
  }
}

function validFaults(each: ValidCase): string[] {
  const decoded = decode(fromHex(each.datagram));
  if (decoded.ok === undefined) return [`the model says ${decoded.code} by ${decoded.clause}`];
  if (!isDeepStrictEqual(decoded.ok, each.packet)) {
    return [`the model decodes ${JSON.stringify(decoded.ok)}`];
  }
  // Where the padding is not an encoder's, the packet before it still has one encoding.
  const unpadded = each.datagram.replace(/80(00)*$/, "80");
  const expected = each.encode === undefined ? unpadded : each.datagram;
  const encoded = toHex(encodeBy(each.encode ?? { max_payload: 16384, bucket: 1 }, each));
  return encoded === expected ? [] : [`the model encodes ${encoded}`];
}

function invalidFaults(each: InvalidCase): string[] {
  const decoded = decode(fromHex(each.datagram));
  const twin = decode(fromHex(each.twin));
  return [
    ...expectFault(each, decoded),
    ...(twin.ok === undefined ? [`the twin is ${twin.code} by ${twin.clause}`] : []),
  ];
}

function refuseFaults(each: RefuseCase): string[] {
  const twin = decode(encodeBy(each.encode, { packet: each.twin_packet }));
  const twinFaults = isDeepStrictEqual(twin.ok, each.twin_packet)
    ? []
    : ["the twin does not return"];
  try {
    encodeBy(each.encode, each);
    return ["the model encodes it", ...twinFaults];
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    return [...expectFault(each, error), ...twinFaults];
  }
}

/** The code is the expected one, and the clause that the model names is among the cited ones. */
function expectFault(
  expected: InvalidCase | RefuseCase,
  got: { readonly code?: string; readonly clause?: string },
): string[] {
  const { code = "ok", clause = "nothing" } = got;
  if (code !== expected.code)
    return [`expected ${expected.code}, the model says ${code} by ${clause}`];
  return expected.clauses.includes(clause)
    ? []
    : [`does not cite ${clause}, which the model names`];
}

function encodeBy(how: EncodeJson, what: Pick<ValidCase, "packet">): Uint8Array {
  return encode(what.packet, how.max_payload, how.bucket);
}

/** What a case puts in: two with the same input would test the same. */
function sameness(each: PacketCase): string {
  return each.result === "refuse" ? JSON.stringify([each.packet, each.encode]) : each.datagram;
}

function repeated(values: readonly string[]): string[] {
  return values.filter((value, at) => values.indexOf(value) !== at);
}
