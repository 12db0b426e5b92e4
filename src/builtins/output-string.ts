// Strings that stand for derivations and their outputs.
import type { StorePath } from "../store/eval-store.ts";
import { upstreamPlaceholder } from "../store/store-path.ts";
import { ContextString, StringContext } from "../value/string-context.ts";

/** The path of an output, or its placeholder where the path is not known before the build. */
export function outputString(drvPath: StorePath, output: string, path: StorePath | undefined): ContextString {
  const context = StringContext.of([{ kind: "built", drvPath, output }]);
  return new ContextString(path ?? upstreamPlaceholder(drvPath, output), context);
}

/** The path of a `.drv` file; what uses it depends on the derivation with all its closure. */
export function drvPathString(drvPath: StorePath): ContextString {
  return new ContextString(drvPath, StringContext.of([{ kind: "drvDeep", drvPath }]));
}
