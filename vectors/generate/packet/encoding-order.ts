// Vectors for ENC-1 and ENC-4: the order of fields, and fields given twice.

import type { Bytes } from "../bytes.js";
import { invalid, packetFile, type InvalidCase, type PacketFile } from "./case.js";
import * as f from "./fields.js";

const TOKEN = f.run(f.data("Hi"));
const END = f.end(f.finalCount(1), f.reason(1), f.digest(f.DIGEST));
const ACCEPT = f.accept(f.version(1));
const ACK = f.ack(f.nextIndex(3), f.largest(2));

function refused(
  slug: string,
  clauses: string,
  bytes: Bytes,
  twin: Bytes,
  why: string,
): InvalidCase {
  return invalid(slug, `${clauses} ENC-4`, "not-canonical", { why, bytes, twin });
}

const order = [
  refused(
    "number-before-epoch",
    "ENC-1",
    [f.packetNumber(1), f.epoch(1)],
    f.HEAD,
    "Protobuf allows any order. A port that does too acknowledges packets which its peer, " +
      "comparing bytes, has discarded.",
  ),
  refused(
    "stream-id-last",
    "ENC-1",
    [f.HEAD, f.streamId(7)],
    [f.streamId(7), f.HEAD],
    "The stream id is needed first, to find the session. A port that scans for it handles the " +
      "rest by the rules of another stream.",
  ),
  refused(
    "end-before-runs",
    "ENC-1",
    [f.HEAD, END, TOKEN],
    [f.HEAD, TOKEN, END],
    "A streaming parser that acts on each field completes the answer before its last token is " +
      "there.",
  ),
  refused(
    "accept-before-end",
    "ENC-1",
    [f.HEAD, ACCEPT, END],
    [f.HEAD, END, ACCEPT],
    "Authors put Accept first because it comes first. Their encoder is refused by every port " +
      "that compares bytes.",
  ),
  refused(
    "flags-before-ack",
    "ENC-1",
    [f.HEAD, f.flags(1, "ACK_NOW"), ACK],
    [f.HEAD, ACK, f.flags(1, "ACK_NOW")],
    "Flags are usually written first by hand codecs. Kicks would be discarded, and a dead " +
      "path would never be noticed.",
  ),
  refused(
    "extension-before-flags",
    "ENC-1",
    [f.HEAD, f.extension(f.type(64)), f.flags(2, "PAUSED")],
    [f.HEAD, f.flags(2, "PAUSED"), f.extension(f.type(64))],
    "A port that stops reading at the first extension misses the flag behind it and shows a " +
      "stall.",
  ),
  refused(
    "runs-around-end",
    "ENC-1",
    [f.HEAD, TOKEN, END, f.run(f.channel(1), f.data("x"))],
    [f.HEAD, TOKEN, f.run(f.channel(1), f.data("x")), END],
    "Elements of a repeated field need not be neighbours in protobuf. Here a token would come " +
      "after the End.",
  ),
  refused(
    "run-data-before-channel",
    "ENC-1",
    [f.HEAD, f.run(f.data("Hi"), f.channel(1))],
    [f.HEAD, f.run(f.channel(1), f.data("Hi"))],
    "A parser that delivers `data` when it sees it puts a tool call's text into the main channel.",
  ),
  refused(
    "run-lengths-before-data",
    "ENC-1",
    [f.HEAD, f.run(f.lengths(1, 1), f.data("Hi"))],
    [f.HEAD, f.run(f.data("Hi"), f.lengths(1, 1))],
    "Lengths first is the natural order for a hand codec. It works with itself and with no " +
      "one else.",
  ),
  refused(
    "end-digest-before-reason",
    "ENC-1",
    [f.HEAD, f.end(f.finalCount(1), f.digest(f.DIGEST), f.reason(1))],
    [f.HEAD, END],
    "The order inside sub-messages is checked less often than the outer one.",
  ),
  refused(
    "ack-largest-before-next-index",
    "ENC-1",
    [f.HEAD, f.ack(f.largest(2), f.nextIndex(3))],
    [f.HEAD, ACK],
    "Ports that write acks by hand mirror the order of QUIC, `largest` first, and have all of " +
      "them discarded.",
  ),
  refused(
    "open-window-before-version",
    "ENC-1",
    [f.HEAD, f.open(f.window(1024), f.version(1))],
    [f.HEAD, f.open(f.version(1), f.window(1024))],
    "A sender that reads the version by its place takes the window for it, and answers Close " +
      "VERSION to a good Open.",
  ),
  refused(
    "extension-value-before-type",
    "ENC-1",
    [f.HEAD, f.extension(f.value("00"), f.type(64))],
    [f.HEAD, f.extension(f.type(64), f.value("00"))],
    "A parser that looks the type up when the value comes stores it under type 0.",
  ),
];

