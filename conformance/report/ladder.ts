// A ladder as text, receiver on the left and sender on the right as in SPEC.md. What is lost or discarded
// ends in an X: a lost message must never look like a delivered one.

import { latestRungs, type Ladder, type Rung } from "./rungs.js";

const WIDTH = 62;
const TIME_WIDTH = 10;

/**
 * The lines of a ladder.
 *
 * @param rungsMax - how many rungs at most, the latest kept.
 */
export function ladderLines(ladder: Ladder, rungsMax: number): string[] {
  const { port, before, rungs } = latestRungs(ladder, rungsMax);
  const [left, right] =
    port === "receiver"
      ? ["receiver (the port)", "sender (the kit)"]
      : ["receiver (the kit)", "sender (the port)"];
  const gap = " ".repeat(Math.max(1, WIDTH + 4 - left.length - right.length));
  return [
    `${" ".repeat(TIME_WIDTH)} ${left}${gap}${right}`,
    ...(before > 0 ? [`${" ".repeat(TIME_WIDTH)} … ${before} before`] : []),
    ...rungs.map(draw),
  ];
}

function draw({ at_us, to, what, lost, refused, missing }: Rung): string {
  const time = `${(at_us / 1000).toFixed(3)} ms`.padStart(TIME_WIDTH);
  if (missing === true) return `${time} |  · must come: ${what}`;
  const stopped = lost === true ? "lost" : refused;
  if (to === undefined) {
    return `${time} |  · ${what}${stopped === undefined ? "" : `  X ${stopped}`}`;
  }
  const label = ` ${what.length > WIDTH - 14 ? `${what.slice(0, WIDTH - 15)}…` : what} `;
  if (stopped === undefined) {
    const line = label.padEnd(WIDTH - 5, "-");
    return to === "sender" ? `${time} | --${line}--> |` : `${time} | <--${line}-- |`;
  }
  const end = `X ${stopped}`;
  const line = label.padEnd(Math.max(label.length + 2, WIDTH - 9 - end.length), "-");
  return to === "sender"
    ? `${time} | --${line}${end}`.padEnd(TIME_WIDTH + WIDTH + 3)
    : `${time} | ${end} ${line}-- |`;
}
