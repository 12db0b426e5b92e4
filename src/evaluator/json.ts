// Values as JSON and JSON as values: toJSON, fromJSON, `--json` and structured attributes. JSON texts are byte strings
// holding UTF-8.
import { NixError, UntracedError } from "../source/nix-error.ts";
import { noPos, type Pos } from "../source/position.ts";
import { AttrSet } from "../value/attr-set.ts";
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
  const builder: JsonBuilder<Value> = {
    literal: (value) => value,
    string: (value) => {
      refuseNullBytes(value);
      return value;
    },
    integer: integerFromJson,
    float: (value) => new NixFloat(value),
    array: (items) => items,
    checkKey: (name) => {
      refuseNullBytes(name);
      symbols.add(name);
    },
    object: (members) => AttrSet.from([...members]),
  };
  return new JsonParser(text, builder).parse();
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
  return `"${needsEscape.test(text) ? text.replace(escaped, escapeUnit) : text}"`;
}

class JsonWriter {
  private readonly interpreter: Interpreter;
  private readonly collector: ContextCollector;
  private readonly options: JsonOptions;
  /** What is wrong with the first string that is not UTF-8. C++ Nix notices only when everything is evaluated. */
  private fault: string | undefined;

  constructor(interpreter: Interpreter, collector: ContextCollector, options: JsonOptions) {
    this.interpreter = interpreter;
    this.collector = collector;
    this.options = options;
  }

  writeAll(lazy: Lazy, pos: Pos): string {
    const json = this.write(lazy, pos);
    if (this.fault === undefined) return json;
    if (this.options.isBare) throw new UntracedError("eval", `[json.exception.type_error.316] ${this.fault}`);
    this.options.onFault?.(writtenBeforeFault(json));
    throw new NixError("eval", `JSON serialization error: [json.exception.type_error.316] ${this.fault}`);
  }

  private write(lazy: Lazy, pos: Pos): string {
    const { interpreter } = this;
    interpreter.enterCall(pos);
    const json = this.writeValue(this.evaluated(lazy, pos), pos);
    interpreter.callDepth--;
    return json;
  }

  private evaluated(lazy: Lazy, pos: Pos): Value {
    if (this.options.strict !== false || !(lazy instanceof Thunk)) return force(lazy, pos);
    if (lazy.isForced) return lazy.value as Value;
    const isCall = isDelayedCall(lazy) || isDelayedPlace(lazy);
    const what = isCall ? "a function application" : lazy.isBlackHole ? "a black hole" : "a thunk";
    const definition = determinePos(lazy);
    throw new NixError("type", `cannot convert ${what} to JSON`, definition === noPos ? pos : definition);
  }

  private writeValue(value: Value, pos: Pos): string {
    const { interpreter } = this;
    if (value === null || typeof value === "boolean" || typeof value === "number" || typeof value === "bigint") {
      return String(value);
    }
    if (typeof value === "string") return this.writeString(value);
    if (value instanceof ContextString) {
      this.collector.add(value.context);
      return this.writeString(value.text);
    }
    if (value instanceof NixFloat) return formatJsonFloat(value.value);
    if (value instanceof NixPath) {
      const { copyToStore = true } = this.options;
      return this.writeString(coerceToString(this.interpreter, value, pos, this.collector, "", { copyToStore }));
    }
    if (isListValue(value)) return this.writeList(value, pos);
    if (value instanceof AttrSet && interpreter.hasNewMessages) {
      return standIn(interpreter, value, pos, (found, fromToString, at) =>
        this.writeStandIn(found, fromToString, pos, at),
      );
    }
    if (value instanceof AttrSet) {
      const text = callToString(interpreter, value, pos, this.collector, { copyToStore: false });
      if (text !== undefined) return this.writeString(text);
      const outPath = value.get("outPath");
      return outPath === undefined ? this.writeSet(value) : this.write(outPath, value.positionOf("outPath"));
    }
    const functionPos = value instanceof Lambda ? value.stage.pos : pos;
    throw new NixError("type", `cannot convert ${describeType(value)} to JSON`, functionPos);
  }

  /** What stands for a set. Paths that a `__toString` gives are not copied. */
  private writeStandIn(value: Value, fromToString: boolean, pos: Pos, at: Pos): string {
    const isText = typeof value === "string" || value instanceof ContextString || value instanceof NixPath;
    if (fromToString && !isText) {
      const verb = value instanceof AttrSet ? "must" : "should";
      const message = `\`__toString\` ${verb} return a string, but got ${this.interpreter.describe(value)}`;
      throw new NixError("type", message, at);
    }
    if (value instanceof AttrSet) return this.writeSet(value);
    if (!fromToString || !(value instanceof NixPath)) return this.write(value, pos);
    return this.writeString(value.path);
  }

  private writeString(text: string): string {
    if (nonAscii.test(text)) this.fault ??= findUtf8Fault(text);
    return quoteJson(text);
  }

  private writeList(list: readonly Lazy[], pos: Pos): string {
    let json = "[";
    for (const [index, item] of list.entries()) {
      if (index > 0) json += ",";
      try {
        json += this.write(item, pos);
      } catch (error) {
        throw addFrame(error, `while evaluating list element at index ${index}`, pos);
      }
    }
    return `${json}]`;
  }

  private writeSet(set: AttrSet): string {
    let json = "{";
    for (const [index, name] of set.names.entries()) {
      if (index > 0) json += ",";
      const pos = set.positionAt(index);
      json += `${this.writeString(name)}:`;
      try {
        json += this.write(set.values[index] as Lazy, pos);
      } catch (error) {
        throw addFrame(error, `while evaluating attribute '${printAttrName(name)}'`, pos);
      }
    }
    return `${json}}`;
  }
}

const nonAscii = /[\x80-\xff]/;
const needsEscape = /["\\\x00-\x1f]/;
const escaped = /["\\\x00-\x1f]/g;
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
