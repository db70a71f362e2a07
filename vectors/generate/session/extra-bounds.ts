// Session vectors for bounds of memory that the other files do not reach: what a receiver counts against
// its window (RCV-6), and how many Closes a sender keeps (ERR-4).

import { receiverCase, senderCase } from "../script.js";
import { sessionFile } from "./case.js";
import { many, open, packet } from "./packets.js";
import { startReceiver } from "./starts.js";

export const receiverWindow = sessionFile(
  "receiver-window",
  "What counts against the window of a receiver: what waits, and nothing that was rendered.",
  [
    receiverCase(
      "rendered-bytes-in-a-repeat",
      "RCV-6 LIM-10 RCV-4",
      "Rendered tokens that are repeated counted against the window: on a path that loses acks every session fails.",
      (s) => {
        const [first, second] = [many(1, 1000), many(1, 500, 1)];
        startReceiver(s, ...first).renders(0, ...first);
        s.note("1500 bytes in a packet, of which 1000 are rendered");
        s.give(20_000, packet(2, { tokens: [...first, ...second] }))
          .accepted()
          .renders(1, ...second);
      },
      { config: { window: "1024" } },
    ),
  ],
);

export const senderCloses = sessionFile(
  "sender-closes",
  "How many Closes a sender keeps between two polls.",
  [
    senderCase(
      "four-at-most",
      "ERR-4 SEC-2",
      "A Close for every refused Open that came in a batch: a flood of Opens is answered in kind, and fills memory before.",
      (s) => {
        const opens = [1, 2, 3, 4, 5, 6].map((epoch) => open(1, { epoch, version: 2 }));
        const seen = s.give(0, ...opens).results(...opens.map(() => "refused-open"));
        seen.sends(...[1, 2, 3, 4].map((epoch) => ({ close: 1, epoch })));
        s.poll(1).silent();
        s.note("the poll made room");
        s.give(2, open(1, { epoch: 7, version: 2 })).sends({ close: 1, epoch: 7 });
      },
    ),
  ],
);
