// String contexts: looking at them, adding to them, dropping them.
import { ContextCollector, coerceToString } from "../evaluator/coerce.ts";
import { expectAttrs, expectBool, expectList, expectPlainString, expectString } from "../evaluator/expect.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { requireValid } from "../evaluator/realise.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos } from "../source/position.ts";
import type { StorePath } from "../store/eval-store.ts";
import { isStorePath, parseStorePath } from "../store/store-path.ts";
import { AttrSet } from "../value/attr-set.ts";
import type { BuiltinDefinition } from "../value/function.ts";
import { printAttrName } from "../value/print.ts";
import { type ContextElement, contextOf, StringContext, stringWithContext, textOf } from "../value/string-context.ts";
import type { Lazy, Value } from "../value/value.ts";
import { programFault } from "./program-fault.ts";

export const contextBuiltins: readonly BuiltinDefinition<Interpreter>[] = [
  {
    name: "hasContext",
    parameters: ["s"],
    doc: "Whether the string depends on anything in the store.",
    run: (interpreter, _pos, text: Lazy) => {
      const purpose = "while evaluating the argument passed to builtins.hasContext";
      return !contextOf(expectString(interpreter, text, noPos, purpose)).isEmpty;
    },
  },
  {
    name: "getContext",
    parameters: ["s"],
    doc: "What the string depends on: a set from store paths to sets of `path`, `allOutputs` and `outputs`.",
    run: (interpreter, _pos, text: Lazy) => {
      const purpose = "while evaluating the argument passed to builtins.getContext";
      return describeContext(interpreter, contextOf(expectString(interpreter, text, noPos, purpose)));
    },
  },
  {
    name: "appendContext",
    parameters: ["s", "context"],
    doc: "The string with more context, in the form that `getContext` gives.",
    run: appendContext,
  },
  {
    name: "unsafeDiscardStringContext",
    parameters: ["s"],
    doc: "The same text, depending on nothing.",
    run: (interpreter, _pos, text: Lazy) => coerceArgument(interpreter, text, "unsafeDiscardStringContext").text,
  },
  {
    name: "unsafeDiscardOutputDependency",
    parameters: ["s"],
    doc: "The same text, depending on derivations only as files where it depended on them with all their outputs.",
    run: (interpreter, _pos, argument: Lazy) => {
      const { text, context } = coerceArgument(interpreter, argument, "unsafeDiscardOutputDependency");
      const elements = context.elements.map(
        (element): ContextElement => (element.kind === "drvDeep" ? { kind: "opaque", path: element.drvPath } : element),
      );
      return stringWithContext(text, StringContext.of(elements));
    },
  },
  {
    name: "addDrvOutputDependencies",
    parameters: ["s"],
    doc: "The same text, which has to depend on one derivation, depending on it with all its outputs.",
    run: (interpreter, _pos, argument: Lazy) => {
      const { text, context } = coerceArgument(interpreter, argument, "addDrvOutputDependencies");
      return stringWithContext(text, StringContext.ofOne(deepElement(text, context)));
    },
  },
];

function coerceArgument(interpreter: Interpreter, argument: Lazy, builtin: string) {
  const collector = new ContextCollector();
  const purpose = `while evaluating the argument passed to builtins.${builtin}`;
  const text = coerceToString(interpreter, argument, noPos, collector, purpose);
  return { text, context: collector.context };
}

function deepElement(text: string, { elements }: StringContext): ContextElement {
  const [element] = elements;
  if (element === undefined || elements.length !== 1) {
    throw new NixError("eval", `context of string '${text}' must have exactly one element, but has ${elements.length}`);
  }
  switch (element.kind) {
    case "drvDeep":
      return element;
    case "built":
      throw new NixError(
        "eval",
        "`addDrvOutputDependencies` can only act on derivations, " +
          `not on a derivation output such as '${element.output}'`,
      );
    case "opaque":
      if (element.path.endsWith(".drv")) return { kind: "drvDeep", drvPath: element.path };
      throw new NixError("eval", `path '${element.path}' is not a derivation`);
  }
}

