// Evaluating other files: `import`, also of derivations, `scopedImport`, and the search path.
import { ContextCollector, coerceToString } from "../evaluator/coerce.ts";
import { expectAttr, expectAttrs, expectList, expectPlainString } from "../evaluator/expect.ts";
import { importFile, importWithScope } from "../evaluator/import.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { InvalidPathError, realiseContext, realisePath } from "../evaluator/realise.ts";
import { findFile } from "../evaluator/search-path.ts";
import { type SearchPathEntry, shownSearchPath } from "../evaluator/settings.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos } from "../source/position.ts";
import { isStorePath } from "../store/store-path.ts";
import type { BuiltinDefinition } from "../value/function.ts";
import type { Lazy, NixPath, Value } from "../value/value.ts";
import { importDerivation } from "./imported-derivation.ts";

export const importBuiltins: readonly BuiltinDefinition<Interpreter>[] = [
  {
    name: "import",
    parameters: ["path"],
    doc: "The value of a Nix file, or of the default.nix in a folder; every file is evaluated once.",
    global: true,
    run: (interpreter, _pos, argument: Lazy) => {
      const path = realisePath(interpreter, argument);
      return isDerivationFile(interpreter, path)
        ? importDerivation(interpreter, path.path)
        : importFile(interpreter, path, noPos);
    },
  },
  {
    name: "scopedImport",
    parameters: ["scope", "path"],
    doc: "The value of a Nix file in which the attributes of a set are variables. Nothing is remembered.",
    global: true,
    run: (interpreter, _pos, scopeArg: Lazy, pathArg: Lazy) => {
      const path = realisePath(interpreter, pathArg);
      if (isDerivationFile(interpreter, path)) return importDerivation(interpreter, path.path);
      const purpose = "while evaluating the first argument passed to builtins.scopedImport";
      return importWithScope(interpreter, expectAttrs(interpreter, scopeArg, noPos, purpose), path, noPos);
    },
  },
  {
    name: "findFile",
    parameters: ["search-path", "lookup-path"],
    doc: "Looks a name up in a list of sets of `path` and `prefix`, as `<name>` does in `builtins.nixPath`.",
    run: find,
  },
];

function isDerivationFile(interpreter: Interpreter, { path, internal }: NixPath): boolean {
  return !internal && path.endsWith(".drv") && isStorePath(path) && interpreter.store.has(path);
}

function find(interpreter: Interpreter, _pos: Pos, listArg: Lazy, nameArg: Lazy): Value {
  const list = expectList(
    interpreter,
    listArg,
    noPos,
    "while evaluating the first argument passed to builtins.findFile",
  );
  const entries = list.map((item) => searchPathEntry(interpreter, item));
  const name = expectPlainString(
    interpreter,
    nameArg,
    noPos,
    "while evaluating the second argument passed to builtins.findFile",
  );
  return findFile(interpreter, withHiddenEntries(interpreter, entries), name, noPos);
}

/** The entries, with those that ocinix brings where it is `builtins.nixPath`. */
function withHiddenEntries({ settings }: Interpreter, entries: readonly SearchPathEntry[]): readonly SearchPathEntry[] {
  const shown = shownSearchPath(settings);
  const isSame = ({ prefix, path }: SearchPathEntry, index: number): boolean =>
    prefix === entries[index]?.prefix && path === entries[index].path;
  return shown.length === entries.length && shown.every(isSame) ? settings.nixPath : entries;
}

function searchPathEntry(interpreter: Interpreter, item: Lazy): SearchPathEntry {
  const entry = expectAttrs(
    interpreter,
    item,
    noPos,
    "while evaluating an element of the list passed to builtins.findFile",
  );
  const attribute = (name: string): string =>
    `while evaluating the \`${name}\` attribute of an element of the list passed to builtins.findFile`;
  const prefixArg = entry.get("prefix");
  const prefix = prefixArg === undefined ? "" : expectPlainString(interpreter, prefixArg, noPos, attribute("prefix"));
  const pathArg = expectAttr(entry, "path", "in an element of the __nixPath");
  const collector = new ContextCollector();
  const path = coerceToString(interpreter, pathArg, noPos, collector, attribute("path"), { copyToStore: false });
  try {
    realiseContext(interpreter, collector.context);
  } catch (error) {
    if (!(error instanceof InvalidPathError)) throw error;
    throw new NixError("eval", `cannot find '${path}', since path '${error.baseName}' is not valid`);
  }
  return { prefix, path };
}
