// Values as text: the printer of `nix eval` and of error messages (bounded, `«thunk»`, colours), and the older one of
// `nix-instantiate --eval` (`<CODE>`). Output is a byte string; only the first printer forces anything, and only if asked.
// In both, a set is a repetition wherever it appears again, a list only as the very same item or attribute, however it
// was computed; the list that is printed itself is no item yet (test/lang/okay: print-repeated-lists).
import { blue, cyan, faint, green, magenta, normal, red } from "../source/ansi-colors.ts";
import { bytesFromText } from "../source/bytes.ts";
import { logText } from "../source/log-text.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos, type PositionTable, showPlace } from "../source/position.ts";
import { AttrSet } from "./attr-set.ts";
import { formatSignificant } from "./float-format.ts";
import { Builtin, BuiltinApplication, Lambda, type NixFunction } from "./function.ts";
import { ContextString, textOf } from "./string-context.ts";
import { force, Thunk } from "./thunk.ts";
import { isListValue, type Lazy, NixFloat, type NixList, NixPath, type Value } from "./value.ts";

export interface PrintOptions {
  /** Force everything that is printed. */
  readonly force: boolean;
  /** Print derivations as `«derivation /nix/store/….drv»`. */
  readonly derivationPaths: boolean;
  readonly maxDepth: number;
  readonly maxAttrs: number;
  readonly maxListItems: number;
  /** In bytes. */
  readonly maxStringLength: number;
  /** Columns per level; 0 prints everything on one line. */
  readonly indent: number;
  /** What to do with an error of a nested value: show it as `«error: …»`, or throw it when it is at the top or anywhere. */
  readonly errors: "print" | "throw" | "throwTopLevel";
  readonly color: boolean;
  /** Where a value is known to be, for errors of forcing it; by default nowhere. */
  readonly positionOf?: (value: Lazy) => Pos;
  /** Counts nested calls: to find out the path of a derivation is one. */
  readonly calls?: { callDepth: number; enterCall(pos: Pos): void };
  /** Told of every error that is shown as `«error: …»`. */
  readonly onError?: (error: NixError) => void;
  /** Told, before an error is thrown, what C++ Nix has written by then, and what it has yet to flush. */
  readonly onFailure?: (flushed: string, rest: string) => void;
}

export const defaultPrintOptions: PrintOptions = {
  force: false,
  derivationPaths: false,
  maxDepth: Number.POSITIVE_INFINITY,
  maxAttrs: Number.POSITIVE_INFINITY,
  maxListItems: Number.POSITIVE_INFINITY,
  maxStringLength: Number.POSITIVE_INFINITY,
  indent: 0,
  errors: "print",
  color: false,
};

/** The bounds that values inside error messages have. */
export const errorPrintOptions: PrintOptions = {
  ...defaultPrintOptions,
  maxDepth: 10,
  maxAttrs: 10,
  maxListItems: 10,
  maxStringLength: 1024,
};

const colors = { cyan, magenta, green, blue, red, faint };
type Color = keyof typeof colors;

const open = bytesFromText("«");
const close = bytesFromText("»");

/** Prints a value as `nix eval` does. Throws only as `options.errors` says, and when nesting exceeds `maxCallDepth`. */
export function printValue(
  value: Lazy,
  positions: PositionTable,
  options: PrintOptions = defaultPrintOptions,
  maxCallDepth = 10000,
): string {
  const printer = new ValuePrinter(positions, options, maxCallDepth);
  try {
    printer.print(value);
    return printer.text;
  } catch (error) {
    options.onFailure?.(printer.text.slice(0, printer.flushed), printer.text.slice(printer.flushed));
    throw error;
  }
}

class ValuePrinter {
  private readonly positions: PositionTable;
  private readonly options: PrintOptions;
  private readonly maxCallDepth: number;
  text = "";
  /** The length of the text when the last value was begun. */
  flushed = 0;
  private readonly seen = new Set<object>();
  private attrsPrinted = 0;
  private itemsPrinted = 0;
  private indentation = "";

