// How a file of session vectors is written down: JSON with one input or output per line, so that a
// change in a vector is a change of few lines.

import type { SessionCase, SessionFile, StepJson } from "./case.js";

/** The text of a file, ending in a newline. */
export function sessionText({ $schema, file, about, cases }: SessionFile): string {
  const head = [
    `{"$schema": ${json($schema)},`,
    ` "file": ${json(file)},`,
    ` "about": ${json(about)},`,
    ` "cases": [`,
  ];
  return [...head, cases.map(caseText).join(",\n"), "]}", ""].join("\n");
}

function caseText(one: SessionCase): string {
  const members = [
    `"id": ${json(one.id)}`,
    `"role": ${json(one.role)}`,
    `"clauses": ${json(one.clauses)}`,
    `"why": ${json(one.why)}`,
    `"now": ${one.now}`,
    `"config": ${json(one.config)}`,
    `"steps": [\n${one.steps.map(stepText).join(",\n")}]`,
  ];
  return ` {${members.join(",\n  ")}}`;
}

function stepText({ note, now, inputs, expect, packets }: StepJson): string {
  const { results, outputs, deadline, timer, view } = expect;
  const answer = [
    `"results": ${json(results)}`,
    `"outputs": ${list(outputs, 6)}`,
    `"deadline": ${json(deadline)}, "timer": ${json(timer)}`,
    `"view": ${json(view)}`,
  ];
  const members = [
    ...(note === undefined ? [] : [`"note": ${json(note)}`]),
    `"now": ${now}`,
    `"inputs": ${list(inputs, 5)}`,
    `"expect": {\n     ${answer.join(",\n     ")}}`,
    ...(packets === undefined ? [] : [`"packets": ${list(packets, 5)}`]),
  ];
  return `   {${members.join(",\n    ")}}`;
}

/** A list with a line for each element. */
function list(elements: readonly unknown[], indent: number): string {
  if (elements.length === 0) return "[]";
  const space = `\n${" ".repeat(indent)}`;
  return `[${elements.map((element) => space + json(element)).join(",")}]`;
}

function json(value: unknown): string {
  return JSON.stringify(value);
}
