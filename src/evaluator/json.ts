// Values as JSON and JSON as values: toJSON, fromJSON, `--json` and structured attributes. JSON texts are byte strings
// holding UTF-8.
import { NixError, UntracedError } from "../source/nix-error.ts";
import { noPos, type Pos } from "../source/position.ts";
import { TextBuilder } from "../source/text-builder.ts";
import { AttrSet, Shape } from "../value/attr-set.ts";
import { formatJsonFloat } from "../value/float-format.ts";
import { Lambda } from "../value/function.ts";
import { describeType, printAttrName } from "../value/print.ts";
import { ContextString } from "../value/string-context.ts";
import { force, Thunk } from "../value/thunk.ts";
import { intFromBigInt, isListValue, type Lazy, NixFloat, NixPath, type Value } from "../value/value.ts";
import { determinePos, isDelayedCall } from "./call.ts";
import { type ContextCollector, callToString, coerceToString, standIn } from "./coerce.ts";
import { addFrame } from "./expect.ts";
import type { Interpreter } from "./interpreter.ts";
import { writtenBeforeFault } from "./json-fault.ts";
import { type JsonBuilder, JsonParser } from "./json-parser.ts";
import { refuseNullBytes } from "./null-bytes.ts";
import { isDelayedPlace } from "./position-value.ts";
import { findUtf8Fault } from "./utf8.ts";

export interface JsonOptions {
  /** Whether paths are copied to the store (the default) or given as they are. */
  readonly copyToStore?: boolean;
  /** Whether to force what is not evaluated yet (the default); otherwise it is an error. */
  readonly strict?: boolean;
  /** Told what a writer to a stream has written when it fails at a string that is not UTF-8. */
  readonly onFault?: (written: string) => void;
  /** Whether such a string is an exception that C++ Nix has no words for, nor a trace. */
  readonly isBare?: true;
}

/** The value as compact JSON with sorted keys; contexts go to the collector. Throws NixError for functions. */
export function toJson(
  interpreter: Interpreter,
  value: Lazy,
  pos: Pos,
  collector: ContextCollector,
  options: JsonOptions = {},
): string {
  return new JsonWriter(interpreter, collector, options).writeAll(value, pos);
}

/** The value of a JSON text. Throws NixError for what is not JSON, with the words of nlohmann::json and their frame. */
export function valueFromJson({ symbols }: Interpreter, text: string): Value {
  const checkKey = (name: string): void => {
    refuseNullBytes(name);
    symbols.add(name);
  };
  const noKeys = new KeyPath();
  const builder: JsonBuilder<Value, KeyPath | string[]> = {
    literal: (value) => value,
    string: (value) => {
      refuseNullBytes(value);
      return value;
    },
    integer: integerFromJson,
    float: (value) => new NixFloat(value),
    array: (items) => items,
    noKeys: () => noKeys,
    addKey: (keys, name) => {
      if (keys instanceof KeyPath && keys.length < mostSharedKeys) return keys.with(name, checkKey);
      checkKey(name);
      if (keys instanceof KeyPath) return [...keys.keys(), name];
      keys.push(name);
      return keys;
    },
    object: (keys, values) => {
      if (keys instanceof KeyPath) return keys.setOf(values);
      return AttrSet.from(keys.map((name, index) => [name, values[index] as Value]));
    },
  };
  return new JsonParser(text, builder).parse();
}

/** Objects with more keys than these are hardly like each other. */
const mostSharedKeys = 64;

/** The keys of an object, in their order in the text: objects with the same keys have the same path, and so one shape. */
class KeyPath {
  readonly length: number;
  private readonly parent: KeyPath | undefined;
  private readonly key: string;
  /** Of the longer paths the one that was needed last, and all when there are several. */
  private last: KeyPath | undefined;
  private longer: Map<string, KeyPath> | undefined;
  private shape: Shape | undefined;
  /** For each name of the shape, where its value is. */
  private order: readonly number[] = [];

  constructor(parent?: KeyPath, key = "") {
    this.length = parent === undefined ? 0 : parent.length + 1;
    this.parent = parent;
    this.key = key;
  }

