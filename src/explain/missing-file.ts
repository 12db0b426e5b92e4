// Files that are not there: what is there instead.
import { dirName } from "../evaluator/path.ts";
import type { ReadableFiles } from "../host/host.ts";
import { resolvePath } from "../parser/path-literal.ts";
import type { Explanation, Suggestion } from "./diagnostic.ts";
import { type ErrorCase, label, type Placed } from "./error-case.ts";
import { listed, nearNames, oneOf } from "./near-names.ts";
import { suggestReplacing } from "./rewriting.ts";
import type { ExpressionNode } from "./syntax-node.ts";
import { allNodes } from "./syntax-search.ts";

export function explainMissingFile(error: ErrorCase): Explanation | undefined {
  const path = /^(?:path|opening file|reading file) '(\/.*?)'(?: does not exist$|: )/s.exec(error.message)?.[1];
  if (path === undefined) return undefined;
  const literal = literalOf(error, path);
  const around = error.positions.find((pos) => error.isUsers(pos));
  const { notes, suggestions } = neighbours(error, path, literal);
  const primary =
    literal !== undefined
      ? label(literal, "this is not there")
      : around === undefined
        ? undefined
        : error.labelAt(around, "this needs the file");
  return { primary, notes, suggestions };
}

/** The path in the program that led there. */
function literalOf(error: ErrorCase, path: string): Placed<ExpressionNode> | undefined {
  for (const pos of error.positions) {
    const found = error.expressionAt(pos);
    if (found === undefined || !error.isUsers(pos)) continue;
    const folder =
      found.source.origin.kind === "file" ? dirName(found.source.origin.path) : error.interpreter.host.workingDir;
    for (const node of allNodes(found.node)) {
      if (node.kind !== "path" || node.interpolations.length > 0) continue;
      const meant = resolvePath(found.source.text.slice(node.start, node.end), folder);
      if (meant === path || `${meant}/default.nix` === path) return { source: found.source, node };
    }
  }
  return undefined;
}

function neighbours(
  error: ErrorCase,
  path: string,
  literal: Placed<ExpressionNode> | undefined,
): { readonly notes: string[]; readonly suggestions: Suggestion[] } {
  const { files } = error.interpreter;
  const folder = dirName(path);
  const name = path.slice(path.lastIndexOf("/") + 1);
  const entries = namesIn(files, folder);
  if (entries === undefined) {
    const missing = firstMissing(files, path);
    const near = nearNames(namesIn(files, dirName(missing)) ?? [], missing.slice(missing.lastIndexOf("/") + 1));
    return {
      notes: [`there is no folder '${missing}'`],
      suggestions: near.length === 0 ? [] : [{ text: `did you mean ${oneOf(near)}?` }],
    };
  }
  if (name === "default.nix") {
    const nix = entries.filter((entry) => entry.endsWith(".nix"));
    return {
      notes: [`'${folder}' is a folder, for which its 'default.nix' is taken, and it has none`],
      suggestions: nix.length === 0 ? [] : [{ text: `it has: ${listed(nix)}` }],
    };
  }
  const near = [...new Set([...entries.filter((entry) => entry === `${name}.nix`), ...nearNames(entries, name)])];
  const [best] = near;
  if (best === undefined) {
    return {
      notes: [entries.length === 0 ? `'${folder}' is empty` : `'${folder}' has: ${listed(entries)}`],
      suggestions: [],
    };
  }
  const text = `did you mean ${oneOf(near)}?`;
  if (literal === undefined) return { notes: [], suggestions: [{ text }] };
  const written = literal.source.text.slice(literal.node.start, literal.node.end);
  const replacement = `${written.slice(0, written.lastIndexOf("/") + 1)}${best}`;
  return {
    notes: [],
    suggestions: [/^[\w./+-]+$/.test(best) ? suggestReplacing(literal, replacement, text) : { text }],
  };
}

function namesIn(files: ReadableFiles, folder: string): readonly string[] | undefined {
  try {
    return files.readDir(folder).map(({ name }) => name);
  } catch {
    return undefined;
  }
}

/** The outermost folder of a path that does not exist. */
function firstMissing(files: ReadableFiles, path: string): string {
  let missing = path;
  while (missing.lastIndexOf("/") > 0 && namesIn(files, dirName(missing)) === undefined) missing = dirName(missing);
  return missing;
}

/** `<name>` that is not in the search path. */
export function explainSearchPath(error: ErrorCase): Explanation | undefined {
  const name =
    /^file '(.*)' was not found in the Nix search path/s.exec(error.message)?.[1] ??
    /^cannot look up '<(.*)>'/s.exec(error.message)?.[1];
  if (name === undefined) return undefined;
  const { nixPath, pureEval } = error.interpreter.settings;
  const primary = error.labelAt(
    error.positions.find((pos) => error.isUsers(pos)) ?? error.innermostPos,
    "not in the search path",
  );
  if (pureEval)
    return { primary, suggestions: [{ text: "use a path such as ./file, which does not depend on the machine" }] };
  const prefixes = nixPath.map(({ prefix }) => prefix).filter((prefix) => prefix !== "");
  const [first = ""] = name.split("/");
  const near = nearNames(prefixes, first);
  const suggestions: Suggestion[] = [
    ...(near.length === 0
      ? []
      : [{ text: `did you mean ${oneOf(near.map((prefix) => `<${prefix}${name.slice(first.length)}>`))}?` }]),
    { text: `say where it is: \`-I ${first}=PATH\`, or NIX_PATH=${first}=PATH` },
  ];
  const entries = nixPath.map(({ prefix, path }) => (prefix === "" ? path : `${prefix}=${path}`));
  return { primary, notes: [`the search path is: ${listed(entries, 6)}`], suggestions };
}
