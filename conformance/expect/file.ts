// Expectations in a file: read and held to their schema, written as a person would edit them. What they
// mean is not known here.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { UsageError } from "../cli/exit-code.js";
import { faultIn } from "../driver/schema.js";
import type { Expectation } from "./expectation.js";

/** Taken from the working directory if no other is named. */
export const EXPECT_FILE = "chatterbox.expect.json";

/** The expectations in a file; throws UsageError where there is none or it breaks its schema. */
export function readExpectations(file: string): readonly Expectation[] {
  const data = parse(file);
  const fault = faultIn("expect.schema.json", data);
  if (fault !== undefined) {
    throw new UsageError(`${file} breaks conformance/schemas/expect.schema.json: ${fault}`);
  }
  return data as readonly Expectation[];
}

/** The expectations in a file, or none if there is no such file. */
export function readExpectationsIfAny(file: string): readonly Expectation[] {
  return existsSync(file) ? readExpectations(file) : [];
}

/** Writes expectations; throws UsageError where that cannot be done. */
export function writeExpectations(file: string, expectations: readonly Expectation[]): void {
  try {
    writeFileSync(file, `${JSON.stringify(expectations, null, 2)}\n`);
  } catch (error) {
    throw new UsageError(`cannot write the expectations to ${file}: choose another place`, {
      cause: error,
    });
  }
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const why = error instanceof SyntaxError ? "it is not JSON" : "there is no such file";
    throw new UsageError(`cannot read the expectations in ${file}: ${why}`, { cause: error });
  }
}
