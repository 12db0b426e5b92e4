// Values as JSON and JSON as values, as toJSON, fromJSON, `--json` and structured attributes have them. JSON texts are
// byte strings holding UTF-8.
import { bytesFromText, textFromBytes } from "../source/bytes.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos } from "../source/position.ts";
import { AttrSet } from "../value/attr-set.ts";
import { formatJsonFloat } from "../value/float-format.ts";
import { isFunction } from "../value/function.ts";
import { describeType } from "../value/print.ts";
import { ContextString } from "../value/string-context.ts";
import { force, Thunk } from "../value/thunk.ts";
import { isListValue, type Lazy, NixFloat, NixPath, type Value } from "../value/value.ts";
import { type ContextCollector, callToString, coerceToString } from "./coerce.ts";
import { addFrame } from "./expect.ts";
import type { Interpreter } from "./interpreter.ts";

export interface JsonOptions {
  /** Whether paths are copied to the store (the default) or given as they are. */
  readonly copyToStore?: boolean;
  /** Whether to force what is not evaluated yet (the default); otherwise it is an error. */
  readonly strict?: boolean;
}

/** The value as compact JSON with sorted keys; contexts go to the collector. Throws NixError for functions. */
export function toJson(
  interpreter: Interpreter,
  value: Lazy,
  pos: Pos,
  collector: ContextCollector,
  options: JsonOptions = {},
): string {
  return new JsonWriter(interpreter, collector, options).write(value, pos);
}

class JsonWriter {
  private readonly interpreter: Interpreter;
  private readonly collector: ContextCollector;
  private readonly options: JsonOptions;

  constructor(interpreter: Interpreter, collector: ContextCollector, options: JsonOptions) {
    this.interpreter = interpreter;
    this.collector = collector;
    this.options = options;
  }

  write(lazy: Lazy, pos: Pos): string {
    const { interpreter } = this;
    interpreter.enterCall(pos);
    const json = this.writeValue(this.evaluated(lazy, pos), pos);
    interpreter.callDepth--;
    return json;
  }

  private evaluated(lazy: Lazy, pos: Pos): Value {
    if (this.options.strict === false && lazy instanceof Thunk) {
      if (!lazy.isForced) throw new NixError("type", "cannot convert a thunk to JSON", pos);
      return lazy.value as Value;
    }
    return force(lazy, pos);
  }

  private writeValue(value: Value, pos: Pos): string {
    if (value === null || typeof value === "boolean" || typeof value === "number" || typeof value === "bigint") {
      return String(value);
    }
    if (typeof value === "string") return jsonString(value);
    if (value instanceof ContextString) {
      this.collector.add(value.context);
      return jsonString(value.text);
    }
    if (value instanceof NixFloat) return formatJsonFloat(value.value);
    if (value instanceof NixPath) {
      const { copyToStore = true } = this.options;
      return jsonString(coerceToString(this.interpreter, value, pos, this.collector, "", { copyToStore }));
    }
    if (isListValue(value)) return this.writeList(value, pos);
    if (value instanceof AttrSet) {
      const text = callToString(this.interpreter, value, pos, this.collector);
      if (text !== undefined) return jsonString(text);
      const outPath = value.get("outPath");
      return outPath === undefined ? this.writeSet(value) : this.write(outPath, pos);
    }
    throw new NixError("type", `cannot convert ${isFunction(value) ? describeType(value) : "this"} to JSON`, pos);
  }

  private writeList(list: readonly Lazy[], pos: Pos): string {
    const items = list.map((item, index) => {
      try {
        return this.write(item, pos);
      } catch (error) {
        throw addFrame(error, `while evaluating list element at index ${index}`, pos);
      }
    });
    return `[${items.join(",")}]`;
  }

  private writeSet(set: AttrSet): string {
    const members = set.names.map((name, index) => {
      const pos = set.positionAt(index);
      try {
        return `${jsonString(name)}:${this.write(set.values[index] as Lazy, pos)}`;
      } catch (error) {
        throw addFrame(error, `while evaluating attribute '${name}'`, pos);
      }
    });
    return `{${members.join(",")}}`;
  }
}

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

/** A byte string as a JSON string. Throws NixError where it is not UTF-8. */
export function jsonString(text: string): string {
  if (/[\x80-\xff]/.test(text) && bytesFromText(textFromBytes(text)) !== text) throw invalidUtf8(text);
  if (!needsEscape.test(text)) return `"${text}"`;
  const escaped = text.replace(
    /["\\\x00-\x1f]/g,
    (unit) => escapes[unit] ?? `\\u00${unit.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
  return `"${escaped}"`;
}

function invalidUtf8(text: string): NixError {
  const valid = textFromBytes(text).split("\ufffd")[0] ?? "";
  const index = bytesFromText(valid).length;
  const byte = text.charCodeAt(index).toString(16).toUpperCase().padStart(2, "0");
  return new NixError(
    "eval",
    `JSON serialization error: [json.exception.type_error.316] invalid UTF-8 byte at index ${index}: 0x${byte}`,
  );
}

/** The value of a JSON text. Throws NixError for what is not JSON. */
export function valueFromJson(_interpreter: Interpreter, text: string, pos: Pos): Value {
  let parsed: unknown;
  try {
    parsed = JSON.parse(textFromBytes(text), (_, value: unknown, context?: { readonly source?: string }) =>
      typeof value === "number" ? numberFromSource(value, context?.source ?? String(value)) : value,
    );
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new NixError("eval", `cannot parse JSON: ${bytesFromText(error.message)}`, pos);
  }
  return fromParsed(parsed);
}

function numberFromSource(value: number, source: string): number | bigint | NixFloat {
  if (/[.eE]/.test(source)) return new NixFloat(value);
  if (Number.isSafeInteger(value)) return value + 0;
  const integer = BigInt(source);
  if (integer >= -(2n ** 63n) && integer < 2n ** 63n) return integer;
  if (integer >= 2n ** 63n && integer < 2n ** 64n) {
    throw new NixError("eval", `unsigned json number ${source} outside of Nix integer range`);
  }
  return new NixFloat(value);
}

function fromParsed(parsed: unknown): Value {
  if (parsed === null || typeof parsed === "boolean" || typeof parsed === "number" || typeof parsed === "bigint") {
    return parsed;
  }
  if (typeof parsed === "string") return bytesFromText(parsed);
  if (parsed instanceof NixFloat) return parsed;
  if (Array.isArray(parsed)) return parsed.map(fromParsed);
  const entries = Object.entries(parsed as Readonly<Record<string, unknown>>);
  return AttrSet.from(entries.map(([name, value]) => [bytesFromText(name), fromParsed(value), noPos] as const));
}
