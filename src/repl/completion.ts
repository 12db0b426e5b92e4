// What Tab offers: commands, variables, attributes of what a chain of names means, files, and `<names>` of the search path.
import type { Evaluation } from "../api/evaluation.ts";
import { FileError } from "../host/host.ts";
import { NixError } from "../source/nix-error.ts";
import { AttrSet } from "../value/attr-set.ts";
import { printAttrName } from "../value/print.ts";
import { replCommands } from "./commands.ts";
import { IncompleteInput } from "./input.ts";
import type { ReplSession } from "./session.ts";

/** Byte strings. */
export interface Completions {
  /** The end of the line that a completion takes the place of. */
  readonly typed: string;
  /** What it could be, sorted. */
  readonly candidates: readonly string[];
}

const name = String.raw`[A-Za-z_][\w'-]*`;
const quoted = String.raw`"(?:[^"\\]|\\.)*"`;
const attribute = new RegExp(String.raw`(?<![\w'."-])(${name}(?:\.(?:${name}|${quoted}))*)\.("?[\w'-]*)$`);
const variable = new RegExp(String.raw`(?<![\w'".-])${name}$`);
const searched = /<([\w.+-]*(?:\/[\w.+-]*)*)$/;
const file = /(?<![\w/.+~-])(?:~|\.{1,2})?(?:[\w.+-]+)?\/[^\s"'()[\]{};,=<>]*$/;

/**
 * Completes a line up to the cursor. Evaluates what a chain of names means; an error on the way, or a value that is no
 * set, gives no completions.
 */
export function complete(session: ReplSession, line: string): Completions {
  const command = /^\s*(:\S*)$/.exec(line)?.[1];
  if (command !== undefined) {
    return sorted(
      command,
      replCommands.flatMap(({ names }) => names),
    );
  }
  const argument = /^\s*:(?:l|load|lf|load-flake)\s+(?!<)(\S*)$/.exec(line)?.[1];
  const { evaluation, scope } = session;
  if (argument !== undefined) return sorted(argument, filesFor(evaluation, argument));
  const [found, inPath] = searched.exec(line) ?? [];
  if (found !== undefined)
    return sorted(
      found,
      namesInSearchPath(evaluation, inPath!).map((entry) => `<${entry}`),
    );
  const path = file.exec(line)?.[0];
  if (path !== undefined && !path.startsWith("//")) return sorted(path, filesFor(evaluation, path));
  const [chain, owner, prefix] = attribute.exec(line) ?? [];
  if (chain !== undefined) {
    const names = attributesOf(session, owner!).map(printAttrName);
    const isOpen = prefix!.startsWith('"');
    return sorted(
      chain,
      names.filter((attr) => isOpen === attr.startsWith('"') || prefix === "").map((attr) => `${owner}.${attr}`),
    );
  }
  const start = variable.exec(line)?.[0];
  if (start === undefined) return { typed: "", candidates: [] };
  return sorted(start, attempt(() => evaluation.run(() => [...scope.names()])) ?? []);
}

function sorted(typed: string, candidates: readonly string[]): Completions {
  return { typed, candidates: candidates.filter((candidate) => candidate.startsWith(typed)).sort() };
}

function attributesOf(session: ReplSession, text: string): readonly string[] {
  const value = attempt(() => session.evaluate(text));
  return value instanceof AttrSet ? value.names : [];
}

/** Undefined for what cannot be evaluated or read. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (error instanceof NixError || error instanceof IncompleteInput || error instanceof FileError) return undefined;
    throw error;
  }
}

/** Files that begin with what was typed, spelled as that is; folders with a slash behind. */
function filesFor({ host }: Evaluation, typed: string): string[] {
  const slash = typed.lastIndexOf("/") + 1;
  const folder = typed.slice(0, slash);
  const absolute = folder.startsWith("~/")
    ? `${host.env("HOME") ?? ""}/${folder.slice(2)}`
    : folder.startsWith("/")
      ? folder
      : `${host.workingDir}/${folder}`;
  return entriesOf({ host }, absolute)
    .filter((entry) => !entry.startsWith(".") || typed[slash] === ".")
    .map((entry) => folder + entry);
}

function entriesOf({ host: { files } }: Pick<Evaluation, "host">, folder: string): string[] {
  const entries = attempt(() => files.readDir(folder)) ?? [];
  return entries.map(({ name }) =>
    attempt(() => files.stat(`${folder}/${name}`))?.type === "directory" ? `${name}/` : name,
  );
}

/** Names of the search path, and files below them, that `<` and what was typed may go on to. */
function namesInSearchPath(evaluation: Evaluation, typed: string): string[] {
  const { nixPath } = evaluation.interpreter.settings;
  const { host } = evaluation;
  const slash = typed.lastIndexOf("/") + 1;
  const folder = typed.slice(0, slash);
  const names = nixPath.flatMap(({ prefix, path }) => {
    const root = path.startsWith("/") ? path : `${host.workingDir}/${path}`;
    if (prefix === "") return entriesOf(evaluation, `${root}/${folder}`).map((entry) => folder + entry);
    if (folder.startsWith(`${prefix}/`)) {
      return entriesOf(evaluation, root + folder.slice(prefix.length)).map((entry) => folder + entry);
    }
    return folder === "" ? [prefix] : [];
  });
  return [...new Set(names)].filter((entry) => !/[^\w.+/-]/.test(entry));
}
