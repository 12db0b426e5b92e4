// Putting together the parts of `"${a}b"`, `./${a}` and `a + b`: what the first part is decides whether numbers, paths
// or strings are added.
import type { ConcatStringsExpr } from "../parser/ast.ts";
import { NixError } from "../source/nix-error.ts";
import type { Pos } from "../source/position.ts";
import { describeType } from "../value/print.ts";
import { ContextString, stringWithContext } from "../value/string-context.ts";
import { isInt, NixFloat, NixPath, type Value } from "../value/value.ts";
import { addition, calculate, type NixNumber } from "./arithmetic.ts";
import { type CoerceOptions, ContextCollector, coerceToString } from "./coerce.ts";
import type { Interpreter } from "./interpreter.ts";
import { canonicalPath } from "./path.ts";
import { partPurpose } from "./purposes.ts";

const copied: CoerceOptions = { coerceMore: false, copyToStore: true };
const notCopied: CoerceOptions = { coerceMore: false, copyToStore: false };

/** One such expression. */
export class ConcatenationSite {
  readonly interpreter: Interpreter;
  readonly pos: Pos;
  readonly forceString: boolean;
  /** Of the parts. */
  readonly positions: readonly Pos[];

  constructor(interpreter: Interpreter, { pos, forceString, parts }: ConcatStringsExpr) {
    this.interpreter = interpreter;
    this.pos = pos;
    this.forceString = forceString;
    this.positions = parts.map((part) => part.pos);
  }

  /** Text is asked for as text too, which counts as a call. */
  checkDepth(index: number): void {
    const { interpreter } = this;
    if (interpreter.callDepth > interpreter.maxCallDepth) interpreter.checkDepth(this.positions[index] as Pos);
  }

  /** `a + b` where `a` is a text or a number. */
  concatenate(first: string | number, second: Value): Value {
    if (typeof first === "number") {
      if (typeof second === "number" && Number.isSafeInteger(first + second)) return first + second;
    } else if (typeof second === "string") {
      this.checkDepth(1);
      return first + second;
    }
    const concatenation = new Concatenation(this, "");
    concatenation.add(0, first);
    concatenation.add(1, second);
    return concatenation.finish();
  }

  /** The error of a part with the frame that only `--explain` shows. */
  framed(error: unknown, index: number): unknown {
    return error instanceof NixError
      ? error.addTrace(partPurpose, this.positions[index] as Pos, { hint: true })
      : error;
  }
}

/** What has been put together so far, once it is more than text. */
export class Concatenation {
  private readonly site: ConcatenationSite;
  private text: string;
  private number: NixNumber | undefined;
  private isPath = false;
  private options = copied;
  private collector: ContextCollector | undefined;

  constructor(site: ConcatenationSite, text: string) {
    this.site = site;
    this.text = text;
  }

  add(index: number, value: Value): void {
    const { site } = this;
    const { interpreter } = site;
    const pos = site.positions[index] as Pos;
    if (typeof value === "string" && this.number === undefined) {
      site.checkDepth(index);
      this.text += value;
      return;
    }
    if (index === 0 && !site.forceString) {
      if (isInt(value) || value instanceof NixFloat) {
        this.number = value;
        return;
      }
      if (value instanceof NixPath) {
        this.isPath = true;
        this.options = notCopied;
        this.text = value.path;
        return;
      }
      // After a set that stands for a string, paths are not copied: test/lang/okay/files-path-after-set.
      if (!(value instanceof ContextString)) this.options = notCopied;
    }
    if (this.number !== undefined) {
      if (!(isInt(value) || value instanceof NixFloat)) {
        const kind = isInt(this.number) ? "an integer" : "a float";
        throw new NixError("eval", `cannot add ${describeType(value)} to ${kind}`, pos).about(value);
      }
      this.number = calculate(addition, this.number, value, pos);
      return;
    }
    this.collector ??= new ContextCollector();
    if (value instanceof ContextString) {
      this.collector.add(value.context);
      this.text += value.text;
    } else this.text += coerceToString(interpreter, value, pos, this.collector, partPurpose, this.options);
  }

  finish(): Value {
    const { site, text, collector } = this;
    if (this.number !== undefined) return this.number;
    if (!this.isPath) return collector === undefined ? text : stringWithContext(text, collector.context);
    if (collector !== undefined && !collector.context.isEmpty) {
      throw new NixError("eval", "a string that refers to a store path cannot be appended to a path", site.pos);
    }
    return new NixPath(canonicalPath(text));
  }
}