  constructor(positions: PositionTable, options: PrintOptions, maxCallDepth: number) {
    this.positions = positions;
    this.options = options;
    this.maxCallDepth = maxCallDepth;
  }

  print(lazy: Lazy, depth = 0): void {
    this.flushed = this.text.length;
    if (depth > this.maxCallDepth) throw tooDeep(lazy);
    try {
      const value = this.options.force ? this.force(lazy) : lazy;
      if (!(value instanceof Thunk)) this.printForced(value, lazy, depth);
      else if (value.isForced) this.printForced(value.value as Value, value, depth);
      else this.text += this.showThunk(value);
    } catch (error) {
      const { errors, onError } = this.options;
      if (!(error instanceof NixError) || error.kind === "stackOverflow") throw error;
      if (errors === "throw" || (errors === "throwTopLevel" && depth === 0)) throw error;
      onError?.(error);
      this.text += this.paint("red", `${open}error: ${logText(error.message, false)}${close}`);
    }
  }

  private force(lazy: Lazy): Value {
    return force(lazy, this.options.positionOf?.(lazy));
  }

  private printForced(value: Value, lazy: Lazy, depth: number): void {
    if (isListValue(value)) this.printList(value, lazy, depth);
    else if (value instanceof AttrSet) this.printAttrs(value, depth);
    else this.text += this.showScalar(value);
  }

  private showScalar(value: Exclude<Value, NixList | AttrSet>): string {
    if (value === null) return this.paint("cyan", "null");
    switch (typeof value) {
      case "boolean":
      case "number":
      case "bigint":
        return this.paint("cyan", String(value));
      case "string":
        return this.showString(value);
      default:
        break;
    }
    if (value instanceof ContextString) return this.showString(value.text);
    if (value instanceof NixFloat) return this.paint("cyan", formatSignificant(value));
    if (value instanceof NixPath) return this.paint("green", showPath(value));
    return this.paint("blue", `${open}${describeFunction(value, this.positions)}${close}`);
  }

  private showString(text: string): string {
    const { maxStringLength } = this.options;
    const shown = quoteString(text.length > maxStringLength ? text.slice(0, maxStringLength) : text);
    if (text.length <= maxStringLength) return this.paint("magenta", shown);
    return `${shown} ${this.elided(text.length - maxStringLength, "byte", "bytes")}`;
  }

  private showThunk(thunk: Thunk): string {
    if (thunk.isBlackHole) return this.paint("red", `${open}potential infinite recursion${close}`);
    return this.paint("magenta", `${open}thunk${close}`);
  }

  private printList(list: NixList, lazy: Lazy, depth: number): void {
    const { maxDepth, maxListItems } = this.options;
    // At the top, only a list with a name can turn up again.
    const canRepeat = list.length > 0 && (depth > 0 || lazy instanceof Thunk);
    if (canRepeat && this.seenBefore(lazy as object)) this.text += this.repeated();
    else if (depth >= maxDepth) this.text += "[ ... ]";
    else {
      const isSpread = this.begin("[", list);
      for (const [index, item] of list.entries()) {
        this.printSpace(isSpread);
        if (this.itemsPrinted >= maxListItems) {
          this.text += this.elided(list.length - index, "item", "items");
          break;
        }
        this.print(item, depth + 1);
        this.itemsPrinted++;
      }
      this.end("]", isSpread);
    }
  }

  private printAttrs(set: AttrSet, depth: number): void {
    const { maxDepth, maxAttrs, derivationPaths } = this.options;
    if (this.seenBefore(set)) this.text += this.repeated();
    else if (this.options.force && derivationPaths && isDerivation(set)) this.text += this.showDerivation(set);
    else if (depth >= maxDepth) this.text += "{ ... }";
    else {
      const order = set.names.map((name, index) => ({ name, index }));
      if (maxAttrs !== Number.POSITIVE_INFINITY)
        order.sort((a, b) => Number(isImportant(b.name)) - Number(isImportant(a.name)));
      const isSpread = this.begin("{", set.values);
      for (const [count, { name, index }] of order.entries()) {
        this.printSpace(isSpread);
        if (this.attrsPrinted >= maxAttrs) {
          this.text += this.elided(order.length - count, "attribute", "attributes");
          break;
        }
        this.text += `${printAttrName(name)} = `;
        this.print(set.values[index] as Lazy, depth + 1);
        this.text += ";";
        this.attrsPrinted++;
      }
      this.end("}", isSpread);
    }
  }

