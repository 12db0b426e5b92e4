// `import` of a `.drv` file: the derivation as the set that `derivation` would have given, as far as the file tells.
import type { Interpreter } from "../evaluator/interpreter.ts";
import { NixError } from "../source/nix-error.ts";
import type { StorePath } from "../store/eval-store.ts";
import { AttrSet } from "../value/attr-set.ts";
import { force, Thunk } from "../value/thunk.ts";
import type { Lazy, Value } from "../value/value.ts";
import { drvPathString, outputString } from "./output-string.ts";
import { programFault } from "./program-fault.ts";

/** The set of the first output in order of names. Throws NixError when the file is no derivation. */
export function importDerivation(interpreter: Interpreter, drvPath: StorePath): Value {
  const derivation = programFault(() => interpreter.store.readDerivation(drvPath));
  const names = [...derivation.outputs.keys()];
  if (names.length === 0) throw new NixError("eval", "'builtins.head' called on an empty list");
  const outPathOf = (name: string): Value =>
    outputString(
      interpreter,
      { kind: "built", drvPath, output: name },
      derivation.outputs.get(name)?.path || undefined,
    );
  const setOf = (name: string): AttrSet =>
    AttrSet.from([...common, ["outPath", Thunk.of(outPathOf, name)], ["outputName", name]]);
  for (const name of names) interpreter.symbols.add(name);
  const sets: Lazy[] = names.map((name) => Thunk.of(setOf, name));
  // As messages show, not even the items of the list are there before something asks for them.
  const all = (): Value => sets.map((set) => Thunk.of(force, set));
  const common: readonly (readonly [string, Lazy])[] = [
    ...names.map((name, index) => [name, sets[index] as Lazy] as const),
    ["all", Thunk.of(all, undefined)],
    ["drvPath", drvPathString(drvPath)],
    ["name", derivation.env.get("name") ?? ""],
    ["type", "derivation"],
  ];
  return force(sets[0] as Lazy);
}
