// Both directions of a port's line, held to the schemas in conformance/schemas. Our own bad line is a
// fault of the kit; the port's is a reply that says what is wrong with it.

import { stripVTControlCharacters } from "node:util";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { isObject, type Json, type JsonObject } from "../json.js";
import { KitError } from "../kit-error.js";
import { packageText } from "../package-root.js";
import type { Command, Reply, Request } from "./protocol.js";

let compiled: Ajv2020 | undefined;

function ajv(): Ajv2020 {
  if (compiled === undefined) {
    compiled = new Ajv2020({ strict: true, discriminator: true, strictRequired: false });
    for (const name of [
      "packet-json",
      "request",
      "response",
      "report",
      "expect",
      "counterexample",
    ]) {
      compiled.addSchema(schemaOf(`conformance/schemas/${name}.schema.json`));
    }
  }
  return compiled;
}

function schemaOf(path: string): JsonObject {
  return JSON.parse(packageText(path)) as JsonObject;
}

function validator(reference: string): ValidateFunction {
  const found = ajv().getSchema(reference);
  if (found === undefined) throw new KitError(`there is no schema ${reference}`);
  return found;
}

/** The request as it goes out, id first; throws {@link KitError} if it breaks the schema. */
export function outgoing(id: number, request: Request): JsonObject {
  const line = { id, ...request } as unknown as JsonObject;
  const fault = faultIn("request.schema.json", line);
  if (fault !== undefined)
    throw new KitError(`the kit made a bad ${request.cmd} request: ${fault}`);
  return line;
}

/** The reply that a response line stands for; `broken` with `bad-line` or `wrong-id` if it is none. */
export function incoming(id: number, cmd: Command, response: Json): Reply {
  const line = shorten(JSON.stringify(response));
  const bad = (text: string): Reply => ({ type: "broken", breakdown: "bad-line", text, line });
  if (!isObject(response)) return bad("the line is JSON but no object");
  if (response.id !== id) {
    const text = `the answer to request ${id} has the id ${JSON.stringify(response.id)}`;
    return { type: "broken", breakdown: "wrong-id", text, line };
  }
  const fault = faultIn(`response.schema.json#/$defs/${cmd}`, response);
  if (fault !== undefined) return bad(`the answer to ${cmd} breaks response.schema.json: ${fault}`);
  const { ok, reject, unsupported, fault: text } = response;
  if (isObject(ok)) return { type: "ok", value: ok };
  if (typeof reject === "string") return { type: "reject", code: reject };
  if (typeof unsupported === "string") return { type: "unsupported", what: unsupported };
  return { type: "fault", text: typeof text === "string" ? text : "" };
}

/** What is wrong with a value by a schema of the kit, in one phrase; `undefined` if nothing is. */
export function faultIn(reference: string, value: unknown): string | undefined {
  const validate = validator(reference);
  return validate(value) ? undefined : describeErrors(validate.errors ?? []);
}

/** Holds data of the package to a schema of the package; throws {@link KitError} if they disagree. */
export function requireValid(schemaPath: string, value: unknown, what: string): void {
  const schema = schemaOf(schemaPath);
  const id = typeof schema.$id === "string" ? schema.$id : schemaPath;
  if (ajv().getSchema(id) === undefined) ajv().addSchema(schema, id);
  const fault = faultIn(id, value);
  if (fault !== undefined) throw new KitError(`${what} breaks ${schemaPath}: ${fault}`);
}

function describeErrors(errors: readonly ErrorObject[]): string {
  // The deepest place is the most specific: alternatives report at their root as well.
  const depth = (error: ErrorObject): number => error.instancePath.split("/").length;
  const worst = errors.reduce((a, b) => (depth(b) > depth(a) ? b : a), errors[0] ?? NO_ERROR);
  const place = worst.instancePath === "" ? "the line" : worst.instancePath;
  const detail = Object.values(worst.params as JsonObject)[0];
  const named = worst.keyword === "additionalProperties" || worst.keyword === "const";
  return `${place} ${worst.message ?? "is wrong"}${named ? ` (${JSON.stringify(detail)})` : ""}`;
}

const NO_ERROR: ErrorObject = { keyword: "", instancePath: "", schemaPath: "", params: {} };

/** A text that fits a report: printable, cut in the middle of nowhere, with its full length said. */
export function shorten(text: string, most = 240): string {
  const shown = printable(text);
  return shown.length <= most ? shown : `${shown.slice(0, most)}… (${shown.length} characters)`;
}

/** A port's own words without what could move the cursor of a terminal; lines stay lines. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replace(/[^\P{Cc}\n\t]/gu, "\ufffd");
}
