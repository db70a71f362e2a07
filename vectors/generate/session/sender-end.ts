// Session vectors for the end of a stream at a sender: END-1, END-2, END-4, END-5, END-8, SND-20.

import { senderCase } from "../script.js";
import { sessionFile } from "./case.js";
import { abort, ack, close, finish, on, open, pause, push } from "./packets.js";
import { startSender } from "./starts.js";

const ways = [
  senderCase(
    "finish",
    "END-1 END-2 SND-11 END-5 STR-5",
    "An End that waits for a token: the last word is followed by silence instead of an end.",
    (s) => {
      startSender(s, "Hi", on(1, "{"));
      const ended = s.give(10_000, finish(5)).accepted().enters("ending finish");
      ended.sendsNothing().deadline(18_105, "fresh");
      s.advance()
        .sends({ number: 2, items: [0, 3], end: true })
        .view({ una: "0", hi: "3", n: "2" });
      const last = ack(2, { next: 2, largest: 2, end: true });
      s.give(30_000, last).enters("done complete").sendsNothing().deadline(null, null);
      s.poll(99_000_000).silent().phase("done");
    },
  ),
  senderCase(
    "abort",
    "END-1 END-2",
    "The error code lost, or tokens before the error not delivered: the user sees neither what there was nor why it stopped.",
    (s) => {
      startSender(s, "a");
      const ended = s.give(30_000, abort(4294967295), push("b")).results(null, "ended");
      ended.enters("ending abort").sends({ number: 2, items: [0, 2], end: true });
    },
  ),
  senderCase(
    "abort-with-the-lowest-code",
    "END-2 END-1",
    "An error code of 1 taken for none: the End is one that no decoder accepts.",
    (s) => {
      s.give(0, abort(1), open(1))
        .enters("ending open")
        .sends({ items: [0, 1], end: true });
    },
  ),
  ...([1, 2, 4, 5] as const).map((reason) =>
    senderCase(
      `reason-${reason}`,
      "END-2",
      "A reason replaced by another: an answer that was cut short is shown as complete.",
      (s) => {
        s.give(0, finish(reason), open(1))
          .enters("ending open")
          .sends({ items: [0, 1], end: true });
      },
    ),
  ),
  senderCase(
    "stop",
    "END-8 END-1 END-2",
    "A Stop without effect, or reported twice: the model computes on, or the application stops two answers.",
    (s) => {
      startSender(s, "a", "b");
      const seen = s.give(30_000, ack(2, { next: 1, largest: 1, delay: 30_000, stop: 3 }));
      seen.accepted().stops(3).enters("ending stop");
      seen.sends({ number: 2, items: [1, 3], end: true });
      s.note("the same again, until the receiver holds the End");
      s.give(31_000, ack(3, { next: 1, largest: 1, stop: 3 }))
        .accepted()
        .stops()
        .enters();
      s.give(32_000, push("c")).results("ended").silent();
    },
  ),
  senderCase(
    "zero-tokens",
    "END-4 END-2 END-5 SND-4 ACK-7",
    "A stream without tokens that sends no End, repeats none, or never completes.",
    (s) => {
      startSender(s);
      s.give(50_000, finish())
        .enters("ending finish")
        .sends({ number: 2, items: [0, 1], end: true });
      s.next().sends({ number: 3, items: [0, 1], end: true });
      s.give(100_000, ack(2, { largest: 2, end: true }))
        .enters("done complete")
        .sendsNothing();
    },
  ),
  senderCase(
    "late-finish",
    "END-1 END-2 SND-11 SND-3",
    "An End after everything was acknowledged that nothing triggers.",
    (s) => {
      startSender(s, "a");
      s.give(10_000, ack(2, { next: 1, largest: 1 })).view({ una: "1", hi: "1" });
      const seen = s.give(5_000_000, finish()).enters("ending finish");
      seen.sends({ number: 2, items: [1, 2], end: true }).deadline(5_020_000, "repeat");
    },
  ),
  senderCase(
    "before-any-ack",
    "END-1 SND-11 OPN-8",
    "A short answer whose End waits for the first ack: one round trip more before it is complete.",
    (s) => {
      s.give(0, push("a"), finish()).accepted().silent().view({ phase: "idle", n: "1" });
      s.give(1_000, open(1))
        .enters("ending open")
        .sends({
          number: 1,
          items: [0, 2],
          end: true,
          accept: true,
        });
    },
  ),
  senderCase(
    "not-complete-without-the-end",
    "END-5 SND-4",
    "A stream done when its last token is acknowledged: the End is never repeated, and the receiver waits for it.",
    (s) => {
      startSender(s, "a");
      s.give(30_000, finish()).sends({ number: 2, items: [0, 2] });
      const seen = s.give(60_000, ack(2, { next: 1, largest: 1, delay: 30_000 })).accepted();
      seen.phase("ending").view({ una: "1", hi: "2" }).deadline(70_000, "repeat");
      s.advance().sends({ number: 3, items: [1, 2], end: true });
    },
  ),
  senderCase(
    "last-ack-lost",
    "END-5 TIM-1",
    "A sender that calls itself done without an ack, or repeats for ever.",
    (s) => {
      s.give(0, push("a"), finish(), open(1)).sends({ items: [0, 2] });
      s.poll(29_999_999)
        .sends({ number: 2, items: [0, 2] })
        .deadline(30_000_000, "detach");
      s.next().enters("detached silence").sendsNothing().deadline(null, null);
    },
  ),
];

