// Vectors for SPEC 4.1: the three kinds of packet, which parts stand together, numbers and flags.

import type { Bytes } from "../bytes.js";
import { invalid, packetFile, valid, type InvalidCase, type PacketFile } from "./case.js";
import * as f from "./fields.js";

const TOKEN = f.run(f.data("Hi"));
const END = f.end(f.finalCount(1), f.reason(1), f.digest(f.DIGEST));
const END_JSON = { final_count: "1", reason: 1, digest: f.DIGEST };
const ACCEPT = f.accept(f.version(1));
const ACK = f.ack(f.nextIndex(4), f.largest(2));
const ACK_JSON = { next_index: "4", largest: "2" };
const OPEN = f.open(f.version(1), f.window(65536));
const OPEN_JSON = { version: 1, window: "65536" };
const CLOSE = [f.epoch(1), f.close(5)];
const EXTENSION = f.extension(f.type(64), f.value("00"));

const accepted = [
  valid("smallest-sender-packet", "PKT-3", {
    why:
      "A decoder that insists on tokens, an End or an Accept discards the empty answer to a " +
      "kick. The receiver takes the path for dead while it works.",
    bytes: f.HEAD,
    packet: f.HEAD_JSON,
  }),
  valid("every-sender-part", "PKT-3 PKT-4", {
    why:
      "A decoder that treats the parts as alternatives drops the Accept or the End that rides " +
      "with tokens. The answer then starts or finishes a round trip late.",
    bytes: [f.HEAD, f.firstIndex(9), TOKEN, END, ACCEPT, f.flags(2, "PAUSED")],
    packet: {
      ...f.HEAD_JSON,
      first_index: "9",
      runs: [{ data: "4869" }],
      end: END_JSON,
      accept: { version: 1 },
      flags: 2,
    },
  }),
  valid("accept-alone", "PKT-3", {
    why:
      "A sender answers an Open before the model has said anything. A decoder that wants tokens " +
      "beside the Accept leaves the receiver asking until it gives up.",
    bytes: [f.HEAD, ACCEPT],
    packet: { ...f.HEAD_JSON, accept: { version: 1 } },
  }),
  valid("paused-alone", "PKT-4", {
    why:
      "The pause is announced in a packet without tokens. A decoder that discards it shows a " +
      "stall while the model waits for a tool.",
    bytes: [f.HEAD, f.flags(2, "PAUSED")],
    packet: { ...f.HEAD_JSON, flags: 2 },
  }),
  valid("ack-now", "PKT-4", {
    why:
      "ACK_NOW is how a receiver asks for an answer after silence. A decoder that refuses it " +
      "never answers, and after an address change nobody speaks again.",
    bytes: [f.HEAD, ACK, f.flags(1, "ACK_NOW")],
    packet: { ...f.HEAD_JSON, ack: ACK_JSON, flags: 1 },
  }),
  valid("ack-with-stop", "PKT-3", {
    why:
      "Stop rides in acks. A decoder that reads acks alone goes on generating after the user " +
      "pressed stop, and bills for it.",
    bytes: [f.HEAD, ACK, f.stop(1)],
    packet: { ...f.HEAD_JSON, ack: ACK_JSON, stop: { reason: 1 } },
  }),
  valid("ack-with-stop-and-ack-now", "PKT-3 PKT-4", {
    why:
      "Stop and a kick can fall due together. A decoder that forbids the flag beside Stop loses " +
      "both, so the stop is delayed by a kick period.",
    bytes: [f.HEAD, ACK, f.stop(2), f.flags(1, "ACK_NOW")],
    packet: { ...f.HEAD_JSON, ack: ACK_JSON, stop: { reason: 2 }, flags: 1 },
  }),
  valid("open-alone", "PKT-3", {
    why: "The first datagram of every session. A port that discards it cannot start one.",
    bytes: [f.HEAD, OPEN],
    packet: { ...f.HEAD_JSON, open: OPEN_JSON },
  }),
  valid("open-with-stop", "PKT-3", {
    why:
      "A user may press stop before the Accept has come. A decoder that allows Stop only beside " +
      "an ack starts a generation that nobody wants.",
    bytes: [f.HEAD, OPEN, f.stop(1)],
    packet: { ...f.HEAD_JSON, open: OPEN_JSON, stop: { reason: 1 } },
  }),
  valid("close-without-number", "PKT-2", {
    why:
      "A Close has no packet number. A decoder that wants one never learns that the session is " +
      "over and waits for its idle timer.",
    bytes: CLOSE,
    packet: { epoch: 1, close: { code: 5 } },
  }),
  valid("close-of-a-stream", "PKT-2 PKT-3", {
    why:
      "A Close names its stream like any packet. A decoder that reads `nothing else` as `no " +
      "stream_id` closes stream 0 only.",
    bytes: [f.streamId(7), CLOSE],
    packet: { stream_id: 7, epoch: 1, close: { code: 5 } },
  }),
  valid("extension-in-sender-packet", "PKT-3 PKT-14", {
    why:
      "Any kind may carry extensions. A decoder that takes them for a kind of their own breaks " +
      "with the first sender of a later version.",
    bytes: [f.HEAD, TOKEN, EXTENSION],
    packet: {
      ...f.HEAD_JSON,
      runs: [{ data: "4869" }],
      extensions: [{ type: 64, value: "00" }],
    },
  }),
  valid("extension-in-receiver-packet", "PKT-3 PKT-14", {
    why:
      "Later versions put their parameters beside the Open. A sender that discards it cannot " +
      "answer Close VERSION, and the user sees a timeout instead of a reason.",
    bytes: [f.HEAD, OPEN, EXTENSION],
    packet: { ...f.HEAD_JSON, open: OPEN_JSON, extensions: [{ type: 64, value: "00" }] },
  }),
  valid("extension-in-close", "PKT-3 PKT-14", {
    why:
      "Nothing else in a Close does not forbid an extension. A decoder that thinks so keeps a " +
      "dead session open.",
    bytes: [CLOSE, EXTENSION],
    packet: { epoch: 1, close: { code: 5 }, extensions: [{ type: 64, value: "00" }] },
  }),
  valid("stream-id-max", "PKT-3", {
    why: "A stream id read as a signed 32-bit number becomes -1 and finds no session.",
    bytes: [f.streamId(f.UINT32_MAX), f.HEAD],
    packet: { stream_id: f.UINT32_MAX, ...f.HEAD_JSON },
  }),
  valid("epoch-max", "PKT-1", {
    why:
      "An epoch read as a signed number is lower than every other, so the newest attachment is " +
      "answered with Close STALE_EPOCH.",
    bytes: [f.epoch(f.UINT32_MAX), f.packetNumber(1)],
    packet: { epoch: f.UINT32_MAX, packet_number: "1" },
  }),
];

