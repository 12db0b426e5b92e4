// What the command line asks to evaluate, before anything is evaluated: sources, attribute paths, arguments.
import type { ParsedArguments } from "./arguments.ts";
import { UsageError } from "./usage-error.ts";

/** One thing to evaluate; texts are byte strings. */
export type EntrySource =
  /** Nothing is left of it when an argument reads it, too. */
  | { readonly kind: "stdin"; readonly isRead: boolean }
  | { readonly kind: "expr"; readonly text: string }
  /** A path as it was typed: relative, a folder, or `<name>`. */
  | { readonly kind: "file"; readonly path: string };

/** An argument for functions on the way to the value. */
export type EntryArgument =
  | { readonly kind: "expr"; readonly text: string }
  | { readonly kind: "string"; readonly text: string }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "stdin" };

export interface EntryRequest {
  readonly sources: readonly EntrySource[];
  /** Never empty: without `-A` it is the value itself, the empty path. */
  readonly attrPaths: readonly string[];
  /** By name; of several with the same name, the last. */
  readonly args: ReadonlyMap<string, EntryArgument>;
  /** Whether the entry may use the names of `pkgs`. */
  readonly prelude: boolean;
}

/** What to evaluate. `-` is standard input wherever it stands, and comes first, as in nix-instantiate. */
export function entryRequest(parsed: ParsedArguments): EntryRequest {
  const operands = parsed.operands.filter((word) => word !== "-");
  const isRead = parsed.has("argFromStdin");
  const stdin: EntrySource[] = operands.length < parsed.operands.length ? [{ kind: "stdin", isRead }] : [];
  const words = operands.length + stdin.length === 0 && !parsed.has("expr") ? ["./default.nix"] : operands;
  const rest = words.map((word): EntrySource => {
    return parsed.has("expr") ? { kind: "expr", text: word } : { kind: "file", path: word };
  });
  const attrPaths = parsed.occurrences("attr").map(([path = ""]) => path);
  return {
    sources: [...stdin, ...rest],
    attrPaths: attrPaths.length === 0 ? [""] : attrPaths,
    args: entryArguments(parsed),
    prelude: !parsed.has("noPrelude"),
  };
}

/** The same for a command that works on one value. Throws UsageError when there are several. */
export function singleEntryRequest(parsed: ParsedArguments): EntryRequest & { readonly source: EntrySource } {
  const request = entryRequest(parsed);
  const [source, another] = request.sources;
  if (source === undefined) throw new UsageError("flag '-E' needs an expression");
  if (another !== undefined) throw new UsageError("only one file or expression can be given");
  if (request.attrPaths.length > 1) throw new UsageError("flag '-A' can be given only once");
  return { ...request, source };
}

function entryArguments(parsed: ParsedArguments): ReadonlyMap<string, EntryArgument> {
  const args = new Map<string, EntryArgument>();
  for (const [name = "", text = ""] of parsed.occurrences("arg")) args.set(name, { kind: "expr", text });
  for (const [name = "", text = ""] of parsed.occurrences("argstr")) args.set(name, { kind: "string", text });
  for (const [name = "", path = ""] of parsed.occurrences("argFromFile")) args.set(name, { kind: "file", path });
  for (const [name = ""] of parsed.occurrences("argFromStdin")) args.set(name, { kind: "stdin" });
  return args;
}