const races = [
  senderCase(
    "finish-before-stop",
    "END-1 END-8",
    "A Stop that arrives after the End and replaces it: an answer that is complete is marked as stopped.",
    (s) => {
      startSender(s, "a");
      const stopped = ack(2, { next: 1, largest: 1, delay: 30_000, stop: 1 });
      const seen = s.give(30_000, finish(1), stopped).accepted().stops();
      seen.enters("ending finish").sends({ number: 2, items: [1, 2], end: true });
    },
  ),
  senderCase(
    "stop-before-finish",
    "END-1 END-8 SND-20",
    "A finish after a Stop that makes a second End: the receiver fails the session with FINAL_MISMATCH.",
    (s) => {
      startSender(s, "a");
      const stopped = ack(2, { next: 1, largest: 1, delay: 30_000, stop: 1 });
      const seen = s.give(30_000, stopped, finish(1)).results(null, "ended").stops(1);
      seen.enters("ending stop").sends({ number: 2, items: [1, 2], end: true });
    },
  ),
  senderCase(
    "stop-in-the-open",
    "END-8 END-1",
    "A Stop that counts only in an ack: who stops before the session is open is not heard.",
    (s) => {
      s.give(0, push("a"));
      const seen = s
        .give(1_000, open(1, { stop: 4 }))
        .accepted()
        .stops(4);
      seen.enters("active open", "ending stop").sends({ items: [0, 2], end: true, accept: true });
    },
  ),
  senderCase(
    "stop-in-the-open-again",
    "END-8 OPN-9",
    "A Stop in a repeated Open passed over, or taken for changed content.",
    (s) => {
      startSender(s, "a");
      const seen = s
        .give(250_000, open(2, { stop: 1 }))
        .accepted()
        .stops(1)
        .enters("ending stop");
      seen.sends({ number: 2, items: [0, 2], end: true, accept: true });
    },
  ),
  senderCase(
    "stop-in-the-open-of-an-ended-stream",
    "END-8 END-1",
    "A Stop of a stream that has ended reported to an application that has moved on.",
    (s) => {
      s.give(0, push("a"), finish());
      s.give(1_000, open(1, { stop: 1 }))
        .stops()
        .enters("ending open")
        .sends({ items: [0, 2] });
    },
  ),
  senderCase(
    "refused-open-does-not-stop",
    "END-8 OPN-6",
    "The Stop of a refused Open obeyed: a stale tab stops the answer of the present one.",
    (s) => {
      startSender(s, "a");
      s.give(10_000, open(1, { epoch: 2, version: 2, stop: 1 }))
        .results("refused-open")
        .stops();
      s.give(11_000, open(2, { window: 1024, stop: 1 }))
        .results("unexpected")
        .stops();
      s.give(12_000, push("b")).accepted().phase("active");
    },
  ),
];

const refused = [
  senderCase(
    "refused-ended",
    "SND-20 END-1",
    "Commands accepted after the End: the digest that was sent is not that of what is held.",
    (s) => {
      startSender(s, "a");
      s.give(10_000, finish()).accepted().phase("ending");
      const commands = [push("b"), finish(2), abort(1), pause(), push()];
      const codes = commands.map(() => "ended");
      s.give(11_000, ...commands)
        .results(...codes)
        .silent()
        .view({ n: "1" });
      s.next().sends({ number: 2, items: [0, 2], end: true, paused: false });
    },
  ),
  senderCase(
    "refused-ended-in-idle",
    "SND-20 END-1",
    "Commands after the End accepted as long as nobody is attached.",
    (s) => {
      s.give(0, push("a"), finish(), push("b"), finish(2), abort(1), pause())
        .results(null, null, "ended", "ended", "ended", "ended")
        .silent()
        .view({ phase: "idle", n: "1" });
    },
  ),
  senderCase(
    "refused-ended-when-done",
    "SND-20 END-5",
    "Commands accepted when all is done.",
    (s) => {
      s.give(0, push("a"), finish(), open(1));
      s.give(10_000, ack(2, { next: 1, largest: 1, end: true })).phase("done");
      s.give(20_000, push("b"), finish(), abort(1), pause())
        .results("ended", "ended", "ended", "ended")
        .silent();
    },
  ),
  senderCase(
    "refused-closed",
    "SND-20 ERR-5",
    "Commands accepted by a sender that is closed: the application goes on paying for tokens that nobody gets.",
    (s) => {
      startSender(s, "a");
      s.give(10_000, close(9)).enters("closed close-received 9");
      s.give(20_000, push("b"), finish(), abort(1), pause(), push())
        .results("closed", "closed", "closed", "closed", "closed")
        .silent()
        .phase("closed");
    },
  ),
  senderCase(
    "refused-closed-before-ended",
    "SND-20",
    "Another code for a command when the stream has both ended and been closed.",
    (s) => {
      startSender(s, "a");
      s.give(10_000, finish(), close(9)).enters("ending finish", "closed close-received 9");
      s.give(20_000, push("b"), finish()).results("closed", "closed").silent();
    },
  ),
  senderCase(
    "commands-when-detached",
    "SND-20 TIM-1 SND-19",
    "A detached sender that refuses tokens: what the model writes while the user is in a tunnel is lost.",
    (s) => {
      startSender(s, "a");
      s.poll(30_000_000).enters("detached silence");
      s.give(31_000_000, push("b"), pause(), finish()).accepted().silent().view({ n: "2" });
      s.give(32_000_000, push("c")).results("ended").phase("detached");
      s.give(33_000_000, open(1, { epoch: 2 }))
        .enters("ending open")
        .sends({
          items: [0, 3],
          end: true,
          paused: false,
        });
    },
  ),
];

export const senderEnd = sessionFile(
  "sender-end",
  "The end of a stream at a sender: finish, abort, Stop, and which of them is first.",
  [...ways, ...races, ...refused],
);
