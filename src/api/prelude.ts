// What an entry file may use without saying where it comes from: the names of `pkgs.ociTools`, those of `pkgs`, and
// `pkgs` itself, looked up only for names that mean nothing else. Functions at the top get their arguments from there.
import type { AutoArguments } from "../evaluator/auto-call.ts";
import { callFunction } from "../evaluator/call.ts";
import { addFrame } from "../evaluator/expect.ts";
import { importFile } from "../evaluator/import.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { findFile } from "../evaluator/search-path.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos } from "../source/position.ts";
import { suggestNames } from "../source/suggestions.ts";
import { AttrSet } from "../value/attr-set.ts";
import { isFunction } from "../value/function.ts";
import { force, Thunk } from "../value/thunk.ts";
import { type Lazy, NixPath } from "../value/value.ts";
import { embeddedNixpkgs } from "./embedded-nixpkgs.ts";

export class Prelude {
  /** A set; forcing it evaluates `<nixpkgs>`. */
  readonly names: Thunk;

  constructor(interpreter: Interpreter) {
    this.names = Thunk.of(preludeNames, interpreter);
  }

  /** Named arguments for functions at the top: those given, then those of the prelude. */
  arguments(given: ReadonlyMap<string, Lazy>): AutoArguments {
    const names = (): AttrSet => force(this.names) as AttrSet;
    return {
      given,
      supply: (name) => names().get(name),
      missing: (name, pos) => missingArgument(name, pos, names()),
    };
  }
}

function preludeNames(interpreter: Interpreter): AttrSet {
  try {
    const pkgs = packageSet(interpreter);
    const ociTools = pkgs.has("ociTools") ? force(pkgs.get("ociTools") as Lazy) : undefined;
    const all = ociTools instanceof AttrSet ? pkgs.update(ociTools) : pkgs;
    return all.update(AttrSet.from([["pkgs", pkgs]]));
  } catch (error) {
    const purpose = "while evaluating <nixpkgs>, whose names the entry may use ('--no-prelude' turns that off)";
    throw addFrame(error, purpose, noPos);
  }
}

/** `import <nixpkgs> { }`; in pure evaluation the one that ocinix brings. */
function packageSet(interpreter: Interpreter): AttrSet {
  const { pureEval, nixPath } = interpreter.settings;
  const path = pureEval ? new NixPath(embeddedNixpkgs) : findFile(interpreter, nixPath, "nixpkgs", noPos);
  const value = importFile(interpreter, path);
  const set = isFunction(value) ? callFunction(interpreter, value, [AttrSet.empty], noPos) : value;
  if (set instanceof AttrSet) return set;
  throw new NixError("type", `<nixpkgs> ('${path.path}') should be a set but is ${interpreter.describe(set)}`);
}

function missingArgument(name: string, pos: Pos, prelude: AttrSet): NixError {
  const message = [
    `the function needs the argument '${name}', which pkgs does not have`,
    `Give it with '--arg ${name} EXPRESSION' or '--argstr ${name} TEXT', or give it a default: { ${name} ? …, … }`,
  ];
  return new NixError("missingArgument", message.join("\n").replaceAll("…", "\u00e2\u0080\u00a6"), pos).suggest(
    suggestNames(prelude.names, name),
  );
}
