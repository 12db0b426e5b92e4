// All builtins and constants, in one place: what an evaluation is given as its `builtins`.
import type { ConstantDefinition } from "../evaluator/evaluator.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import type { BuiltinDefinition } from "../value/function.ts";
import { attributeSetBuiltins } from "./attribute-sets.ts";
import { controlBuiltins } from "./control.ts";
import { fileBuiltins } from "./files.ts";
import { functionBuiltins } from "./functions.ts";
import { genericClosureBuiltins } from "./generic-closure.ts";
import { listBuiltins } from "./lists.ts";
import { numberBuiltins } from "./numbers.ts";
import { sortingBuiltins } from "./sorting.ts";
import { storeObjectBuiltins } from "./store-objects.ts";
import { typeBuiltins } from "./types.ts";
import { versionBuiltins } from "./versions.ts";

export const builtinDefinitions: readonly BuiltinDefinition<Interpreter>[] = [
  ...attributeSetBuiltins,
  ...controlBuiltins,
  ...fileBuiltins,
  ...functionBuiltins,
  ...genericClosureBuiltins,
  ...listBuiltins,
  ...numberBuiltins,
  ...sortingBuiltins,
  ...storeObjectBuiltins,
  ...typeBuiltins,
  ...versionBuiltins,
];

export const constantDefinitions: readonly ConstantDefinition[] = [
  { name: "true", global: true, value: () => true },
  { name: "false", global: true, value: () => false },
  { name: "null", global: true, value: () => null },
];
