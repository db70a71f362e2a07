// The judges of packet vectors. A refusal proves nothing alone: a decoder that refuses everything would
// pass. So the valid twin, one fault away, goes first and both answers must be right.

import type { PacketJson } from "../../vectors/generate/model/packet-json.js";
import { isObject } from "../json.js";
import type { EncodeJson, InvalidCase, RefuseCase, ValidCase } from "./case.js";
import { firstDifference } from "./difference.js";
import { normalPacket } from "./normal-form.js";
import type { Trial } from "./trial.js";
import type { Failure } from "./verdict.js";

/** Decodes to the packet, and encodes to the datagram. */
export async function judgeValid(vector: ValidCase, trial: Trial): Promise<Failure | undefined> {
  return (await expectDecoded(vector, trial)) ?? (await expectEncoded(vector, trial));
}

async function expectDecoded(vector: ValidCase, trial: Trial): Promise<Failure | undefined> {
  const asked = await trial.ask({ cmd: "decode", datagram: vector.datagram });
  if ("failure" in asked) return asked.failure;
  const { answer } = asked;
  if (answer.type === "reject") {
    return trial.assert({
      kind: "rejected-valid",
      summary: `the port discards a valid datagram as ${answer.code}`,
      expected: { packet: normalPacket(vector.packet) },
      got: { reject: answer.code },
    });
  }
  const got = isObject(answer.value.packet) ? normalPacket(answer.value.packet) : {};
  const difference = firstDifference(normalPacket(vector.packet), got);
  if (difference === undefined) return trial.assert(undefined);
  return trial.assert({
    kind: "wrong-packet",
    summary: `the decoded packet differs in ${difference.path}`,
    field: difference.path,
    expected: normalPacket(vector.packet),
    got,
  });
}

async function expectEncoded(vector: ValidCase, trial: Trial): Promise<Failure | undefined> {
  if (vector.encode === undefined) return undefined;
  const asked = await trial.ask({
    cmd: "encode",
    packet: vector.packet,
    ...padding(vector.encode),
  });
  if ("failure" in asked) return asked.failure;
  const { answer } = asked;
  if (answer.type === "reject") {
    return trial.assert({
      kind: "refused-encode",
      summary: `the port refuses to encode a valid packet: ${answer.code}`,
      expected: { datagram: vector.datagram },
      got: { reject: answer.code },
    });
  }
  const got = answer.value.datagram;
  if (got === vector.datagram) return trial.assert(undefined);
  return trial.assert({
    kind: "wrong-datagram",
    summary: "the packet is encoded to other bytes",
    field: "datagram",
    expected: { datagram: vector.datagram },
    got: { datagram: got ?? null },
  });
}

/** The twin decodes; the datagram is rejected with the code. */
export async function judgeInvalid(
  vector: InvalidCase,
  trial: Trial,
): Promise<Failure | undefined> {
  const twin = await trial.ask({ cmd: "decode", datagram: vector.twin });
  if ("failure" in twin) return twin.failure;
  if (twin.answer.type === "reject") {
    return trial.assert({
      kind: "twin",
      summary: `the port discards the valid neighbour of this datagram as ${twin.answer.code}`,
      expected: { twin: "ok" },
      got: { reject: twin.answer.code },
    });
  }
  trial.assert(undefined);
  const asked = await trial.ask({ cmd: "decode", datagram: vector.datagram });
  if ("failure" in asked) return asked.failure;
  const { answer } = asked;
  const expected = { reject: vector.code };
  if (answer.type === "ok") {
    const summary = `the port accepts a datagram that must be discarded as ${vector.code}`;
    return trial.assert({ kind: "accepted-invalid", summary, expected, got: answer.value });
  }
  return trial.assert(wrongCode(vector.code, answer.code, "discards the datagram"));
}

/** The twin encodes; encoding the packet is rejected with the code. */
export async function judgeRefuse(vector: RefuseCase, trial: Trial): Promise<Failure | undefined> {
  const encode = (packet: PacketJson) => ({
    cmd: "encode" as const,
    packet,
    ...padding(vector.encode),
  });
  const twin = await trial.ask(encode(vector.twinPacket));
  if ("failure" in twin) return twin.failure;
  if (twin.answer.type === "reject") {
    return trial.assert({
      kind: "twin",
      summary: `the port refuses to encode the valid neighbour of this packet: ${twin.answer.code}`,
      expected: { twin: "ok" },
      got: { reject: twin.answer.code },
    });
  }
  trial.assert(undefined);
  const asked = await trial.ask(encode(vector.packet));
  if ("failure" in asked) return asked.failure;
  const { answer } = asked;
  const expected = { reject: vector.code };
  if (answer.type === "ok") {
    const summary = `the port encodes a packet that must be refused as ${vector.code}`;
    return trial.assert({ kind: "encoded-invalid", summary, expected, got: answer.value });
  }
  return trial.assert(wrongCode(vector.code, answer.code, "refuses the packet"));
}

function wrongCode(expected: string, got: string, what: string): Failure | undefined {
  if (got === expected) return undefined;
  return {
    kind: "wrong-code",
    summary: `the port ${what} as ${got}, not as ${expected}`,
    field: "reject",
    expected: { reject: expected },
    got: { reject: got },
  };
}

function padding({ max_payload, bucket }: EncodeJson): EncodeJson {
  return { max_payload, bucket };
}