const numbers = [
  invalid("epoch-0-from-sender", "PKT-1", "invalid", {
    why:
      "Epoch 0 is what a datagram without an epoch looks like. A receiver that accepts it " +
      "renders tokens of no session of its own.",
    bytes: [f.packetNumber(1), TOKEN],
    twin: [f.HEAD, TOKEN],
  }),
  invalid("epoch-0-from-receiver", "PKT-1", "invalid", {
    why:
      "A sender that accepts an ack without epoch lets a stray datagram acknowledge tokens that " +
      "nobody has; they are then never repeated.",
    bytes: [f.packetNumber(1), ACK],
    twin: [f.HEAD, ACK],
  }),
  invalid("epoch-0-in-close", "PKT-1", "invalid", {
    why:
      "The check is easily skipped for Close, which has no number either. A Close of no epoch " +
      "then ends whichever session is there.",
    bytes: f.close(5),
    twin: CLOSE,
  }),
  invalid("number-0-from-sender", "PKT-2", "invalid", {
    why:
      "A packet without a number cannot be told from its duplicate, and its ack would say " +
      "`largest` 0: nothing accepted.",
    bytes: [f.epoch(1), TOKEN],
    twin: [f.HEAD, TOKEN],
  }),
  invalid("number-0-with-ack", "PKT-2", "invalid", {
    why:
      "An ack without a number is never older than another. Delayed by the network, it takes " +
      "back what a later one said.",
    bytes: [f.epoch(1), ACK],
    twin: [f.HEAD, ACK],
  }),
  invalid("number-0-with-open", "PKT-2", "invalid", {
    why:
      "An Open comes first, so ports forget its number. A replay of it would then attach once " +
      "more and rewind the stream.",
    bytes: [f.epoch(1), OPEN],
    twin: [f.HEAD, OPEN],
  }),
  invalid("number-in-close", "PKT-2", "invalid", {
    why:
      "A numbered Close enters the record of accepted numbers of a port that lets it through, " +
      "and a later real packet is dropped as its duplicate.",
    bytes: [f.HEAD, f.close(5)],
    twin: CLOSE,
  }),
  invalid("first-index-without-runs", "PKT-5", "invalid", {
    why:
      "A second way to write the same empty packet. A port that takes `first_index` as progress " +
      "shows a gap where there is none.",
    bytes: [f.HEAD, f.firstIndex(3), ACCEPT],
    twin: [f.HEAD, ACCEPT],
  }),
  invalid("first-index-with-ack", "PKT-5", "invalid", {
    why:
      "Ports confuse `first_index` with the `next_index` of an ack. One that writes it here and " +
      "one that ignores it disagree about what has arrived.",
    bytes: [f.HEAD, f.firstIndex(3), ACK],
    twin: [f.HEAD, ACK],
  }),
];

