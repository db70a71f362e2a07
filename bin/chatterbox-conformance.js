#!/usr/bin/env node
// Starts the built kit. It is committed, not built, because npm links `bin` before `prepare` builds.
import { existsSync } from "node:fs";

const cli = new URL("../dist/conformance/cli/main.js", import.meta.url);

if (existsSync(cli)) {
  await import(cli.href);
} else {
  process.stderr.write("chatterbox-conformance is not built: run `npm run build`\n");
  process.exitCode = 2;
}
