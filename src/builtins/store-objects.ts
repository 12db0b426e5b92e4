// Putting texts, files and filtered folders into the store.
import { applyTwo } from "../evaluator/call.ts";
import { ContextCollector, coerceToPath } from "../evaluator/coerce.ts";
import { sourceName, sourceTree } from "../evaluator/copied-path.ts";
import {
  addFrame,
  expectAttrs,
  expectBool,
  expectFunction,
  expectPlainString,
  expectString,
} from "../evaluator/expect.ts";
import { fileFault, readFile, resolvePath, statOf } from "../evaluator/file-access.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { realiseContext, referencesOf, requireValid } from "../evaluator/realise.ts";
import { writeWarning } from "../evaluator/warning.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos } from "../source/position.ts";
import type { StorePath } from "../store/eval-store.ts";
import { type FileTree, fileOf } from "../store/file-tree.ts";
import { emptyHash, formatHash, type Hash, type HashAlgorithm } from "../store/hash.ts";
import type { PathFilter } from "../store/host-tree.ts";
import { hashPlaceholder, isInStore, isStorePath, toStorePath } from "../store/store-path.ts";
import type { BuiltinDefinition } from "../value/function.ts";
import { printAttrName, showPath } from "../value/print.ts";
import { ContextString, contextOf, StringContext, textOf } from "../value/string-context.ts";
import type { Lazy, NixPath, Value } from "../value/value.ts";
import { contextKey } from "./context-key.ts";
import { hashNamed } from "./hashes.ts";
import { programFault } from "./program-fault.ts";

export const storeObjectBuiltins: readonly BuiltinDefinition<Interpreter>[] = [
  {
    name: "toFile",
    parameters: ["name", "s"],
    doc: "Puts a text into the store and gives the path; what its context refers to become its references.",
    run: toFile,
  },
  {
    name: "path",
    parameters: ["args"],
    doc: "Puts a file or folder into the store: `path`, and optionally `name`, `filter`, `recursive` and `sha256`.",
    run: path,
  },
  {
    name: "filterSource",
    parameters: ["e1", "e2"],
    doc: "Puts a folder into the store without the entries that the function `path: type: …` rejects.",
    run: filterSource,
  },
  {
    name: "storePath",
    parameters: ["path"],
    doc: "A path below the store folder as a string that depends on its store object.",
    run: storePath,
  },
  {
    name: "placeholder",
    parameters: ["output"],
    doc: "A text that stands for the path of the named output inside the derivation that makes it.",
    global: true,
    run: (interpreter, _pos, output: Lazy) => {
      const purpose = "while evaluating the first argument passed to builtins.placeholder";
      return hashPlaceholder(expectPlainString(interpreter, output, noPos, purpose));
    },
  },
];

/** The string of a store path, which depends on it. The program may read it from now on. */
export function storePathString(interpreter: Interpreter, path: StorePath): Value {
  interpreter.access?.allow(path);
  return new ContextString(path, StringContext.ofOne({ kind: "opaque", path }));
}

/** Reads a hash; an empty text counts as zeros, with a warning. Throws NixError. */
export function parseHashOrEmpty(interpreter: Interpreter, text: string, algorithm: HashAlgorithm | undefined): Hash {
  if (text !== "") return hashNamed(interpreter, text, algorithm);
  if (algorithm === undefined) throw new NixError("eval", "empty hash requires explicit hash algorithm");
  const hash = emptyHash(algorithm);
  writeWarning(interpreter, `found empty hash, assuming '${formatHash(hash, "sri")}'`);
  return hash;
}

function toFile(interpreter: Interpreter, _pos: number, nameArg: Lazy, textArg: Lazy): Value {
  const name = expectPlainString(
    interpreter,
    nameArg,
    noPos,
    "while evaluating the first argument passed to builtins.toFile",
  );
  const text = expectString(
    interpreter,
    textArg,
    noPos,
    "while evaluating the second argument passed to builtins.toFile",
  );
  const references = contextOf(text).elements.map((element) => {
    if (element.kind === "opaque") return element.path;
    throw new NixError(
      "eval",
      `files created by builtins.toFile may not reference derivations, but ${name} references ${contextKey(element)}`,
    );
  });
  const tree = fileOf(Buffer.from(textOf(text), "latin1"));
  const { store, isReadOnly } = interpreter;
  const path = programFault(() => store.add({ name, tree, method: "text", algorithm: "sha256", references }));
  // Where it is written, a derivation has to be one.
  if (!isReadOnly && name.endsWith(".drv") && programFault(() => store.readDerivation(path)).outputs.size === 0) {
    throw new NixError("eval", "must have at least one output");
  }
  return storePathString(interpreter, path);
}

function filterSource(interpreter: Interpreter, _pos: number, filterArg: Lazy, pathArg: Lazy): Value {
  const collector = new ContextCollector();
  const purpose = "while evaluating the second argument (the path to filter) passed to 'builtins.filterSource'";
  const source = coerceToPath(interpreter, pathArg, noPos, collector, purpose);
  const filter = expectFunction(
    interpreter,
    filterArg,
    noPos,
    "while evaluating the first argument passed to builtins.filterSource",
  );
  return addPath(interpreter, { source, context: collector.context, name: sourceName(source), filter, method: "nar" });
}