const twice = [
  refused(
    "epoch-twice-equal",
    "ENC-1",
    [f.epoch(1), f.epoch(1), f.packetNumber(1)],
    f.HEAD,
    "The same value again changes nothing, so lenient parsers do not notice. A middlebox can " +
      "mark datagrams with it.",
  ),
  refused(
    "epoch-twice",
    "ENC-1",
    [f.epoch(2), f.epoch(1), f.packetNumber(1)],
    f.HEAD,
    "The last one wins in protobuf, the first in many hand codecs: one datagram, two sessions.",
  ),
  refused(
    "number-twice",
    "ENC-1",
    [f.epoch(1), f.packetNumber(9), f.packetNumber(1)],
    f.HEAD,
    "One port records number 9, the other 1, and their acks describe different packets.",
  ),
  refused(
    "flags-twice",
    "ENC-1",
    [f.HEAD, f.flags(2, "PAUSED"), f.flags(2, "PAUSED")],
    [f.HEAD, f.flags(2, "PAUSED")],
    "A port that adds bits up instead of setting them makes flag 4 of it.",
  ),
  refused(
    "channel-twice",
    "ENC-1",
    [f.HEAD, f.run(f.channel(2), f.channel(1), f.data("Hi"))],
    [f.HEAD, f.run(f.channel(1), f.data("Hi"))],
    "First or last: in one port the token is reasoning, in the other it is the answer.",
  ),
  refused(
    "data-twice",
    "ENC-1",
    [f.HEAD, f.run(f.data("Hi"), f.data("Ho"))],
    [f.HEAD, f.run(f.data("Ho"))],
    "The last wins, or both are joined, by parser: two texts from one datagram.",
  ),
  refused(
    "next-index-twice",
    "ENC-1",
    [f.HEAD, f.ack(f.nextIndex(9), f.nextIndex(3), f.largest(2))],
    [f.HEAD, ACK],
    "A sender that takes the first frees six tokens that the receiver says it lacks.",
  ),
  refused(
    "extension-type-twice",
    "ENC-1",
    [f.HEAD, f.extension(f.type(65), f.type(64))],
    [f.HEAD, f.extension(f.type(64))],
    "The order of types is then checked on one value and used with the other.",
  ),
  refused(
    "end-twice",
    "ENC-1",
    [f.HEAD, END, END],
    [f.HEAD, END],
    "Protobuf merges two sub-messages into one. A port that counts them ends the stream twice.",
  ),
  refused(
    "accept-twice",
    "ENC-1",
    [f.HEAD, ACCEPT, ACCEPT],
    [f.HEAD, ACCEPT],
    "A port that raises an event for each field tells the application twice that it is connected.",
  ),
  refused(
    "ack-in-two-halves",
    "ENC-1",
    [f.HEAD, f.ack(f.nextIndex(3)), f.ack(f.largest(2))],
    [f.HEAD, ACK],
    "Merged, the halves are the twin; replaced, they are an ack of index 0. Runtimes do either.",
  ),
  refused(
    "open-twice",
    "ENC-1",
    [f.HEAD, f.open(f.version(1), f.window(2048)), f.open(f.version(1), f.window(1024))],
    [f.HEAD, f.open(f.version(1), f.window(1024))],
    "Which window holds? A sender that takes the larger sends more than its receiver can keep.",
  ),
  refused(
    "stop-twice",
    "ENC-1",
    [f.HEAD, ACK, f.stop(2), f.stop(1)],
    [f.HEAD, ACK, f.stop(1)],
    "Two reasons for one Stop: the log of the sender and that of the receiver differ.",
  ),
  refused(
    "close-twice",
    "ENC-1",
    [f.epoch(1), f.close(7), f.close(5)],
    [f.epoch(1), f.close(5)],
    "CONGESTION says resume, SUPERSEDED says do not. Two ports do opposite things.",
  ),
];

export const encodingOrder: PacketFile = packetFile(
  "encoding-order",
  "Canonical encoding: the order of fields, and fields given twice.",
  [...order, ...twice],
);