  /** The path with one more key. A key that was not seen here before is given to `check` first. */
  with(key: string, check: (key: string) => void): KeyPath {
    const { last } = this;
    if (last?.key === key) return last;
    let longer = this.longer?.get(key);
    if (longer === undefined) {
      check(key);
      longer = new KeyPath(this, key);
      if (last !== undefined) {
        this.longer ??= new Map([[last.key, last]]);
        this.longer.set(key, longer);
      }
    }
    this.last = longer;
    return longer;
  }

  keys(): string[] {
    const keys: string[] = [];
    for (let path: KeyPath = this; path.parent !== undefined; path = path.parent) keys.push(path.key);
    return keys.reverse();
  }

  /** The set with these values. */
  setOf(values: readonly Lazy[]): AttrSet {
    if (this.length === 0) return AttrSet.empty;
    if (this.shape === undefined) {
      const places = new Map(this.keys().map((key, place) => [key, place]));
      const names = [...places.keys()].sort();
      this.shape = Shape.unique(names);
      this.order = names.map((name) => places.get(name) as number);
    }
    const { order } = this;
    const sorted = new Array<Lazy>(order.length);
    for (let i = 0; i < order.length; i++) sorted[i] = values[order[i] as number] as Lazy;
    return new AttrSet(this.shape, sorted);
  }
}

function integerFromJson(digits: string): Value {
  const small = Number(digits);
  if (Number.isSafeInteger(small)) return small + 0;
  const value = intFromBigInt(BigInt(digits));
  if (value !== undefined) return value;
  throw new NixError("eval", `unsigned json number ${digits} outside of Nix integer range`);
}

/** A byte string with UTF-8 in it as JSON. */
export function quoteJson(text: string): string {
  return needsEscape.test(text) ? `"${escapeUnits(text)}"` : `"${text}"`;
}

function escapeUnits(text: string): string {
  let escaped = "";
  let copied = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x20 && code !== 0x22 && code !== 0x5c) continue;
    escaped += text.slice(copied, at) + escapeUnit(text.charAt(at));
    copied = at + 1;
  }
  return escaped + text.slice(copied);
}

/** The keys of so many shapes are remembered: sets that are alike have one. */
const mostShapes = 1000;

class JsonWriter {
  private readonly interpreter: Interpreter;
  private readonly collector: ContextCollector;
  private readonly options: JsonOptions;
  private readonly json = new TextBuilder();
  /** Quoted keys with what stands around them, which many sets have in common; each is made when it is written. */
  private readonly keys = new Map<Shape, (string | undefined)[]>();
  /** What is wrong with the first string that is not UTF-8. C++ Nix notices only when everything is evaluated. */
  private fault: string | undefined;

  constructor(interpreter: Interpreter, collector: ContextCollector, options: JsonOptions) {
    this.interpreter = interpreter;
    this.collector = collector;
    this.options = options;
  }

  writeAll(lazy: Lazy, pos: Pos): string {
    this.write(lazy, pos);
    if (this.fault === undefined) return this.json.toString();
    if (this.options.isBare) throw new UntracedError("eval", `[json.exception.type_error.316] ${this.fault}`);
    this.options.onFault?.(writtenBeforeFault(this.json.toString()));
    throw new NixError("eval", `JSON serialization error: [json.exception.type_error.316] ${this.fault}`);
  }

  private write(lazy: Lazy, pos: Pos): void {
    const { interpreter } = this;
    interpreter.enterCall(pos);
    this.writeValue(this.evaluated(lazy, pos), pos);
    interpreter.callDepth--;
  }

  private evaluated(lazy: Lazy, pos: Pos): Value {
    if (this.options.strict !== false || !(lazy instanceof Thunk)) return force(lazy, pos);
    if (lazy.isForced) return lazy.value as Value;
    const isCall = isDelayedCall(lazy) || isDelayedPlace(lazy);
    const what = isCall ? "a function application" : lazy.isBlackHole ? "a black hole" : "a thunk";
    const definition = determinePos(lazy, pos);
    throw new NixError("type", `cannot convert ${what} to JSON`, definition);
  }

