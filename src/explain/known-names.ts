// Names that a person may know from elsewhere: members of `builtins` and of lib, and words of other languages.
import { importFile } from "../evaluator/import.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { AttrSet } from "../value/attr-set.ts";
import { Thunk } from "../value/thunk.ts";
import { type Lazy, NixPath, type Value } from "../value/value.ts";

/** What is known of a value without evaluating anything. */
export function forcedValue(lazy: Lazy | undefined): Value | undefined {
  if (!(lazy instanceof Thunk)) return lazy;
  return lazy.isForced ? forcedValue(lazy.value) : undefined;
}

/** The names of the members of `builtins`. */
export function builtinNames({ globals }: Interpreter): readonly string[] {
  const builtins = forcedValue(globals.get("builtins"));
  return builtins instanceof AttrSet ? builtins.names : [];
}

/** The names of lib, as far as ocinix brings it; evaluates that, unless the program did already. */
export function libraryNames(interpreter: Interpreter): readonly string[] {
  if (interpreter.embedded === undefined) return [];
  const { callDepth } = interpreter;
  try {
    const lib = importFile(interpreter, new NixPath(`${interpreter.embedded.dir}/lib`));
    return lib instanceof AttrSet ? lib.names : [];
  } catch {
    // Only a hint: whatever is wrong with lib is not what the user asked about.
    return [];
  } finally {
    interpreter.callDepth = callDepth;
  }
}

/** What words of other languages are in Nix. */
export const foreignWords: ReadonlyMap<string, string> = new Map([
  ["None", "null"],
  ["nil", "null"],
  ["Null", "null"],
  ["NULL", "null"],
  ["undefined", "null"],
  ["nothing", "null"],
  ["True", "true"],
  ["TRUE", "true"],
  ["yes", "true"],
  ["False", "false"],
  ["FALSE", "false"],
  ["no", "false"],
  ["and", "&&"],
  ["or", "||"],
  ["not", "!"],
  ["elif", "else if"],
  ["elsif", "else if"],
  ["elseif", "else if"],
  ["endif", "nothing: an `if` has no end"],
  ["fi", "nothing: an `if` has no end"],
  ["len", "builtins.length"],
  ["size", "builtins.length"],
  ["print", "builtins.trace"],
  ["echo", "builtins.trace"],
  ["str", "toString"],
  ["toStr", "toString"],
  ["string", "toString"],
  ["typeof", "builtins.typeOf"],
  ["reduce", "builtins.foldl'"],
  ["foldl", "builtins.foldl'"],
  ["error", "throw"],
  ["raise", "throw"],
  ["require", "import"],
  ["include", "import"],
  ["range", "builtins.genList"],
  ["keys", "builtins.attrNames"],
  ["values", "builtins.attrValues"],
  ["join", "builtins.concatStringsSep"],
  ["this", "self"],
]);
