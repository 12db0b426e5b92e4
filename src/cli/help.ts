// The text of `--help`, a byte string made from the tables of commands.ts.
import { bytesFromText } from "../source/bytes.ts";
import type { CommandSpec, OptionSpec } from "./arguments.ts";

const width = 96;
const optionColumn = 34;

/** The help of one command. */
export function commandHelp(command: CommandSpec): string {
  const usage = command.usage.map(
    (line, index) => `${index === 0 ? "Usage:" : "      "} ocinix ${command.name} ${line}`,
  );
  const blocks = [usage.join("\n"), `${command.summary}.`, ...command.description.map((text) => wrap(text, 0))];
  for (const { title, options } of command.groups) {
    const lines = Object.values(options).flatMap(optionLines);
    if (lines.length > 0) blocks.push(`${title}:\n${lines.join("\n")}`);
  }
  blocks.push(`Examples:\n${command.examples.map(([line, meaning]) => `  ${line}\n      ${meaning}`).join("\n")}`);
  return bytesFromText(`${blocks.join("\n\n")}\n`);
}

/** The help of ocinix itself. */
export function overviewHelp(commands: readonly CommandSpec[]): string {
  const [main, utilities] = [false, true].map((isUtility) =>
    commands.filter((command) => (command.isUtility === true) === isUtility && !command.isOld),
  );
  return [
    "Usage: ocinix COMMAND [OPTION]...",
    "Turns Nix container expressions into OCI bundles, without Nix.",
    `Commands:\n${summaries(main!, 14)}`,
    `Commands as those of Nix:\n${summaries(utilities!, 18)}`,
    "'ocinix COMMAND --help' explains a command; 'ocinix --version' prints the version.\n",
  ].join("\n\n");
}

/** The help of commands whose first word is the same. */
export function familyHelp(name: string, commands: readonly CommandSpec[]): string {
  const members = commands.filter((command) => command.name.startsWith(`${name} `));
  return [
    `Usage: ocinix ${name} COMMAND [OPTION]...`,
    `Commands:\n${summaries(members, 18)}`,
    `'ocinix ${name} COMMAND --help' explains a command.\n`,
  ].join("\n\n");
}

function summaries(commands: readonly CommandSpec[], least: number): string {
  const width = Math.max(least, ...commands.map(({ name }) => name.length + 2));
  return commands.map((command) => `  ${command.name.padEnd(width)}${command.summary}`).join("\n");
}

function optionLines(option: OptionSpec): string[] {
  if (option.summary === undefined) return [];
  const long = option.names.find((name) => name.startsWith("--"))!;
  const short = option.names.find((name) => !name.startsWith("--"));
  const spelled = short === undefined ? `    ${long}` : `${short}, ${long}`;
  const left = `  ${[spelled, ...(option.values ?? [])].join(" ")}`;
  const right = wrap(option.summary, optionColumn).split("\n");
  if (left.length + 2 > optionColumn) return [left, ...right];
  return [left.padEnd(optionColumn) + right[0]!.trimStart(), ...right.slice(1)];
}

/** Fills lines up to the width, each after a margin. */
function wrap(text: string, margin: number): string {
  const indent = " ".repeat(margin);
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(" ")) {
    if (line !== indent && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent;
    }
    line += line === indent ? word : ` ${word}`;
  }
  return [...lines, line].join("\n");
}
