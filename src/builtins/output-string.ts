// Strings that stand for derivations and their outputs.
import type { Interpreter } from "../evaluator/interpreter.ts";
import type { StorePath } from "../store/eval-store.ts";
import { upstreamPlaceholder } from "../store/store-path.ts";
import { type BuiltElement, ContextString, StringContext } from "../value/string-context.ts";

/**
 * The path of an output, or its placeholder where the path is not known before the build. Throws NixError when that is
 * so and nobody turned on the feature.
 */
export function outputString(
  interpreter: Interpreter,
  element: BuiltElement,
  path: StorePath | undefined,
): ContextString {
  if (path === undefined) interpreter.requireFeature("ca-derivations");
  const { drvPath, via, output } = element;
  return new ContextString(path ?? upstreamPlaceholder(drvPath, output, via), StringContext.ofOne(element));
}

/** The path of a `.drv` file; what uses it depends on the derivation with all its closure. */
export function drvPathString(drvPath: StorePath): ContextString {
  return new ContextString(drvPath, StringContext.ofOne({ kind: "drvDeep", drvPath }));
}
