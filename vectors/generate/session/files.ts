// The files of session vectors, in the order in which a porter meets their subjects.

import type { SessionFile } from "./case.js";
import { receiverAck } from "./receiver-ack.js";
import { receiverDiscard } from "./receiver-discard.js";
import { receiverEnd } from "./receiver-end.js";
import { receiverFinal } from "./receiver-final.js";
import { receiverGate } from "./receiver-gate.js";
import { receiverKick } from "./receiver-kick.js";
import { receiverOpen } from "./receiver-open.js";
import { receiverRender } from "./receiver-render.js";
import { receiverStop } from "./receiver-stop.js";

/** All of them. */
export const SESSION_FILES: readonly SessionFile[] = [
  receiverOpen,
  receiverRender,
  receiverAck,
  receiverKick,
  receiverEnd,
  receiverFinal,
  receiverStop,
  receiverDiscard,
  receiverGate,
];