  private writeValue(value: Value, pos: Pos): void {
    const { interpreter, json } = this;
    if (typeof value === "string") this.writeString(value);
    else if (value === null || typeof value === "boolean" || typeof value === "number" || typeof value === "bigint") {
      json.add(String(value));
    } else if (value instanceof ContextString) {
      this.collector.add(value.context);
      this.writeString(value.text);
    } else if (value instanceof NixFloat) json.add(formatJsonFloat(value.value));
    else if (value instanceof NixPath) {
      const { copyToStore = true } = this.options;
      this.writeString(coerceToString(interpreter, value, pos, this.collector, "", { copyToStore }));
    } else if (isListValue(value)) this.writeList(value, pos);
    else if (value instanceof AttrSet) {
      if (!value.has("__toString") && !value.has("outPath")) this.writeSet(value);
      else if (interpreter.hasNewMessages) {
        standIn(interpreter, value, pos, (found, fromToString, at) => this.writeStandIn(found, fromToString, pos, at));
      } else this.writeOldStandIn(value, pos);
    } else {
      const functionPos = value instanceof Lambda ? value.stage.pos : pos;
      throw new NixError("type", `cannot convert ${describeType(value)} to JSON`, functionPos);
    }
  }

  /** What stands for a set. Paths that a `__toString` gives are not copied. */
  private writeStandIn(value: Value, fromToString: boolean, pos: Pos, at: Pos): void {
    const isText = typeof value === "string" || value instanceof ContextString || value instanceof NixPath;
    if (fromToString && !isText) {
      const verb = value instanceof AttrSet ? "must" : "should";
      const message = `\`__toString\` ${verb} return a string, but got ${this.interpreter.describe(value)}`;
      throw new NixError("type", message, at);
    }
    if (value instanceof AttrSet) this.writeSet(value);
    else if (fromToString && value instanceof NixPath) this.writeString(value.path);
    else this.write(value, pos);
  }

  /** The same as C++ Nix 2.34 does it. */
  private writeOldStandIn(set: AttrSet, pos: Pos): void {
    const text = callToString(this.interpreter, set, pos, this.collector, { copyToStore: false });
    const outPath = set.get("outPath");
    if (text !== undefined) this.writeString(text);
    else if (outPath === undefined) this.writeSet(set);
    else this.write(outPath, set.positionOf("outPath"));
  }

  private writeString(text: string): void {
    this.json.add(this.quoted(text));
  }

  private quoted(text: string): string {
    if (!special.test(text)) return `"${text}"`;
    if (nonAscii.test(text)) this.fault ??= findUtf8Fault(text);
    return quoteJson(text);
  }

  private writeList(list: readonly Lazy[], pos: Pos): void {
    const { json } = this;
    json.add("[");
    for (let index = 0; index < list.length; index++) {
      if (index > 0) json.add(",");
      try {
        this.write(list[index] as Lazy, pos);
      } catch (error) {
        throw addFrame(error, `while evaluating list element at index ${index}`, pos);
      }
    }
    json.add("]");
  }

  private writeSet({ shape, values, positions }: AttrSet): void {
    const { json } = this;
    const { names } = shape;
    const keys = this.keysOf(shape);
    json.add("{");
    for (let index = 0; index < names.length; index++) {
      const name = names[index] as string;
      let key = keys[index];
      if (key === undefined) {
        key = `${index > 0 ? "," : ""}${this.quoted(name)}:`;
        keys[index] = key;
      }
      json.add(key);
      const pos = positions === undefined ? noPos : (positions[index] as Pos);
      try {
        this.write(values[index] as Lazy, pos);
      } catch (error) {
        throw addFrame(error, `while evaluating attribute '${printAttrName(name)}'`, pos);
      }
    }
    json.add("}");
  }

  private keysOf(shape: Shape): (string | undefined)[] {
    let keys = this.keys.get(shape);
    if (keys === undefined) {
      keys = new Array<string | undefined>(shape.names.length).fill(undefined);
      if (this.keys.size < mostShapes) this.keys.set(shape, keys);
    }
    return keys;
  }
}

const special = /["\\\x00-\x1f\x80-\xff]/;
const nonAscii = /[\x80-\xff]/;
const needsEscape = /["\\\x00-\x1f]/;
const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

function escapeUnit(unit: string): string {
  return escapes[unit] ?? `\\u00${unit.charCodeAt(0).toString(16).padStart(2, "0")}`;
}
