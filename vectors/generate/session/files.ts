// The files of session vectors, in the order in which a porter meets their subjects.

import type { SessionFile } from "./case.js";
import { receiverWindow, senderCloses } from "./extra-bounds.js";
import { senderEdges } from "./extra-edges.js";
import { receiverAck } from "./receiver-ack.js";
import { receiverDiscard } from "./receiver-discard.js";
import { receiverEnd } from "./receiver-end.js";
import { receiverFinal } from "./receiver-final.js";
import { receiverGate } from "./receiver-gate.js";
import { receiverKick } from "./receiver-kick.js";
import { receiverOpen } from "./receiver-open.js";
import { receiverRender } from "./receiver-render.js";
import { receiverStop } from "./receiver-stop.js";
import { senderAck } from "./sender-ack.js";
import { senderBurst } from "./sender-burst.js";
import { senderContent } from "./sender-content.js";
import { senderDiscard } from "./sender-discard.js";
import { senderEnd } from "./sender-end.js";
import { senderFresh } from "./sender-fresh.js";
import { senderKick } from "./sender-kick.js";
import { senderLean } from "./sender-lean.js";
import { senderLog } from "./sender-log.js";
import { senderLoss } from "./sender-loss.js";
import { senderOpen } from "./sender-open.js";
import { senderRefuse } from "./sender-refuse.js";
import { senderRepeat } from "./sender-repeat.js";
import { senderRtt } from "./sender-rtt.js";
import { senderSilence } from "./sender-silence.js";
import { senderWindow } from "./sender-window.js";

/** All of them. */
export const SESSION_FILES: readonly SessionFile[] = [
  receiverOpen,
  receiverRender,
  receiverWindow,
  receiverAck,
  receiverKick,
  receiverEnd,
  receiverFinal,
  receiverStop,
  receiverDiscard,
  receiverGate,
  senderOpen,
  senderRefuse,
  senderCloses,
  senderContent,
  senderFresh,
  senderRepeat,
  senderBurst,
  senderWindow,
  senderAck,
  senderRtt,
  senderLoss,
  senderLean,
  senderKick,
  senderSilence,
  senderEnd,
  senderLog,
  senderDiscard,
  senderEdges,
];
