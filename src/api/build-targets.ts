// What of a value is to be built: derivations, strings and paths that stand for store objects, and lists and sets of
// these. What has to be done for one of them is in the context of its `outPath`.
import { type AutoArguments, autoCall } from "../evaluator/auto-call.ts";
import { determinePos } from "../evaluator/call.ts";
import { ContextCollector, coerceToString } from "../evaluator/coerce.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos } from "../source/position.ts";
import type { StorePath } from "../store/eval-store.ts";
import { isInStore, toStorePath } from "../store/store-path.ts";
import { AttrSet } from "../value/attr-set.ts";
import { isDerivation, printAttrName } from "../value/print.ts";
import { ContextString, type StringContext } from "../value/string-context.ts";
import { force } from "../value/thunk.ts";
import { isListValue, type Lazy, NixPath, type Value } from "../value/value.ts";
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
  /** The derivation, string or path itself. */
  readonly value: Value;
}

/** The targets in a value; functions on the way are called. Throws NixError for a value that has nothing to build. */
export function buildTargets(interpreter: Interpreter, value: Lazy, args: AutoArguments): BuildTarget[] {
  const root = autoCall(interpreter, value, args);
  if (!isBuildable(root)) {
    const wanted = "a derivation, a list or set of derivations, a store path";
    const message = `there is nothing to build: expected ${wanted}, but found ${interpreter.describe(root)}`;
    throw new NixError("type", message, determinePos(root));
  }
  const isCollection = isListValue(root) || (root instanceof AttrSet && !root.has("outPath"));
  if (!isCollection) return [targetOf(interpreter, root, "")];
  const found = findDerivations(interpreter, root, args).map(({ attrPath, set }) =>
    targetOf(interpreter, set, attrPath),
  );
  if (found.length > 0) return found;
  const what = isListValue(root) ? "list" : "set";
  const paths = derivationPaths(interpreter, root, "", 3);
  const hint = paths.length === 0 ? "" : `; pick an attribute with -A, such as ${paths.slice(0, 3).join(" or ")}`;
  throw new NixError("type", `there is nothing to build: the value is a ${what} without derivations${hint}`);
}

function isBuildable(value: Value): boolean {
  return (
    typeof value === "string" ||
    value instanceof ContextString ||
    value instanceof NixPath ||
    value instanceof AttrSet ||
    isListValue(value)
  );
}

/** Where derivations are in sets that were not searched; what fails to evaluate has none. */
function derivationPaths(interpreter: Interpreter, value: Lazy, prefix: string, depth: number): string[] {
  const depthBefore = interpreter.callDepth;
  try {
    const set = force(value);
    if (!(set instanceof AttrSet)) return [];
    if (isDerivation(set)) return [prefix];
    if (depth === 0) return [];
    return set.names.flatMap((name, index) => {
      const path = prefix === "" ? printAttrName(name) : `${prefix}.${printAttrName(name)}`;
      return derivationPaths(interpreter, set.values[index] as Lazy, path, depth - 1);
    });
  } catch (error) {
    if (!(error instanceof NixError)) throw error;
    interpreter.callDepth = depthBefore;
    return [];
  }
}

/** Throws NixError when there are several. */
export function onlyTarget(targets: readonly BuildTarget[]): BuildTarget {
  const [target, another] = targets;
  if (target !== undefined && another === undefined) return target;
  const paths = targets.map(({ attrPath }) => attrPath).join(", ");
  throw new NixError(
    "type",
    `there are ${targets.length} things to build, and one is wanted; pick one of them: ${paths}`,
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
    if (made === path) return { attrPath, path, derivation: { drvPath, output }, context, value };
  }
  return { attrPath, path, derivation: undefined, context, value };
}