function path(interpreter: Interpreter, _pos: number, argument: Lazy): Value {
  const args = expectAttrs(interpreter, argument, noPos, "while evaluating the argument passed to 'builtins.path'");
  const collector = new ContextCollector();
  let source: NixPath | undefined;
  let name = "";
  let filter: Value | undefined;
  let method: "nar" | "flat" = "nar";
  let expected: Hash | undefined;
  for (const index of args.shape.orderIn(interpreter.symbols)) {
    const key = args.names[index] as string;
    const value = args.values[index] as Lazy;
    const pos = args.positionAt(index);
    switch (key) {
      case "path": {
        const purpose = "while evaluating the 'path' attribute passed to 'builtins.path'";
        source = coerceToPath(interpreter, value, pos, collector, purpose);
        break;
      }
      case "name": {
        const purpose = "while evaluating the `name` attribute passed to builtins.path";
        name = expectPlainString(interpreter, value, pos, purpose);
        break;
      }
      case "filter": {
        const purpose = "while evaluating the `filter` parameter passed to builtins.path";
        filter = expectFunction(interpreter, value, pos, purpose);
        break;
      }
      case "recursive": {
        const purpose = "while evaluating the `recursive` attribute passed to builtins.path";
        method = expectBool(interpreter, value, pos, purpose) ? "nar" : "flat";
        break;
      }
      case "sha256": {
        const purpose = "while evaluating the `sha256` attribute passed to builtins.path";
        expected = parseHashOrEmpty(interpreter, expectPlainString(interpreter, value, pos, purpose), "sha256");
        break;
      }
      default:
        throw new NixError("eval", `unsupported argument '${printAttrName(key)}' to 'builtins.path'`, pos);
    }
  }
  if (source === undefined) {
    throw new NixError("eval", "missing required 'path' attribute in the first argument to 'builtins.path'");
  }
  if (name === "") name = sourceName(source);
  return addPath(interpreter, { source, context: collector.context, name, filter, method, expected });
}

interface AddedPath {
  readonly source: NixPath;
  readonly context: StringContext;
  readonly name: string;
  readonly filter: Value | undefined;
  readonly method: "nar" | "flat";
  /** What the hash has to be. */
  readonly expected?: Hash | undefined;
}

function addPath(interpreter: Interpreter, added: AddedPath): Value {
  const { source } = added;
  try {
    return storePathString(interpreter, addToStore(interpreter, added));
  } catch (error) {
    throw addFrame(fileFault(error, interpreter), `while adding path '${showPath(source)}'`, noPos);
  }
}

function addToStore(interpreter: Interpreter, added: AddedPath): StorePath {
  const { source, context, name, method, expected } = added;
  const { store } = interpreter;
  let references: readonly StorePath[] = [];
  if (!context.isEmpty && !source.internal && isInStore(source.path)) {
    realiseContext(interpreter, context);
    references = referencesOf(interpreter, toStorePath(source.path).path);
  }
  let expectedPath: StorePath | undefined;
  if (expected !== undefined) {
    expectedPath = store.pathFor(name, method, expected.algorithm, formatHash(expected, "base16"), references);
    if (store.has(expectedPath)) return expectedPath;
  }
  const path = store.add({
    name,
    tree: treeOf(interpreter, added),
    method,
    algorithm: "sha256",
    ...(references.length > 0 && { references }),
  });
  if (expectedPath !== undefined && expectedPath !== path) {
    throw new NixError("eval", `store path mismatch in (possibly filtered) path added from '${showPath(source)}'`);
  }
  return path;
}

function treeOf(interpreter: Interpreter, { source, filter, method }: AddedPath): FileTree {
  const resolved = resolvePath(interpreter, source);
  if (method === "flat") {
    const stat = statOf(interpreter, resolved);
    // Of devices nothing is read, and the others fail.
    if (stat.type !== "regular") return fileOf(readFile(interpreter, resolved));
  }
  return sourceTree(interpreter, resolved, filter === undefined ? undefined : filterOf(interpreter, filter));
}

function filterOf(interpreter: Interpreter, filter: Value): PathFilter {
  return (place, type) => {
    const keep = applyTwo(interpreter, filter, place, type, noPos);
    return expectBool(interpreter, keep, noPos, "while evaluating the return value of the path filter function");
  };
}

function storePath(interpreter: Interpreter, _pos: number, argument: Lazy): Value {
  if (interpreter.settings.pureEval) {
    throw new NixError("eval", "'builtins.storePath' is not allowed in pure evaluation mode");
  }
  const collector = new ContextCollector();
  const purpose = "while evaluating the first argument passed to 'builtins.storePath'";
  let source = coerceToPath(interpreter, argument, noPos, collector, purpose);
  // A symlink that is itself a store object stays.
  if (!isStorePath(source.path)) source = programFault(() => resolvePath(interpreter, source), interpreter);
  if (!isInStore(source.path)) throw new NixError("eval", `path '${source.path}' is not in the Nix store`);
  const object = programFault(() => toStorePath(source.path)).path;
  requireValid(interpreter, object);
  collector.addPath(object);
  return new ContextString(source.path, collector.context);
}
