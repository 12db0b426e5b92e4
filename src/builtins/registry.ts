// All builtins and constants, in one place: what an evaluation is given as its `builtins`.
import type { ConstantDefinition } from "../evaluator/evaluator.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import type { BuiltinDefinition } from "../value/function.ts";
import { attributeSetBuiltins } from "./attribute-sets.ts";
import { contextBuiltins } from "./context.ts";
import { controlBuiltins } from "./control.ts";
import { derivationBuiltins, derivationConstants } from "./derivation.ts";
import { environmentBuiltins, environmentConstants } from "./environment.ts";
import { fetchBuiltins } from "./fetch.ts";
import { fileBuiltins } from "./files.ts";
import { flakeBuiltins } from "./flakes.ts";
import { functionBuiltins } from "./functions.ts";
import { genericClosureBuiltins } from "./generic-closure.ts";
import { hashBuiltins } from "./hashes.ts";
import { importBuiltins } from "./imports.ts";
import { jsonBuiltins } from "./json.ts";
import { listBuiltins } from "./lists.ts";
import { nativeConstants } from "./native.ts";
import { numberBuiltins } from "./numbers.ts";
import { regularExpressionBuiltins } from "./regular-expressions.ts";
import { sortingBuiltins } from "./sorting.ts";
import { storeObjectBuiltins } from "./store-objects.ts";
import { stringBuiltins } from "./strings.ts";
import { tomlBuiltins } from "./toml.ts";
import { typePredicateBuiltins } from "./type-predicates.ts";
import { versionBuiltins } from "./versions.ts";
import { xmlBuiltins } from "./xml.ts";

export const builtinDefinitions: readonly BuiltinDefinition<Interpreter>[] = [
  ...attributeSetBuiltins,
  ...contextBuiltins,
  ...controlBuiltins,
  ...derivationBuiltins,
  ...environmentBuiltins,
  ...fetchBuiltins,
  ...fileBuiltins,
  ...flakeBuiltins,
  ...functionBuiltins,
  ...genericClosureBuiltins,
  ...hashBuiltins,
  ...importBuiltins,
  ...jsonBuiltins,
  ...listBuiltins,
  ...numberBuiltins,
  ...regularExpressionBuiltins,
  ...sortingBuiltins,
  ...storeObjectBuiltins,
  ...stringBuiltins,
  ...tomlBuiltins,
  ...typePredicateBuiltins,
  ...versionBuiltins,
  ...xmlBuiltins,
];

export const constantDefinitions: readonly ConstantDefinition[] = [
  { name: "true", global: true, value: () => true },
  { name: "false", global: true, value: () => false },
  { name: "null", global: true, value: () => null },
  ...derivationConstants,
  ...environmentConstants,
  ...nativeConstants,
];
