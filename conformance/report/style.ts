// Colours and widths of terminal text. Colour only where a person looks: not into pipes, not with
// NO_COLOR; the text means the same without.

import { styleText } from "node:util";

/** Names of the styles that reports use. */
export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";

/** Puts a style on a text, or does not. */
export type Paint = (style: Style, text: string) => string;

/** Leaves texts as they are. */
export const plain: Paint = (_style, text) => text;

/** How to paint for a stream (NO_COLOR, FORCE_COLOR, whether it is a terminal). */
export function paintFor(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): Paint {
  const isOff = env.NO_COLOR !== undefined && env.NO_COLOR !== "";
  const isForced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== "0";
  if (isOff || !(isForced || stream.isTTY === true)) return plain;
  return (style, text) => styleText(style, text);
}

/** Words wrapped at a width, every line but the first indented. Words longer than a line are cut. */
export function wrap(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((long) => pieces(long, width))) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join(`\n${indent}`);
}

function pieces(word: string, width: number): string[] {
  return word.match(new RegExp(`.{1,${width}}`, "gsu")) ?? [""];
}

/** A count with its noun: `1 case`, `2 cases`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
