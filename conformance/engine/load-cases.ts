// The vectors of the package as cases, in the order in which they depend on each other: what a port must
// decode before what it must refuse, the codec before the receiver, the receiver before the sender.

import { existsSync, readdirSync } from "node:fs";
import { KitError } from "../kit-error.js";
import { packagePath, packageText } from "../package-root.js";
import { requireValid } from "../driver/schema.js";
import type { PacketJson } from "../../vectors/generate/model/packet-json.js";
import { ROLES, type Case, type EncodeJson, type FieldNote, type SessionCase } from "./case.js";

/** A case of vectors/packet, as it is written. */
interface PacketVector {
  readonly id: string;
  readonly clauses: readonly string[];
  readonly why: string;
  readonly result: "valid" | "invalid" | "refuse";
  readonly code?: string;
  readonly datagram?: string;
  readonly fields?: readonly FieldNote[];
  readonly packet?: PacketJson;
  readonly encode?: EncodeJson;
  readonly twin?: string;
  readonly twin_packet?: PacketJson;
}

type SessionVector = Omit<SessionCase, "type">;

/** All cases of the package; throws KitError where a vector breaks its schema. */
export function loadCases(): readonly Case[] {
  const packets = loadFiles("packet").map((vector) => packetCase(vector as PacketVector));
  const sessions = loadFiles("session").map((vector) => sessionCase(vector as SessionVector));
  return inOrder([...packets, ...sessions]);
}

/** Cases in order of dependence; within one rank the order stays. */
export function inOrder(cases: readonly Case[]): readonly Case[] {
  const types = ["valid", "invalid", "refuse", "session"];
  const rank = (item: Case): number => ROLES.indexOf(item.role) * 10 + types.indexOf(item.type);
  return [...cases].sort((a, b) => rank(a) - rank(b));
}

/** A case from a vector of vectors/packet. */
export function packetCase(vector: PacketVector): Case {
  const { id, clauses, why, result, encode } = vector;
  const notes = vector.fields === undefined ? {} : { fields: vector.fields };
  const head = { id, clauses, why, role: "codec" } as const;
  const { code, datagram, packet, twin, twin_packet: twinPacket } = vector;
  if (result === "valid" && datagram !== undefined && packet !== undefined) {
    const valid = { ...head, type: "valid", datagram, ...notes, packet } as const;
    return encode === undefined ? valid : { ...valid, encode };
  }
  if (result === "invalid" && datagram !== undefined && code !== undefined && twin !== undefined) {
    return { ...head, type: "invalid", datagram, ...notes, code, twin };
  }
  if (result === "refuse" && packet && code !== undefined && encode && twinPacket) {
    return { ...head, type: "refuse", packet, code, encode, twinPacket };
  }
  throw new KitError(`vector ${id} lacks what a ${result} case needs`);
}

/** A case from a vector of vectors/session. */
export function sessionCase(vector: SessionVector): Case {
  const { id, role, clauses, why, now, config, steps } = vector;
  return { type: "session", id, role, clauses, why, now, config, steps };
}

function loadFiles(kind: "packet" | "session"): readonly unknown[] {
  const folder = `vectors/${kind}`;
  if (!existsSync(packagePath(folder))) return [];
  const names = readdirSync(packagePath(folder)).filter((name) => name.endsWith(".json"));
  return names.sort().flatMap((name) => {
    const file: unknown = JSON.parse(packageText(`${folder}/${name}`));
    requireValid(`vectors/${kind}.schema.json`, file, `${folder}/${name}`);
    return (file as { readonly cases: readonly unknown[] }).cases;
  });
}
