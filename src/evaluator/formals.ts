// How the argument of `{ a, b ? 1, ... }@x: …` is taken apart.
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos } from "../source/position.ts";
import { suggestNames } from "../source/suggestions.ts";
import type { AttrSet } from "../value/attr-set.ts";
import type { LambdaStage } from "../value/function.ts";
import { printAttrName } from "../value/print.ts";
import type { Lazy } from "../value/value.ts";
import { type Environment, newEnvironment } from "./environment.ts";
import { addFrame, expectAttrs } from "./expect.ts";
import type { Interpreter } from "./interpreter.ts";

/** How a `{ a, b ? 1, ... }@x` parameter takes its argument apart. */
export interface FormalsMatcher {
  readonly stage: LambdaStage;
  /** Whether slot 1 holds the whole argument. */
  readonly hasName: boolean;
  /** In order of slots. */
  readonly formals: readonly {
    readonly name: string;
    readonly fallback: ((environment: Environment) => Lazy) | undefined;
  }[];
  /** The indices of the formals in the order of their symbols. */
  readonly order: readonly number[];
  /** The last shape that was accepted, and where each formal was in it. */
  cachedShape: unknown;
  cachedIndices: readonly number[];
}

/** The environment of a call with the argument. `pos` is where it is called. */
export function matchFormals(
  interpreter: Interpreter,
  matcher: FormalsMatcher,
  size: number,
  outer: Environment,
  arg: Lazy,
  pos: Pos,
): Environment {
  const { stage, hasName, formals } = matcher;
  let set: AttrSet;
  try {
    set = expectAttrs(interpreter, arg, stage.pos, "while evaluating the value passed for the lambda argument");
  } catch (error) {
    if (pos !== noPos) addFrame(error, "from call site", pos);
    throw error;
  }
  const indices =
    matcher.cachedShape === set.shape ? matcher.cachedIndices : matchNames(interpreter, matcher, set, pos);
  const environment = newEnvironment(size, outer);
  if (hasName) environment[1] = arg;
  const first = hasName ? 2 : 1;
  const { values } = set;
  const count = indices.length;
  let complete = true;
  for (let i = 0; i < count; i++) {
    const index = indices[i] as number;
    if (index < 0) complete = false;
    else environment[first + i] = values[index];
  }
  if (complete) return environment;
  // A default that is another formal shares its value only when C++ Nix has put that in place before.
  environment.fill(undefined, first, first + count);
  for (const i of matcher.order) {
    const index = indices[i] as number;
    environment[first + i] = index < 0 ? formals[i]?.fallback?.(environment) : values[index];
  }
  return environment;
}

/** Where each formal is in the argument (-1: its default is used). Remembers an accepted shape. */
function matchNames({ symbols }: Interpreter, matcher: FormalsMatcher, set: AttrSet, pos: Pos): readonly number[] {
  const { stage, formals } = matcher;
  const indices: number[] = [];
  const missing: string[] = [];
  let used = 0;
  for (const formal of formals) {
    const index = set.shape.indexOf(formal.name);
    if (index >= 0) used++;
    else if (formal.fallback === undefined) missing.push(formal.name);
    indices.push(index);
  }
  if (missing.length > 0) {
    const first = missing[symbols.order(missing)[0] as number] as string;
    throw wrongArgument(stage, `called without required argument '${first}'`, pos).about(set);
  }
  if (!stage.ellipsis && used !== set.size) {
    const names = formals.map((formal) => formal.name);
    const index = set.shape.orderIn(symbols).find((i) => !names.includes(set.names[i] as string)) as number;
    const unexpected = set.names[index] as string;
    throw wrongArgument(stage, `called with unexpected argument '${printAttrName(unexpected)}'`, pos)
      .suggest(suggestNames(names, unexpected))
      .about(set);
  }
  matcher.cachedShape = set.shape;
  matcher.cachedIndices = indices;
  return indices;
}

function wrongArgument(stage: LambdaStage, what: string, pos: Pos): NixError {
  const error = new NixError("missingArgument", `function '${stage.name ?? "anonymous lambda"}' ${what}`, stage.pos);
  return error.addTrace("from call site", pos);
}
