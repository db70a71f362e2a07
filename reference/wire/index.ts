/**
 * The door of the wire room: strict, canonical bytes to and from {@link Packet} (SPEC 3 to 5). It is the
 * only room that knows protobuf.
 */
export {
  CLOSE_CODES,
  CODEC_CODES,
  type CodecCode,
  END_REASONS,
  FLAGS,
  STOP_REASONS,
} from "./codes.js";
export { decode, type Decoded } from "./decode.js";
export { encode } from "./encode.js";
export { ContractError, type ContractFault } from "./errors.js";
export { LIMITS } from "./limits.js";
export * from "./packet.js";
export type { Payload } from "./padding.js";
export { PayloadMeter } from "./payload-meter.js";
export { controlBytes, packetBytes } from "./sizes.js";
