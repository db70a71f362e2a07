// Session vectors for a receiver that is told to stop: END-7, END-9.

import { receiverCase } from "../script.js";
import { sessionFile } from "./case.js";
import { close, endOf, packet, stop } from "./packets.js";
import { startReceiver } from "./starts.js";

export const receiverStop = sessionFile(
  "receiver-stop",
  "A receiver that is told to stop: where Stop rides, how long, and when a stop is refused.",
  [
    receiverCase(
      "at-once",
      "END-7 ACK-1 ACK-2",
      "A stop that waits for the next packet: the model computes on for seconds after the user pressed the button.",
      (s) => {
        startReceiver(s, "a");
        const seen = s.give(50_000, stop(1)).accepted();
        seen.sends({ number: 3, kick: false, stop: 1, next: 1, largest: 1, delay: 40_000 });
        seen.phase("active").deadline(450_000, "kick");
      },
    ),
    receiverCase(
      "rides-until-the-end-is-held",
      "END-7 END-3",
      "A Stop that is sent once: when that datagram is lost the stop is lost.",
      (s) => {
        startReceiver(s, "a");
        s.give(50_000, stop(2)).sends({ number: 3, stop: 2 });
        s.advance().sends({ number: 4, kick: true, stop: 2 });
        s.note("tokens still come, and are still rendered");
        const seen = s.give(500_000, packet(2, { first: 1, tokens: ["b"] })).accepted();
        seen.renders(1, "b").sends({ number: 5, stop: 2, next: 2 });
        s.note("the End is held, though a token is missing: Stop has arrived");
        const end = endOf(["a", "b", "c"], 3);
        s.give(510_000, packet(3, { end })).enters("ending end").sends({ number: 6, stop: 0 });
        s.advance().sends({ number: 7, kick: true, stop: 0 });
      },
    ),
    receiverCase(
      "completes-with-the-end",
      "END-7 END-6 RCV-8",
      "A Stop in the ack of the End: the sender is told to stop what it has just ended.",
      (s) => {
        startReceiver(s, "a");
        s.give(50_000, stop(4)).sends({ stop: 4 });
        const seen = s.give(60_000, packet(2, { end: endOf(["a"], 3) })).accepted();
        seen.ends(1, 3).enters("draining complete").sends({ stop: 0, endReceived: true });
      },
    ),
    receiverCase(
      "resets-the-kick",
      "END-7 TIM-3",
      "Kicks that stay slow after a stop: when its ack is lost the model computes on for three seconds more.",
      (s) => {
        startReceiver(s, "a");
        s.next().sends({ kick: true });
        s.next().sends({ kick: true });
        s.next().sends({ kick: true }).deadline(5_810_000, "kick");
        s.give(3_000_000, stop(1)).sends({ kick: false, stop: 1 }).deadline(3_400_000, "kick");
        s.advance().sends({ kick: true, stop: 1 }).deadline(4_200_000, "kick");
      },
    ),
    receiverCase(
      "refused-stopped",
      "END-9 END-7",
      "A second stop that changes the reason under way: sender and application disagree about why.",
      (s) => {
        startReceiver(s, "a");
        s.give(50_000, stop(1)).accepted().sends({ stop: 1 });
        s.give(60_000, stop(1)).results("stopped").silent().deadline(450_000, "kick");
        s.give(70_000, stop(2)).results("stopped").silent();
        s.advance().sends({ stop: 1 });
      },
    ),
    receiverCase(
      "refused-ended",
      "END-9",
      "A stop accepted after the End: the application waits for a STOPPED that never comes.",
      (s) => {
        startReceiver(s, "a");
        const end = endOf(["a", "b"]);
        s.give(20_000, packet(2, { end })).phase("ending");
        s.give(30_000, stop(1)).results("ended").silent();
        s.give(40_000, packet(3, { first: 1, tokens: ["b"] })).phase("draining");
        s.give(50_000, stop(1)).results("ended").silent();
      },
    ),
    receiverCase(
      "refused-ended-before-stopped",
      "END-9",
      "A stop refused with another code after the End than in every other port.",
      (s) => {
        startReceiver(s, "a");
        s.give(20_000, stop(1)).sends({ stop: 1 });
        s.give(30_000, packet(2, { end: endOf(["a", "b"]) })).phase("ending");
        s.give(40_000, stop(1)).results("ended").silent();
      },
    ),
    receiverCase(
      "refused-closed",
      "END-9",
      "A stop in a closed session that goes unnoticed, or is refused for another reason than that.",
      (s) => {
        startReceiver(s, "a");
        s.give(20_000, packet(2, { end: endOf(["a"]) })).phase("draining");
        s.poll(10_020_000).enters("closed drained");
        s.give(10_030_000, stop(1)).results("closed").silent().deadline(null, null);
      },
    ),
    receiverCase(
      "refused-failed",
      "END-9 ERR-5",
      "A stop in a failed session that is sent, or refused for another reason than that.",
      (s) => {
        startReceiver(s, "a");
        s.give(20_000, close(7)).accepted().enters("failed close-received 7").sendsNothing();
        s.give(30_000, stop(1)).results("closed").silent().deadline(null, null);
      },
    ),
    receiverCase(
      "with-a-packet",
      "END-7 STR-5 ACK-1",
      "Two acks where a stop and a packet come before one poll.",
      (s) => {
        startReceiver(s, "a");
        const seen = s.give(20_000, packet(2, { first: 1, tokens: ["b"] }), stop(1)).accepted();
        seen.renders(1, "b").sends({ number: 3, next: 2, stop: 1 });
        s.poll(20_001).silent();
      },
    ),
  ],
);