/** Two parts that never stand together: the packet has both, its twin has the first alone. */
function together(slug: string, first: Bytes, both: Bytes, why: string): InvalidCase {
  return invalid(slug, "PKT-3", "invalid", { why, bytes: both, twin: first });
}

const combinations = [
  together(
    "ack-and-open",
    [f.HEAD, ACK],
    [f.HEAD, ACK, OPEN],
    "A sender that handles both acknowledges tokens of the session that the Open has just " +
      "reset; they are lost to the new receiver.",
  ),
  invalid("stop-alone", "PKT-3", "invalid", {
    why:
      "Without an ack nothing shows that the sender of the Stop is attached. A port that obeys " +
      "it lets one stray datagram cut an answer off.",
    bytes: [f.HEAD, f.stop(1)],
    twin: [f.HEAD, ACK, f.stop(1)],
  }),
  together(
    "stop-with-accept",
    [f.HEAD, ACCEPT],
    [f.HEAD, ACCEPT, f.stop(1)],
    "A check for `stop alone` that looks whether anything else is there passes this: a sender " +
      "would obey its own kind of packet.",
  ),
  together(
    "ack-and-runs",
    [f.HEAD, ACK],
    [f.HEAD, TOKEN, ACK],
    "A port that tells the kind by the first part it finds reads tokens and drops the ack, " +
      "and the sender repeats what has arrived.",
  ),
  together(
    "ack-and-end",
    [f.HEAD, ACK],
    [f.HEAD, END, ACK],
    "An endpoint that takes both ends the stream on the word of the peer that only receives " +
      "it: the answer is cut.",
  ),
  together(
    "ack-and-accept",
    [f.HEAD, ACK],
    [f.HEAD, ACCEPT, ACK],
    "A reflected or merged datagram. A receiver that takes the Accept believes that it is " +
      "attached when it is not.",
  ),
  together(
    "open-and-runs",
    [f.HEAD, OPEN],
    [f.HEAD, TOKEN, OPEN],
    "An endpoint that plays both roles on one path would render its own peer's request as tokens.",
  ),
  together(
    "open-and-end",
    [f.HEAD, OPEN],
    [f.HEAD, END, OPEN],
    "The Open would attach and the End complete the session at once: the user gets an empty " +
      "answer.",
  ),
  together(
    "open-and-accept",
    [f.HEAD, OPEN],
    [f.HEAD, ACCEPT, OPEN],
    "Accept is the answer to Open. A port that takes both from one datagram accepts itself " +
      "and waits for a sender that is not there.",
  ),
  together(
    "close-and-runs",
    CLOSE,
    [f.epoch(1), TOKEN, f.close(5)],
    "A port that renders before it closes shows tokens that no ack will ever name; the " +
      "resumed session shows them again.",
  ),
  together(
    "close-and-end",
    CLOSE,
    [f.epoch(1), END, f.close(5)],
    "Complete or failed? Two ports would tell the user different things about one answer.",
  ),
  together(
    "close-and-accept",
    CLOSE,
    [f.epoch(1), ACCEPT, f.close(5)],
    "A receiver that takes the Accept first becomes active on a session that its sender has " +
      "already forgotten.",
  ),
  together(
    "close-and-ack",
    CLOSE,
    [f.epoch(1), ACK, f.close(5)],
    "The ack could complete the stream that the Close fails: the sender would free a log that " +
      "the resume needs.",
  ),
  together(
    "close-and-open",
    CLOSE,
    [f.epoch(1), OPEN, f.close(5)],
    "A sender that attaches and closes at once supersedes the receiver that was reading.",
  ),
  together(
    "close-and-stop",
    CLOSE,
    [f.epoch(1), f.stop(1), f.close(5)],
    "A port that reads Stop as the reason of the Close ends the stream for good where it " +
      "could have been resumed.",
  ),
];

