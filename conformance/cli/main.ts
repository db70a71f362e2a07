// The command: words and options to functions, errors to one clear line and an exit code. What the
// commands do is in the files beside this one.

import { Command, CommanderError, InvalidArgumentError } from "@commander-js/extra-typings";
import { CannotDrive } from "../driver/cannot-drive.js";
import { initCommand } from "../init/init.js";
import { kitVersion } from "../package-root.js";
import { paintFor, type Paint } from "../report/style.js";
import { explain, list, show } from "./browse.js";
import { doctor } from "./doctor.js";
import { EXIT, UsageError, type ExitCode } from "./exit-code.js";
import { endOnSignals } from "./interrupt.js";
import { pair } from "./pair.js";
import { replay } from "./properties.js";
import { run } from "./run.js";
import { selftest } from "./selftest.js";

const NAME = "chatterbox-conformance";

process.exitCode = await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<ExitCode> {
  endOnSignals();
  // A reader that has seen enough (`| head`) is no fault.
  process.stdout.on("error", () => process.exit());
  let exit: ExitCode = EXIT.conformant;
  const program = makeProgram(words, (code) => {
    exit = code;
  });
  try {
    await program.parseAsync([...words], { from: "user" });
    return exit;
  } catch (error) {
    return explainError(error);
  }
}

function explainError(error: unknown): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.conformant : EXIT.usage;
  if (error instanceof UsageError) return say(error.message, EXIT.usage);
  if (error instanceof CannotDrive) return say(error.message, EXIT.notDriven);
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return say(`a fault of the kit, please report it: ${text}`, EXIT.kitFault);
}

function say(text: string, exit: ExitCode): ExitCode {
  process.stderr.write(`${NAME}: ${text}\n`);
  return exit;
}

function makeProgram(words: readonly string[], done: (exit: ExitCode) => void): Command {
  const program = new Command(NAME)
    .description("Tests whether a port of Chatterbox conforms to SPEC.md.")
    .version(kitVersion())
    .exitOverride()
    .enablePositionalOptions()
    .configureOutput({
      outputError: (text, write) => {
        write(`${NAME}: ${text.replace(/^error: /, "").trim()}; see ${NAME} --help\n`);
      },
    });
  const paint = paintFor(process.stdout, process.env);

  addRun(program, words, done);
  addPair(program, words, done);
  addReplay(program, words, done, paint);
  addInit(program);
  program
    .command("list")
    .description("list the cases")
    .argument("[what...]", "roles, clauses or beginnings of ids")
    .action((only) => {
      done(list({ only }));
    });
  program
    .command("show")
    .description("show one case")
    .argument("<id>", "the id of a case")
    .option("--json", "as data")
    .action((id, { json }) => {
      done(show(id, json === true, paint));
    });
  program
    .command("explain")
    .description("show a clause of SPEC.md, the cases that prove it and the mutants they kill")
    .argument("<clause>", "such as SND-7")
    .action((clause) => {
      done(explain(clause, paint));
    });
  program
    .command("doctor")
    .description("try a few canaries: is this a port at all?")
    .argument("[command...]", "what starts the port's adapter, after --")
    .option("--timeout <ms>", "milliseconds for one answer", milliseconds)
    .action(async (command, { timeout }) => {
      done(await doctor(portCommand(words, command), timeout, paint));
    });
  program
    .command("selftest")
    .description("try the kit against ports that are known to be wrong")
    .option("--only <mutant>", "try one mutant and list the cases that kill it")
    .option("--write", "write kills.json and KILLS.md")
    .option("--json", "the kill matrix as data")
    .action(async (options) => {
      done(await selftest(options, paint));
    });
  return program;
}

function addRun(program: Command, words: readonly string[], done: (exit: ExitCode) => void): void {
  program
    .command("run", { isDefault: true })
    .description("run the cases against a port; without a command, against the bundled reference")
    .argument("[command...]", "what starts the port's adapter, after --")
    .option("--only <what...>", "run only cases of these roles, clauses or beginnings of ids")
    .option("--skip <what...>", "run none of these; like --only it forbids a claim")
    .option("--report <file>", "write report.json there")
    .option("--junit <file>", "write the report as JUnit XML there")
    .option("--html <file>", "write the report as one HTML page there")
    .option("--badge <file>", "write a badge as SVG there")
    .option("--expect <file>", "failures that are expected; chatterbox.expect.json if it is there")
    .option("--write-expect <file>", "write the present failures there, as expected from now on")
    .option("--runs <number>", "random schedules for each property", integer(1, 1e9), 200)
    .option("--seed <number>", "what schedules are drawn from", integer(0, 2 ** 31 - 1), 1)
    .option("--path <path>", "only this counterexample of the seed; with --only properties/<name>")
    .option("--save <folder>", "where counterexamples go", "counterexamples")
    .option("--no-properties", "try no random schedules; forbids a claim")
    .option("--jobs <number>", "how many processes of the port share the cases", integer(1, 64), 1)
    .option("--timeout <ms>", "milliseconds for one answer", milliseconds)
    .option("--trace", "print every line of either side to stderr")
    .action(async (command, options) => {
      done(await run(portCommand(words, command), options));
    });
}

function addPair(program: Command, words: readonly string[], done: (exit: ExitCode) => void): void {
  program
    .command("pair")
    .description("play sessions between ports over a bad path, in virtual time")
    .argument("[commands...]", "what starts each port's adapter, after --, with ---- between them")
    .option("--preset <name...>", "only in this weather: clean, loss, fades, outage, reorder, thin")
    .option("--seed <number>", "what the weather is drawn from", integer(0, 2 ** 53 - 1), 1)
    .option("--tokens <number>", "how long the answer is", integer(1, 20000), 120)
    .option("--timeout <ms>", "milliseconds for one answer", milliseconds)
    .action(async (commands, options) => {
      done(await pair(portCommand(words, commands), options));
    });
}

function addReplay(
  program: Command,
  words: readonly string[],
  done: (exit: ExitCode) => void,
  paint: Paint,
): void {
  program
    .command("replay")
    .description("play a saved counterexample: does the port still fail?")
    .argument("<file>", "what `run` saved")
    .argument("[command...]", "what starts the port's adapter, after --")
    .option("--timeout <ms>", "milliseconds for one answer", milliseconds)
    .action(async (file, command, { timeout }) => {
      const options = timeout === undefined ? {} : { timeoutMs: timeout };
      done(await replay(file, portCommand(words, command), options, paint));
    });
}

function addInit(program: Command): void {
  program
    .command("init")
    .description("start a port from a template: js, python, go or rust")
    .argument("<language>", "js, python, go or rust")
    .argument("[folder]", "where to write it; chatterbox-<language> if absent")
    .action((language, folder) => {
      const { written, next } = initCommand(language, folder);
      const files = written.map((file) => `  ${file}`);
      process.stdout.write(
        [...files, "", "Next:", ...next.map((step) => `  ${step}`), ""].join("\n"),
      );
    });
}

/** The port's command; it must stand after `--`, so that a mistyped word is not taken for a program. */
function portCommand(words: readonly string[], command: readonly string[]): readonly string[] {
  const [first] = command;
  if (first === undefined || words.includes("--")) return command;
  throw new UsageError(
    `unknown command "${first}"; put what starts your port after --, as in ${NAME} run -- ${command.join(" ")}`,
  );
}

function integer(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Give an integer from ${least} to ${most}.`);
  };
}

function milliseconds(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 3600000) return value;
  throw new InvalidArgumentError("Give an integer of milliseconds from 1 to 3600000.");
}
