// What of a value is to be built: derivations, strings and paths that stand for store objects, and lists and sets of
// these. What has to be done for one of them is in the context of its `outPath`.
import { type AutoArguments, autoCall } from "../evaluator/auto-call.ts";
import { ContextCollector, coerceToString } from "../evaluator/coerce.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos } from "../source/position.ts";
import type { StorePath } from "../store/eval-store.ts";
import { isInStore, toStorePath } from "../store/store-path.ts";
import { AttrSet } from "../value/attr-set.ts";
import type { StringContext } from "../value/string-context.ts";
import { isListValue, type Lazy, type Value } from "../value/value.ts";
import { findDerivations } from "./derivations.ts";

/** One thing to build. */
export interface BuildTarget {
  /** Where it was found, such as `web.container` or `0`; empty for the value itself. */
  readonly attrPath: string;
  /** The store object that is wanted in the end. */
  readonly path: StorePath;
  /** The derivation and the output of it that make the object; undefined for one that needs no build. */
  readonly derivation: { readonly drvPath: StorePath; readonly output: string } | undefined;
  /** Everything that has to be there for it. */
  readonly context: StringContext;
}

/** The targets in a value; functions on the way are called. Throws NixError for a value that has nothing to build. */
export function buildTargets(interpreter: Interpreter, value: Lazy, args: AutoArguments): BuildTarget[] {
  const root = autoCall(interpreter, value, args);
  const isCollection = isListValue(root) || (root instanceof AttrSet && !root.has("outPath"));
  if (!isCollection) return [targetOf(interpreter, root, "")];
  const found = findDerivations(interpreter, root, args).map(({ attrPath, set }) =>
    targetOf(interpreter, set, attrPath),
  );
  if (found.length > 0) return found;
  throw new NixError(
    "type",
    `there is nothing to build: the value is a ${isListValue(root) ? "list" : "set"} without derivations`,
  );
}

function targetOf(interpreter: Interpreter, value: Value, attrPath: string): BuildTarget {
  const collector = new ContextCollector();
  const purpose = "while evaluating what to build";
  const outPath = value instanceof AttrSet ? value.get("outPath") : undefined;
  const text = coerceToString(interpreter, outPath ?? value, noPos, collector, purpose);
  const { context } = collector;
  if (!isInStore(text)) {
    throw new NixError("type", `there is nothing to build: ${interpreter.describe(value)} is not in the store`);
  }
  const { path } = toStorePath(text);
  for (const element of context.elements) {
    if (element.kind !== "built") continue;
    const { drvPath, output } = element;
    const made = interpreter.store.outputPaths(interpreter.store.readDerivation(drvPath)).get(output);
    if (made === path) return { attrPath, path, derivation: { drvPath, output }, context };
  }
  return { attrPath, path, derivation: undefined, context };
}