const flagged = [
  invalid("ack-now-from-sender", "PKT-4", "invalid", {
    why:
      "A receiver that answers ACK_NOW with an ack that is not asked for, and a peer that does " +
      "likewise, keep each other awake for ever.",
    bytes: [f.HEAD, TOKEN, f.flags(1, "ACK_NOW")],
    twin: [f.HEAD, TOKEN],
  }),
  invalid("ack-now-with-open", "PKT-4", "invalid", {
    why:
      "An Open is answered anyway. A port that accepts the flag here may answer twice, which is " +
      "more than anti-amplification allows.",
    bytes: [f.HEAD, OPEN, f.flags(1, "ACK_NOW")],
    twin: [f.HEAD, OPEN],
  }),
  invalid("ack-now-in-close", "PKT-4", "invalid", {
    why:
      "Nothing answers a Close. A port that honours the flag here sends datagrams to an address " +
      "that has left.",
    bytes: [CLOSE, f.flags(1, "ACK_NOW")],
    twin: CLOSE,
  }),
  invalid("paused-with-ack", "PKT-4", "invalid", {
    why:
      "Only a sender pauses. A port with one table of flags for both directions would slow its " +
      "kicks down on the word of the wrong peer.",
    bytes: [f.HEAD, ACK, f.flags(2, "PAUSED")],
    twin: [f.HEAD, ACK, f.flags(1, "ACK_NOW")],
  }),
  invalid("paused-with-open", "PKT-4", "invalid", {
    why:
      "A session cannot begin paused by its receiver. A port that lets it through keeps a flag " +
      "that no later packet clears.",
    bytes: [f.HEAD, OPEN, f.flags(2, "PAUSED")],
    twin: [f.HEAD, OPEN],
  }),
  invalid("paused-in-close", "PKT-4", "invalid", {
    why:
      "A Close has no flags. A receiver that reads PAUSED first treats the end of the session " +
      "as a pause and waits.",
    bytes: [CLOSE, f.flags(2, "PAUSED")],
    twin: CLOSE,
  }),
  invalid("both-flags-with-ack", "PKT-4", "invalid", {
    why: "A check of one bit passes when a good flag stands beside a bad one.",
    bytes: [f.HEAD, ACK, f.flags(3, "ACK_NOW and PAUSED")],
    twin: [f.HEAD, ACK, f.flags(1, "ACK_NOW")],
  }),
  invalid("both-flags-from-sender", "PKT-4", "invalid", {
    why:
      "The same from the other side: PAUSED is legal here, which hides ACK_NOW from a port that " +
      "masks the bits it expects.",
    bytes: [f.HEAD, f.flags(3, "ACK_NOW and PAUSED")],
    twin: [f.HEAD, f.flags(2, "PAUSED")],
  }),
  invalid("unknown-flag", "PKT-4", "invalid", {
    why:
      "A port that ignores bits that it does not know takes a packet of a later version for one " +
      "of its own and misreads it.",
    bytes: [f.HEAD, f.flags(4, "unknown")],
    twin: [f.HEAD, f.flags(2, "PAUSED")],
  }),
  invalid("unknown-flag-beside-known", "PKT-4", "invalid", {
    why: "Equality with a list of flags finds this, a test of known bits does not.",
    bytes: [f.HEAD, ACK, f.flags(5, "ACK_NOW and unknown")],
    twin: [f.HEAD, ACK, f.flags(1, "ACK_NOW")],
  }),
  invalid("highest-flag", "PKT-4", "invalid", {
    why:
      "Bit 31 makes the set negative in languages with signed 32-bit operators, and `flags > 2` " +
      "is then false.",
    bytes: [f.HEAD, f.flags(2147483648, "bit 31")],
    twin: [f.HEAD, f.flags(2, "PAUSED")],
  }),
];

export const kinds: PacketFile = packetFile(
  "kinds",
  "The three kinds of packet: what they may hold together, their numbers and flags.",
  [...accepted, ...numbers, ...combinations, ...flagged],
);
