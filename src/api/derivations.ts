// The derivations in a value, found as nix-instantiate and nix-build find them: the value itself, the items of a list,
// the attributes of a set, and sets below that say `recurseForDerivations = true`.
import { type AutoArguments, autoCall } from "../evaluator/auto-call.ts";
import { ContextCollector, coerceToString } from "../evaluator/coerce.ts";
import { addFrame, expectBool, expectPlainString } from "../evaluator/expect.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos } from "../source/position.ts";
import type { StorePath } from "../store/eval-store.ts";
import { isStorePath, parseStorePath } from "../store/store-path.ts";
import { AttrSet } from "../value/attr-set.ts";
import { isDerivation } from "../value/print.ts";
import { force } from "../value/thunk.ts";
import { isListValue, type Lazy } from "../value/value.ts";

/** A derivation in a value, and where it was found, such as `web.container` or `0`; empty for the value itself. */
export interface FoundDerivation {
  readonly attrPath: string;
  readonly set: AttrSet;
}

/**
 * The derivations of a value, each once; sets and lists on the way are forced, functions called. Throws a `type` error
 * for a value that is none of these.
 */
export function findDerivations(interpreter: Interpreter, value: Lazy, args: AutoArguments): FoundDerivation[] {
  const search = new DerivationSearch(interpreter, args);
  search.enter(value, "");
  return search.found;
}

class DerivationSearch {
  readonly found: FoundDerivation[] = [];
  private readonly interpreter: Interpreter;
  private readonly args: AutoArguments;
  private readonly seen = new Set<AttrSet>();

  constructor(interpreter: Interpreter, args: AutoArguments) {
    this.interpreter = interpreter;
    this.args = args;
  }

  /** Takes the value for a derivation or for a collection of them. */
  enter(lazy: Lazy, attrPath: string): void {
    const { interpreter } = this;
    interpreter.enterCall(noPos);
    const value = autoCall(interpreter, lazy, this.args);
    if (!this.take(value, attrPath)) {
      if (value instanceof AttrSet) this.enterSet(value, attrPath);
      else if (isListValue(value)) {
        for (const [index, item] of value.entries()) {
          const itemPath = join(attrPath, String(index));
          if (!this.take(item, itemPath)) this.enter(item, itemPath);
        }
      } else {
        throw new NixError("type", "expression does not evaluate to a derivation (or a set or list of those)");
      }
    }
    interpreter.callDepth--;
  }

  private enterSet(set: AttrSet, attrPath: string): void {
    const combined = set.has("_combineChannels");
    for (const [index, name] of set.names.entries()) {
      if (!/^[A-Za-z_][A-Za-z0-9_+-]*$/.test(name)) continue;
      const memberPath = join(attrPath, name);
      const member = set.values[index] as Lazy;
      try {
        if (combined) this.enter(member, memberPath);
        else if (!this.take(member, memberPath) && this.isOpen(member)) this.enter(member, memberPath);
      } catch (error) {
        throw addFrame(error, `while evaluating the attribute '${name}'`, set.positionAt(index));
      }
    }
  }

  /** Whether the value is a derivation, which is then remembered. */
  private take(lazy: Lazy, attrPath: string): boolean {
    const set = force(lazy);
    if (!(set instanceof AttrSet && isDerivation(set))) return false;
    if (!this.seen.has(set)) {
      this.seen.add(set);
      checkName(this.interpreter, set);
      this.found.push({ attrPath, set });
    }
    return true;
  }

  private isOpen(member: Lazy): boolean {
    const set = force(member);
    if (!(set instanceof AttrSet)) return false;
    const open = set.get("recurseForDerivations");
    if (open === undefined) return false;
    const purpose = "while evaluating the attribute `recurseForDerivations`";
    return expectBool(this.interpreter, open, set.positionOf("recurseForDerivations"), purpose);
  }
}

function join(attrPath: string, name: string): string {
  return attrPath === "" ? name : `${attrPath}.${name}`;
}

/** Throws for a derivation without a proper name. */
export function checkName(interpreter: Interpreter, set: AttrSet): void {
  const name = set.get("name");
  if (name === undefined) throw new NixError("type", "derivation name missing");
  expectPlainString(interpreter, name, noPos, "while evaluating the 'name' attribute of a derivation");
}

/** The `drvPath` of a derivation. Throws when it has none or the path is not one of a derivation. */
export function drvPathOf(interpreter: Interpreter, set: AttrSet): StorePath {
  const lazy = set.get("drvPath");
  if (lazy === undefined) throw new NixError("eval", "derivation does not contain a 'drvPath' attribute");
  const purpose = "while evaluating the 'drvPath' attribute of a derivation";
  const pos = set.positionOf("drvPath");
  const path = coerceToString(interpreter, lazy, pos, new ContextCollector(), purpose, { copyToStore: false });
  const fault = pathFault(path);
  if (fault !== undefined) throw new NixError("eval", fault).addTrace(purpose, pos);
  return parseStorePath(path);
}

function pathFault(path: string): string | undefined {
  if (!isStorePath(path)) return `path '${path}' is not in the Nix store`;
  if (path.endsWith(".drv")) return undefined;
  return `store path '${path.slice(path.lastIndexOf("/") + 1)}' is not a valid derivation path`;
}

/** The output that a derivation stands for. Throws when it does not say. */
export function outputNameOf(interpreter: Interpreter, set: AttrSet, drvPath: StorePath): string {
  const lazy = set.get("outputName");
  const purpose = "while evaluating the output name of a derivation";
  const name = lazy === undefined ? "" : expectPlainString(interpreter, lazy, noPos, purpose);
  if (name === "") throw new NixError("eval", `derivation '${drvPath}' lacks an 'outputName' attribute`);
  return name;
}
