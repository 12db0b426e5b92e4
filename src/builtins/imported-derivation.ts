// `import` of a `.drv` file: the derivation as the set that `derivation` would have given, as far as the file tells.
import type { Interpreter } from "../evaluator/interpreter.ts";
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
  const setOf = (name: string): AttrSet =>
    AttrSet.from([
      ...common,
      [
        "outPath",
        outputString(
          interpreter,
          { kind: "built", drvPath, output: name },
          derivation.outputs.get(name)?.path || undefined,
        ),
      ],
      ["outputName", name],
    ]);
  const sets: Lazy[] = names.map((name) => Thunk.of(setOf, name));
  const common: readonly (readonly [string, Lazy])[] = [
    ...names.map((name, index) => [name, sets[index] as Lazy] as const),
    ["all", sets],
    ["drvPath", drvPathString(drvPath)],
    ["name", derivation.env.get("name") ?? ""],
    ["type", "derivation"],
  ];
  return force(sets[0] as Lazy);
}
