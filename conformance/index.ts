/**
 * The conformance kit as a library: run the cases against a command, or against a function in a port's
 * own tests. The command line is made of the same parts.
 */
export { CannotDrive } from "./driver/cannot-drive.js";
export type { ChildPortOptions } from "./driver/child-port.js";
export type { Breakdown, Handler, Hello, Reply, Request } from "./driver/protocol.js";
export { ROLES } from "./engine/case.js";
export type {
  Case,
  CaseHead,
  EncodeJson,
  InvalidCase,
  RefuseCase,
  Role,
  SessionCase,
  SessionStep,
  ValidCase,
} from "./engine/case.js";
export { conform, type ConformOptions, type Target } from "./engine/conform.js";
export { loadCases } from "./engine/load-cases.js";
export type { Selection } from "./engine/select.js";
export type { CaseResult, Exchange, Failure, FailureKind } from "./engine/verdict.js";
export type { Json, JsonObject } from "./json.js";
export { KitError } from "./kit-error.js";
