// Finds the command, takes its arguments apart and runs it. A command's module is imported only when it runs.
import { argumentBytes } from "../host/process-bytes.ts";
import { NixError } from "../source/nix-error.ts";
import { suggestNames } from "../source/suggestions.ts";
import { type CommandSpec, type ParsedArguments, parseArguments } from "./arguments.ts";
import { commands } from "./commands.ts";
import { isQuiet } from "./evaluation-settings.ts";
import { exitStatus } from "./exit-status.ts";
import { commandHelp, familyHelp, overviewHelp } from "./help.ts";
import { readConfig } from "./nix-config.ts";
import { reportError } from "./report.ts";
import { Session } from "./session.ts";
import { UsageError } from "./usage-error.ts";
import { version } from "./version.ts";

/** Runs ocinix with these arguments (ordinary text) to its end, and gives the exit status. */
export async function main(argv: readonly string[]): Promise<number> {
  const session = new Session();
  let command: CommandSpec | undefined;
  try {
    const words = argumentBytes(argv);
    const [name, second] = words;
    if (name === "--version") return print(session, `ocinix ${version}\n`);
    if (name === undefined) {
      session.host.writeError(overviewHelp(commands));
      return exitStatus.usage;
    }
    if (name === "--help" || name === "-h") return print(session, overviewHelp(commands));
    if (second === "--help" && isFamily(name)) return print(session, familyHelp(name, commands));
    const found = findCommand(words);
    command = found.command;
    const parsed = parseArguments(command, found.words);
    if (parsed.request === "version") return print(session, `ocinix ${version}\n`);
    if (parsed.request === "help") return print(session, commandHelp(command));
    if (parsed.has("explain") || parsed.has("diagnostics")) {
      session.reporter = (await import("./explained-report.ts")).explainingReporter(parsed);
    }
    session.isQuiet = isQuiet(parsed);
    checkLogFormat(parsed);
    session.config = readConfig(session.host, parsed, (message) => session.warn(message));
    return await run(command, parsed, session);
  } catch (error) {
    if (error instanceof UsageError && argv.some((word) => word.startsWith("--diagnostics"))) {
      const reporter = session.reporter ?? (await import("./explained-report.ts")).reporterInWords(argv);
      if (reporter !== undefined) session.reporter = reporter;
    }
    return reportError(error, session, command);
  } finally {
    session.treeCache?.save();
  }
}

/** The formats are all the same here, but a wrong one is a mistake. Throws NixError. */
function checkLogFormat(parsed: ParsedArguments): void {
  for (const [format = ""] of parsed.occurrences("logFormat")) {
    if (!/^(?:raw|internal-json|bar)$|^(?:raw|bar)-with-logs$/.test(format)) {
      throw new NixError("eval", `option 'log-format' has an invalid value '${format}'`);
    }
  }
}

/** The command that the first words name, and the words after it. Throws UsageError. */
function findCommand(words: readonly string[]): { readonly command: CommandSpec; readonly words: readonly string[] } {
  const [name = "", second, ...rest] = words;
  const found = commands.find((command) => command.name === name);
  if (found) return { command: found, words: words.slice(1) };
  const members = commands.filter((command) => command.name.startsWith(`${name} `));
  if (members.length > 0) {
    if (second === undefined) throw new UsageError("no subcommand specified");
    const member = members.find((command) => command.name === `${name} ${second}`);
    if (member) return { command: member, words: rest };
    const names = members.map((command) => command.name.slice(name.length + 1));
    throw new UsageError(`'${second}' is not a recognised command`, suggestNames(names, second));
  }
  if (name.startsWith("-"))
    throw new UsageError(`unrecognised flag '${name}'`, suggestNames(["--help", "--version"], name));
  const names = commands.map((command) => command.name.replace(/ .*/, ""));
  throw new UsageError(`'${name}' is not a command of ocinix`, suggestNames(new Set(names), name));
}

/** Whether this is the first of two words that name commands. */
function isFamily(name: string): boolean {
  return commands.some((command) => command.name.startsWith(`${name} `));
}

/** Runs a command whose arguments are taken apart, and gives the exit status. */
type Command = (parsed: ParsedArguments, session: Session) => number | Promise<number>;

const implementations: Readonly<Record<string, () => Promise<Command>>> = {
  build: async () => (await import("./build-command.ts")).buildCommand,
  run: async () => (await import("./run-command.ts")).runCommand,
  eval: async () => (await import("./eval-command.ts")).evalCommand,
  repl: async () => (await import("./repl-command.ts")).replCommand,
  instantiate: async () => (await import("./instantiate-command.ts")).instantiateCommand,
  "derivation show": async () => (await import("./derivation-show-command.ts")).derivationShowCommand,
  "hash file": async () => (await import("./hash-command.ts")).hashFileCommand,
  "hash path": async () => (await import("./hash-command.ts")).hashPathCommand,
  "hash convert": async () => (await import("./hash-command.ts")).hashConvertCommand,
  "hash to-base16": async () => (await import("./hash-command.ts")).hashToCommand("base16"),
  "hash to-base32": async () => (await import("./hash-command.ts")).hashToCommand("nix32"),
  "hash to-base64": async () => (await import("./hash-command.ts")).hashToCommand("base64"),
  "hash to-sri": async () => (await import("./hash-command.ts")).hashToCommand("sri"),
  "nar pack": async () => (await import("./nar-command.ts")).narPackCommand,
  "nar ls": async () => (await import("./nar-command.ts")).narListCommand,
  "nar cat": async () => (await import("./nar-command.ts")).narCatCommand,
  "store add": async () => (await import("./store-add-command.ts")).storeAddCommand,
  "store copy": async () => (await import("./store-copy-command.ts")).storeCopyCommand,
  "store sign": async () => (await import("./store-sign-command.ts")).storeSignCommand,
  "store serve": async () => (await import("./store-serve-command.ts")).storeServeCommand,
  "key generate-secret": async () => (await import("./key-command.ts")).keyGenerateSecretCommand,
  "key convert-secret-to-public": async () => (await import("./key-command.ts")).keyConvertSecretToPublicCommand,
  "nar unpack": async () => (await import("./nar-unpack-command.ts")).narUnpackCommand,
  "store path-info": async () => (await import("./path-info-command.ts")).pathInfoCommand,
  "path-info": async () => (await import("./path-info-command.ts")).pathInfoCommand,
  "store ls": async () => (await import("./store-object-commands.ts")).storeListCommand,
  "store cat": async () => (await import("./store-object-commands.ts")).storeCatCommand,
  "store dump-path": async () => (await import("./store-object-commands.ts")).storeDumpCommand,
  "store dump": async () => (await import("./store-object-commands.ts")).storeDumpCommand,
  "store verify": async () => (await import("./store-maintenance-commands.ts")).storeVerifyCommand,
  "store gc": async () => (await import("./store-maintenance-commands.ts")).storeGcCommand,
  "store delete": async () => (await import("./store-maintenance-commands.ts")).storeDeleteCommand,
  "store optimise": async () => (await import("./store-maintenance-commands.ts")).storeOptimiseCommand,
  "store why-depends": async () => (await import("./store-graph-commands.ts")).whyDependsCommand,
  "why-depends": async () => (await import("./store-graph-commands.ts")).whyDependsCommand,
  "store diff-closures": async () => (await import("./store-graph-commands.ts")).diffClosuresCommand,
  "store query": async () => (await import("./store-graph-commands.ts")).storeQueryCommand,
  "config show": async () => (await import("./config-show-command.ts")).configShowCommand,
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
