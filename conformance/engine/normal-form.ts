// One way of writing what may be written in several (conformance/ADAPTER.md): default values left out,
// adjacent renders joined. Both sides of a comparison are brought to it; nothing else is forgiven.

import type { OutputJson, TokenJson } from "../../vectors/generate/model/lines.js";
import { isObject, type Json, type JsonObject } from "../json.js";

/** A packet without members that have their default value. A sub-message that is present stays. */
export function normalPacket(packet: object): JsonObject {
  return withoutDefaults(packet as JsonObject);
}

function withoutDefaults(value: JsonObject): JsonObject {
  const kept = Object.entries(value).filter(([, member]) => !isDefault(member));
  return Object.fromEntries(kept.map(([name, member]) => [name, normalMember(member)]));
}

function normalMember(member: Json): Json {
  if (isObject(member)) return withoutDefaults(member);
  return Array.isArray(member) ? (member as Json[]).map(normalMember) : member;
}

function isDefault(member: Json): boolean {
  if (Array.isArray(member)) return member.length === 0;
  return member === 0 || member === "0" || member === "" || member === false;
}

/** Outputs with adjacent renders that continue each other joined, and defaults left out. */
export function normalOutputs(outputs: readonly OutputJson[]): readonly OutputJson[] {
  const joined: OutputJson[] = [];
  for (const output of outputs) {
    const last = joined.at(-1);
    if (output.type === "render" && last?.type === "render" && continues(last, output)) {
      joined[joined.length - 1] = { ...last, tokens: [...last.tokens, ...normalTokens(output)] };
    } else {
      joined.push(normalOutput(output));
    }
  }
  return joined;
}

type Render = Extract<OutputJson, { type: "render" }>;

function continues(last: Render, next: Render): boolean {
  return BigInt(last.index) + BigInt(last.tokens.length) === BigInt(next.index);
}

function normalOutput(output: OutputJson): OutputJson {
  if (output.type === "render") return { ...output, tokens: normalTokens(output) };
  if (output.type !== "end" || output.error_code !== 0) return output;
  const { type, final_count, reason } = output;
  return { type, final_count, reason };
}

function normalTokens(render: Render): TokenJson[] {
  return render.tokens.map(({ channel, data }) =>
    channel === undefined || channel === 0 ? { data } : { channel, data },
  );
}
