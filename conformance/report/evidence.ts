// What is kept of a failed case so that every form can show it without the case: the rungs of a session,
// else the annotated datagram and what was said. Bounded, because everything may fail at once.

import type { Reply, Request } from "../driver/protocol.js";
import { shorten } from "../driver/schema.js";
import type { FieldNote } from "../engine/case.js";
import type { CaseResult } from "../engine/verdict.js";
import { describeValue } from "./describe-packet.js";
import { failedLadder, latestRungs, type Ladder } from "./rungs.js";

/** A piece of a datagram, long bytes cut. */
export interface ReportField {
  readonly hex: string;
  /** Its true length. */
  readonly bytes: number;
  readonly note: string;
}

/** A request and its reply in words, cut. */
export interface ReportExchange {
  readonly request: string;
  readonly reply: string;
}

/** What a failure is shown with. */
export interface Evidence {
  readonly ladder?: Ladder;
  readonly fields?: readonly ReportField[];
  readonly exchange?: readonly ReportExchange[];
}

const RUNGS_KEPT = 24;
const FIELDS_KEPT = 48;
const HEX_KEPT = 64;

/** The evidence of a failed case; empty for others. */
export function evidenceOf(result: CaseResult): Evidence {
  const { failure, case: item } = result;
  if (failure === undefined || item === undefined) return {};
  const ladder = failedLadder(result, failure);
  if (ladder !== undefined) return { ladder: latestRungs(ladder, RUNGS_KEPT) };
  const exchange = (result.exchange ?? []).map(({ request, reply }) => ({
    request: shorten(requestText(request)),
    reply: shorten(replyText(reply)),
  }));
  const fields = "fields" in item ? fieldsOf(item.fields) : {};
  return { ...fields, exchange };
}

function fieldsOf(fields: readonly FieldNote[] | undefined): Evidence {
  if (fields === undefined) return {};
  return {
    fields: fields.slice(0, FIELDS_KEPT).map(({ hex, note }) => ({
      hex: hex.length <= HEX_KEPT ? hex : `${hex.slice(0, HEX_KEPT - 8)}…`,
      bytes: hex.length / 2,
      note,
    })),
  };
}

function requestText(request: Request): string {
  return request.cmd === "decode" ? `decode ${request.datagram}` : JSON.stringify(request);
}

function replyText(reply: Reply): string {
  switch (reply.type) {
    case "ok":
      return `ok ${describeValue(reply.value)}`;
    case "reject":
      return `reject ${reply.code}`;
    case "unsupported":
      return `unsupported ${reply.what}`;
    case "fault":
    case "broken":
      return reply.type;
  }
}
