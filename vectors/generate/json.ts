// Writes JSON so that diffs read well: lists of scalars and small objects on one line, everything
// else with a line for each member. Keys keep the order in which they were made.

const COLUMNS = 100;

/** `value` as text that ends in a line feed; the same value gives the same bytes. */
export function printJson(value: unknown): string {
  return `${print(value, 0)}\n`;
}

function print(value: unknown, depth: number): string {
  const flat = inline(value);
  if (!isNested(value) || flat.length + 2 * depth <= COLUMNS || isLeaf(value)) return flat;
  const indent = "  ".repeat(depth + 1);
  const open = Array.isArray(value) ? "[" : "{";
  const close = Array.isArray(value) ? "]" : "}";
  const members = Array.isArray(value)
    ? value.map((member) => print(member, depth + 1))
    : Object.entries(value).map(([key, member]) => `${quote(key)}: ${print(member, depth + 1)}`);
  const lines = members.map((member) => `${indent}${member}`).join(",\n");
  return `${open}\n${lines}\n${"  ".repeat(depth)}${close}`;
}

/** A list of scalars, or one entry of `fields`: on one line however long. */
function isLeaf(value: object): boolean {
  const members: unknown[] = Object.values(value);
  return !members.some(isNested) && (Array.isArray(value) || "note" in value);
}

function isNested(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (!isNested(value)) return quote(value);
  const members = Object.entries(value).map(([key, member]) => `${quote(key)}: ${inline(member)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

/** A scalar in pure ASCII, so that no reader has to know an encoding. */
function quote(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