  private showDerivation(set: AttrSet): string {
    const drvPath = set.get("drvPath");
    const shown = drvPath === undefined ? "" : ` ${this.storePathOf(drvPath, set.positionOf("drvPath"))}`;
    return this.paint("green", `${open}derivation${shown}${close}`);
  }

  private storePathOf(lazy: Lazy, pos: Pos): string {
    const { calls } = this.options;
    const depth = calls?.callDepth ?? 0;
    calls?.enterCall(pos);
    try {
      return this.storePathOfForced(force(lazy));
    } finally {
      if (calls !== undefined) calls.callDepth = depth;
    }
  }

  /** Throws where the value is not a path of the store. */
  private storePathOfForced(value: Value): string {
    if (value instanceof AttrSet && value.has("outPath")) {
      return this.storePathOf(value.get("outPath") as Lazy, value.positionOf("outPath"));
    }
    if (value instanceof NixPath || typeof value === "string" || value instanceof ContextString) {
      const path = value instanceof NixPath ? showPath(value) : textOf(value);
      if (path.startsWith("/nix/store/")) return path;
      throw new NixError("eval", `path '${path}' is not in the Nix store`);
    }
    const shown = printValue(value, this.positions, errorPrintOptions);
    throw new NixError("type", `cannot coerce ${describeType(value)} to a string: ${shown}`);
  }

  /** Where asking for the layout throws, the bracket has been written and what follows stays indented, as in C++ Nix. */
  private begin(bracket: string, items: readonly Lazy[]): boolean {
    this.text += bracket;
    this.indentation += " ".repeat(this.options.indent);
    return this.isSpread(items);
  }

  private end(bracket: string, isSpread: boolean): void {
    this.indentation = this.indentation.slice(this.options.indent);
    this.printSpace(isSpread);
    this.text += bracket;
  }

  private printSpace(isSpread: boolean): void {
    this.text += isSpread ? `\n${this.indentation}` : " ";
  }

  /** Whether a collection gets a line per item: more than one, or one that is itself nested. */
  private isSpread(items: readonly Lazy[]): boolean {
    if (this.options.indent === 0 || items.length === 0) return false;
    if (items.length > 1) return true;
    const only = this.force(items[0] as Lazy);
    return isListValue(only) || only instanceof AttrSet;
  }

  private seenBefore(value: object): boolean {
    if (this.seen.has(value)) return true;
    this.seen.add(value);
    return false;
  }

  private repeated(): string {
    return this.paint("magenta", `${open}repeated${close}`);
  }

  private elided(count: number, one: string, many: string): string {
    return this.paint("faint", `${open}${count} ${count === 1 ? one : many} elided${close}`);
  }

  private paint(color: Color, text: string): string {
    return this.options.color ? `${colors[color]}${text}${normal}` : text;
  }
}

function tooDeep(lazy: Lazy): NixError {
  const value = lazy instanceof Thunk && lazy.isForced ? (lazy.value as Value) : lazy;
  const pos = value instanceof AttrSet ? value.pos : value instanceof Lambda ? value.stage.pos : noPos;
  return new NixError("stackOverflow", "stack overflow; max-call-depth exceeded", pos);
}

