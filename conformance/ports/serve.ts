/**
 * The line loop of an adapter in TypeScript (conformance/ADAPTER.md): one JSON object a line in, one out,
 * until stdin ends. It knows ids and outcomes; what the commands mean is the adapter's.
 */

/** A line from the kit. */
export interface RequestLine {
  readonly id: number;
  readonly cmd: string;
}

/** One of the four outcomes. */
export type Outcome =
  | { readonly ok: object }
  | { readonly reject: string }
  | { readonly unsupported: string }
  | { readonly fault: string };

/** Answers requests on stdin with the outcomes of `answer`; an exception is the outcome `fault`. */
export function serve(answer: (line: RequestLine) => Outcome): void {
  let rest = "";
  process.stdin.setEncoding("latin1"); // The kit's lines are ASCII.
  process.stdin.on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const request = JSON.parse(line) as RequestLine;
      process.stdout.write(`${JSON.stringify(respond(answer, request))}\n`);
    }
  });
  process.stdin.on("end", () => process.exit());
}

/** The response to one request; an exception is the outcome `fault`. */
export function respond(
  answer: (line: RequestLine) => Outcome,
  request: RequestLine,
): Outcome & { readonly id: number } {
  const { id } = request;
  try {
    return { id, ...answer(request) };
  } catch (error) {
    return { id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
