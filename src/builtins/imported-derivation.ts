// `import` of a `.drv` file: the derivation as the set that `derivation` would have given, as far as the file tells.
import type { Interpreter } from "../evaluator/interpreter.ts";
import { NixError } from "../source/nix-error.ts";
import type { Pos } from "../source/position.ts";
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
  const place = placesOf(interpreter);
  const setOf = (name: string): AttrSet =>
    AttrSet.from([
      ...common,
      ["outPath", Thunk.of(outPathOf, name), place(19, 7)],
      ["outputName", name, place(20, 15)],
    ]);
  for (const name of names) interpreter.symbols.add(name);
  const sets: Lazy[] = names.map((name) => Thunk.of(setOf, name));
  // As messages show, not even the items of the list are there before something asks for them.
  const all = (): Value => sets.map((set) => Thunk.of(force, set));
  const common: readonly (readonly [string, Lazy, Pos])[] = [
    ...names.map((name, index) => [name, sets[index] as Lazy, place(18, 5)] as const),
    ["all", Thunk.of(all, undefined), place(11, 5)],
    ["drvPath", drvPathString(drvPath), place(12, 13)],
    ["name", derivation.env.get("name") ?? "", place(12, 21)],
    ["type", "derivation", place(13, 5)],
  ];
  return force(sets[0] as Lazy);
}

const lineLength = 40;
const lines = 27;

/**
 * Where the attributes are: C++ Nix makes the set by a file of its own, which only 2.36 names, and which begins a line
 * later in 2.34. We have no such file, only its lines and columns.
 */
function placesOf({ positions, hasNewMessages }: Interpreter): (line: number, column: number) => Pos {
  const before = hasNewMessages ? 0 : 1;
  const origin = hasNewMessages
    ? ({ kind: "file", path: "/imported-drv-to-derivation.nix" } as const)
    : ({ kind: "string" } as const);
  const { base } = positions.addSource(origin, `${" ".repeat(lineLength)}\n`.repeat(lines + before));
  return (line, column) => base + (line - 1 + before) * (lineLength + 1) + column - 1;
}
