// The text of `--help`, made from the tables of commands.ts.
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
  return `${blocks.join("\n\n")}\n`;
}

/** The help of ocinix itself. */
export function overviewHelp(commands: readonly CommandSpec[]): string {
  const names = commands.map((command) => `  ${command.name.padEnd(14)}${command.summary}`);
  return [
    "Usage: ocinix COMMAND [OPTION]...",
    "Turns Nix container expressions into OCI bundles, without Nix.",
    `Commands:\n${names.join("\n")}`,
    "'ocinix COMMAND --help' explains a command; 'ocinix --version' prints the version.\n",
  ].join("\n\n");
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
