// What a packet vector is, and how its author states it: slug, clauses, why, bytes, and the
// expected packet or code with a valid twin. Everything expected is written by hand; nothing is
// computed here but the concatenation of the bytes.

import { flatten, hexOf, type Bytes, type Part } from "../bytes.js";
import type { CodecCode } from "../model/codec.js";
import type { PacketJson } from "../model/packet-json.js";
import { MARK } from "./fields.js";

/** What an encoder is told beside the packet (PKT-18). */
export interface EncodeJson {
  readonly max_payload: number;
  readonly bucket: number;
}

interface Case {
  readonly id: string;
  readonly clauses: readonly string[];
  readonly why: string;
}

/** A datagram that decodes to `packet`; with `encode`, also what `packet` encodes to. */
export interface ValidCase extends Case {
  readonly result: "valid";
  readonly datagram: string;
  readonly fields: readonly Part[];
  readonly packet: PacketJson;
  readonly encode?: EncodeJson;
  readonly encode_absent?: string;
}

/** A datagram that is discarded with `code`; `twin` is accepted and differs by the fault alone. */
export interface InvalidCase extends Case {
  readonly result: "invalid";
  readonly code: CodecCode;
  readonly datagram: string;
  readonly fields: readonly Part[];
  readonly twin: string;
}

/** A packet that an encoder refuses with `code`; `twin_packet` encodes. */
export interface RefuseCase extends Case {
  readonly result: "refuse";
  readonly code: CodecCode;
  readonly packet: PacketJson;
  readonly encode: EncodeJson;
  readonly twin_packet: PacketJson;
}

export type PacketCase = ValidCase | InvalidCase | RefuseCase;

/** One file of `vectors/packet`. */
export interface PacketFile {
  readonly $schema: "../packet.schema.json";
  readonly file: string;
  readonly about: string;
  readonly cases: readonly PacketCase[];
}

/** A file from its cases, whose slugs become ids. */
export function packetFile(file: string, about: string, cases: readonly PacketCase[]): PacketFile {
  return {
    $schema: "../packet.schema.json",
    file,
    about,
    cases: cases.map((each) => ({ ...each, id: `${file}/${each.id}` })),
  };
}

interface Valid {
  readonly why: string;
  /** The packet, without the mark. */
  readonly bytes: Bytes;
  /** What follows the packet; the mark alone unless given. */
  readonly tail?: Bytes;
  readonly packet: PacketJson;
  /** Unless given, 1200 bytes and no padding; a text says why encoding is not expected. */
  readonly encode?: EncodeJson | string;
}

/** A valid case. `clauses` are separated by spaces. */
export function valid(slug: string, clauses: string, told: Valid): ValidCase {
  const fields = flatten([told.bytes, told.tail ?? MARK]);
  const encode = told.encode ?? { max_payload: 1200, bucket: 1 };
  return {
    id: slug,
    clauses: clauses.split(" "),
    why: told.why,
    result: "valid",
    datagram: hexOf(fields),
    fields,
    packet: told.packet,
    ...(typeof encode === "string" ? { encode_absent: encode } : { encode }),
  };
}

interface Invalid {
  readonly why: string;
  readonly bytes: Bytes;
  readonly tail?: Bytes;
  /** The packet of the nearest valid datagram, without the mark. */
  readonly twin: Bytes;
  readonly twinTail?: Bytes;
}

/** An invalid case. `clauses` are separated by spaces. */
export function invalid(
  slug: string,
  clauses: string,
  code: CodecCode,
  told: Invalid,
): InvalidCase {
  const fields = flatten([told.bytes, told.tail ?? MARK]);
  return {
    id: slug,
    clauses: clauses.split(" "),
    why: told.why,
    result: "invalid",
    code,
    datagram: hexOf(fields),
    fields,
    twin: hexOf([told.twin, told.twinTail ?? MARK]),
  };
}

interface Refuse {
  readonly why: string;
  readonly packet: PacketJson;
  readonly twin: PacketJson;
  /** Unless given, 1200 bytes and no padding. */
  readonly encode?: EncodeJson;
}

/** A case for the encoder. `clauses` are separated by spaces. */
export function refuse(slug: string, clauses: string, code: CodecCode, told: Refuse): RefuseCase {
  return {
    id: slug,
    clauses: clauses.split(" "),
    why: told.why,
    result: "refuse",
    code,
    packet: told.packet,
    encode: told.encode ?? { max_payload: 1200, bucket: 1 },
    twin_packet: told.twin,
  };
}
