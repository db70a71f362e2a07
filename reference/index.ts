/**
 * The front door of the reference: both machines, the codec and what an application or a binding needs
 * beside them. It runs in browsers and knows no clock, no socket and no text but {@link ChannelText}.
 */
export { CORE_LIMITS, type ReceiverConfig, type SenderConfig } from "./core/config.js";
export type { DiscardCode, Machine, Micros, Output, Refusal, Token } from "./core/output.js";
export type { SenderTimer } from "./core/pacing.js";
export type { ReceiverPhase, SenderPhase } from "./core/phases.js";
export { Receiver } from "./core/receiver.js";
export type {
  ReceiverCause,
  ReceiverEvent,
  ReceiverTimer,
  ReceiverView,
  Resumption,
} from "./core/receiver-events.js";
export { Sender, type SenderCause, type SenderEvent, type SenderView } from "./core/sender.js";
export { advanceTranscript, initialTranscript, transcriptDigest } from "./core/transcript.js";
export { ChannelText } from "./text.js";
export {
  type Accept,
  type Ack,
  type Close,
  CLOSE_CODES,
  CODEC_CODES,
  type CodecCode,
  ContractError,
  type ContractFault,
  decode,
  type Decoded,
  encode,
  type End,
  END_REASONS,
  type Extension,
  FLAGS,
  LIMITS,
  type Open,
  type Packet,
  PACKET_DEFAULTS,
  type Payload,
  type Run,
  type Stop,
  STOP_REASONS,
} from "./wire/index.js";
