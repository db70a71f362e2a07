// The list of packet vector files, in the order in which a reader meets their subjects.

import { ack } from "./ack.js";
import type { PacketFile } from "./case.js";
import { encode } from "./encode.js";
import { encodingDefaults } from "./encoding-defaults.js";
import { encodingFields } from "./encoding-fields.js";
import { encodingLengths } from "./encoding-lengths.js";
import { encodingOrder } from "./encoding-order.js";
import { encodingVarints } from "./encoding-varints.js";
import { end } from "./end.js";
import { extensions } from "./extensions.js";
import { oneForm } from "./extra-one-form.js";
import { indexes } from "./indexes.js";
import { kinds } from "./kinds.js";
import { limits } from "./limits.js";
import { open } from "./open.js";
import { padding } from "./padding.js";
import { precedence } from "./precedence.js";
import { runs } from "./runs.js";
import { stopClose } from "./stop-close.js";

export const packetFiles: readonly PacketFile[] = [
  kinds,
  runs,
  end,
  open,
  ack,
  stopClose,
  extensions,
  padding,
  encodingOrder,
  encodingDefaults,
  encodingFields,
  encodingVarints,
  encodingLengths,
  oneForm,
  indexes,
  limits,
  precedence,
  encode,
];
