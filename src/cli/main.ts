// Finds the command, takes its arguments apart and runs it. A command's module is imported only when it runs.
import { bytesFromText } from "../source/bytes.ts";
import { suggestNames } from "../source/suggestions.ts";
import { type CommandSpec, type ParsedArguments, parseArguments, UsageError } from "./arguments.ts";
import { commands } from "./commands.ts";
import { exitStatus } from "./exit-status.ts";
import { commandHelp, overviewHelp } from "./help.ts";
import { reportError } from "./report.ts";
import { Session } from "./session.ts";
import { version } from "./version.ts";

/** Runs ocinix with these arguments (ordinary text) to its end, and gives the exit status. */
export async function main(argv: readonly string[]): Promise<number> {
  const session = new Session();
  let command: CommandSpec | undefined;
  try {
    const [name, ...words] = argv.map(bytesFromText);
    if (name === "--version") return print(session, `ocinix ${version}\n`);
    if (name === undefined) {
      session.host.writeError(overviewHelp(commands));
      return exitStatus.usage;
    }
    if (name === "--help" || name === "-h") return print(session, overviewHelp(commands));
    command = findCommand(name);
    const parsed = parseArguments(command, words);
    if (parsed.request === "version") return print(session, `ocinix ${version}\n`);
    if (parsed.request === "help") return print(session, commandHelp(command));
    return await run(command, parsed, session);
  } catch (error) {
    return reportError(error, session, command);
  }
}

function findCommand(name: string): CommandSpec {
  const found = commands.find((command) => command.name === name);
  if (found) return found;
  if (name.startsWith("-"))
    throw new UsageError(`unrecognised flag '${name}'`, suggestNames(["--help", "--version"], name));
  const names = commands.map((command) => command.name);
  throw new UsageError(`'${name}' is not a command of ocinix`, suggestNames(names, name));
}

/** Runs a command whose arguments are taken apart, and gives the exit status. */
type Command = (parsed: ParsedArguments, session: Session) => number | Promise<number>;

const implementations: Readonly<Record<string, () => Promise<Command>>> = {
  build: async () => (await import("./build-command.ts")).buildCommand,
  run: async () => (await import("./run-command.ts")).runCommand,
  eval: async () => (await import("./eval-command.ts")).evalCommand,
  instantiate: async () => (await import("./instantiate-command.ts")).instantiateCommand,
};

async function run(command: CommandSpec, parsed: ParsedArguments, session: Session): Promise<number> {
  const load = implementations[command.name];
  if (!load) throw new Error(`the command '${command.name}' has no implementation`);
  return (await load())(parsed, session);
}

function print(session: Session, text: string): number {
  session.print(text);
  return exitStatus.success;
}