function describeContext(interpreter: Interpreter, context: StringContext): Value {
  const byPath = new Map<StorePath, { path: boolean; allOutputs: boolean; readonly outputs: string[] }>();
  for (const element of context.elements) {
    const path = pathOf(interpreter, element);
    let info = byPath.get(path);
    if (info === undefined) {
      info = { path: false, allOutputs: false, outputs: [] };
      byPath.set(path, info);
    }
    if (element.kind === "opaque") info.path = true;
    else if (element.kind === "drvDeep") info.allOutputs = true;
    else info.outputs.push(element.output);
  }
  for (const path of [...byPath.keys()].sort()) interpreter.symbols.add(path);
  return AttrSet.from(
    [...byPath].map(([path, info]) => {
      const members: [string, Value][] = [];
      if (info.path) members.push(["path", true]);
      if (info.allOutputs) members.push(["allOutputs", true]);
      if (info.outputs.length > 0) members.push(["outputs", info.outputs]);
      return [path, AttrSet.from(members)] as const;
    }),
  );
}

/** The store object that an element is about. Throws NixError for a derivation that has to be built first. */
function pathOf(interpreter: Interpreter, element: ContextElement): StorePath {
  if (element.kind === "opaque") return element.path;
  if (element.kind === "drvDeep" || element.via === undefined) return element.drvPath;
  let path = element.drvPath;
  for (const output of element.via) {
    const drvPath = path;
    path = programFault(() => interpreter.store.readDerivation(drvPath)).outputs.get(output)?.path ?? "";
    if (path === "") throw unbuiltDerivation(interpreter, drvPath, output);
  }
  return path;
}

function unbuiltDerivation({ hasNewMessages }: Interpreter, drvPath: StorePath, output: string): NixError {
  const message = `cannot operate on output '${output}' of the unbuilt derivation '${drvPath}'`;
  const error = new NixError("store", message);
  return hasNewMessages ? error.addTrace(`looking up realisation for derivation '${drvPath}'`, noPos) : error;
}

function appendContext(interpreter: Interpreter, _pos: Pos, textArg: Lazy, contextArg: Lazy): Value {
  const text = expectString(
    interpreter,
    textArg,
    noPos,
    "while evaluating the first argument passed to builtins.appendContext",
  );
  const added = expectAttrs(
    interpreter,
    contextArg,
    noPos,
    "while evaluating the second argument passed to builtins.appendContext",
  );
  const elements: ContextElement[] = [];
  for (const index of added.shape.orderIn(interpreter.symbols)) {
    const key = added.names[index] as string;
    const pos = added.positionAt(index);
    if (!isStorePath(key)) throw new NixError("eval", `context key '${printAttrName(key)}' is not a store path`, pos);
    requireValid(interpreter, parseStorePath(key));
    const purpose = "while evaluating the value of a string context";
    const info = expectAttrs(interpreter, added.values[index] as Lazy, pos, purpose);
    elements.push(...elementsOf(interpreter, key, info, pos));
  }
  return stringWithContext(textOf(text), contextOf(text).union(StringContext.of(elements)));
}

function* elementsOf(interpreter: Interpreter, key: string, info: AttrSet, pos: Pos): Generator<ContextElement> {
  const path = parseStorePath(key);
  const notDerivation = (what: string): NixError =>
    new NixError(
      "eval",
      `tried to add ${what} context of ${printAttrName(key)}, which is not a derivation, to a string`,
      pos,
    );
  const isSet = (name: string): boolean => {
    const value = info.get(name);
    const purpose = `while evaluating the \`${name}\` attribute of a string context`;
    return value !== undefined && expectBool(interpreter, value, info.positionOf(name), purpose);
  };
  if (isSet("path")) yield { kind: "opaque", path };
  if (isSet("allOutputs")) {
    if (!key.endsWith(".drv")) throw notDerivation("all-outputs");
    yield { kind: "drvDeep", drvPath: path };
  }
  const outputs = info.get("outputs");
  if (outputs === undefined) return;
  const outputsPos = info.positionOf("outputs");
  const names = expectList(
    interpreter,
    outputs,
    outputsPos,
    "while evaluating the `outputs` attribute of a string context",
  );
  if (names.length > 0 && !key.endsWith(".drv")) throw notDerivation("derivation output");
  for (const name of names) {
    const purpose = "while evaluating an output name within a string context";
    yield { kind: "built", drvPath: path, output: expectPlainString(interpreter, name, outputsPos, purpose) };
  }
}