/** Prints a value as `nix-instantiate --eval` does: nothing is forced, what is not evaluated yet is `<CODE>`. */
export function printAmbiguous(lazy: Lazy, maxCallDepth = 10000, seen: Set<object> = new Set(), depth = 0): string {
  if (depth > maxCallDepth) throw tooDeep(lazy);
  const value = lazy instanceof Thunk && lazy.isForced ? (lazy.value as Value) : lazy;
  if (value instanceof Thunk) return value.isBlackHole ? `${open}potential infinite recursion${close}` : "<CODE>";
  if (value === null) return "null";
  if (typeof value === "boolean" || typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value === "string") return quoteString(value);
  if (value instanceof ContextString) return quoteString(value.text);
  if (value instanceof NixFloat) return formatSignificant(value);
  if (value instanceof NixPath) return showPath(value);
  if (value instanceof Lambda) return "<LAMBDA>";
  if (value instanceof Builtin) return "<PRIMOP>";
  if (value instanceof BuiltinApplication) return "<PRIMOP-APP>";
  const identity = isListValue(value) ? (lazy as object) : value;
  const canRepeat = isListValue(value) ? value.length > 0 && depth > 0 : value.size > 0;
  if (canRepeat) {
    if (seen.has(identity)) return `${open}repeated${close}`;
    seen.add(identity);
  }
  if (isListValue(value)) {
    let text = "[ ";
    for (const item of value) text += `${printAmbiguous(item, maxCallDepth, seen, depth + 1)} `;
    return `${text}]`;
  }
  let text = "{ ";
  for (const [index, name] of value.names.entries()) {
    text += `${printAttrName(name)} = ${printAmbiguous(value.values[index] as Lazy, maxCallDepth, seen, depth + 1)}; `;
  }
  return `${text}}`;
}

/** `lambda f @ file.nix:1:2`, `primop map`, `partially applied primop map`. */
function describeFunction(fn: NixFunction, positions: PositionTable): string {
  if (fn instanceof Builtin) return `primop ${fn.name}`;
  if (fn instanceof BuiltinApplication) return `partially applied primop ${fn.builtin.name}`;
  const { name, pos } = fn.stage;
  return `lambda ${name === undefined ? "" : `${printAttrName(name)} `}@ ${pos === noPos ? `${open}none${close}` : showPlace(positions, pos)}`;
}

export function showPath(path: NixPath): string {
  return path.internal ? `<nix${path.path}>` : path.path;
}

/** A string literal with the escapes that Nix's printers use. */
export function quoteString(text: string): string {
  const escaped = text.replace(/["\\\n\r\t]|\$(?=\{)/g, (unit) => {
    if (unit === "\n") return "\\n";
    if (unit === "\r") return "\\r";
    if (unit === "\t") return "\\t";
    return `\\${unit}`;
  });
  return `"${escaped}"`;
}

const keywords = new Set(["if", "then", "else", "assert", "with", "let", "in", "rec", "inherit"]);

/** An attribute name as `nix eval` prints it: quoted when it could not be written bare. */
export function printAttrName(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_'-]*$/.test(name) && !keywords.has(name) ? name : quoteString(name);
}

function isImportant(name: string): boolean {
  return name === "type" || name === "_type";
}

/** Whether `type` is the string `derivation`; forces `type`. */
export function isDerivation(set: AttrSet): boolean {
  const type = set.get("type");
  if (type === undefined) return false;
  const value = force(type, set.positionOf("type"));
  return value === "derivation" || (value instanceof ContextString && value.text === "derivation");
}

/** A type's name with its article, as messages have it: `an integer`, `a set`, `the partially applied built-in …`. */
export function describeType(value: Value): string {
  if (value === null) return "null";
  if (typeof value === "boolean") return "a Boolean";
  if (typeof value === "number" || typeof value === "bigint") return "an integer";
  if (typeof value === "string") return "a string";
  if (value instanceof ContextString) return "a string with context";
  if (value instanceof NixFloat) return "a float";
  if (value instanceof NixPath) return "a path";
  if (isListValue(value)) return "a list";
  if (value instanceof Lambda) return "a function";
  if (value instanceof Builtin) return `the built-in function '${value.name}'`;
  if (value instanceof BuiltinApplication) return `the partially applied built-in function '${value.builtin.name}'`;
  return "a set";
}
