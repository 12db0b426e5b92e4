// Values as XML, for `builtins.toXML` and `--xml`: two spaces a level, attributes sorted, derivations shown once.
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos } from "../source/position.ts";
import { TextBuilder } from "../source/text-builder.ts";
import { AttrSet } from "../value/attr-set.ts";
import { formatSignificant } from "../value/float-format.ts";
import { isFunction, Lambda } from "../value/function.ts";
import { isDerivation, showPath } from "../value/print.ts";
import { ContextString } from "../value/string-context.ts";
import { force, Thunk } from "../value/thunk.ts";
import { isInt, isListValue, type Lazy, NixFloat, NixPath, type Value } from "../value/value.ts";
import type { ContextCollector } from "./coerce.ts";
import type { Interpreter } from "./interpreter.ts";

export interface XmlOptions {
  /** Whether to force everything; what is not evaluated is `<unevaluated />` otherwise. */
  readonly strict: boolean;
  /** Whether to say where attributes and functions were defined. */
  readonly location: boolean;
}

/** The value as XML. What there is before an error goes to `onError`: C++ Nix prints while it evaluates. */
export function toXml(
  interpreter: Interpreter,
  value: Lazy,
  options: XmlOptions,
  collector: ContextCollector,
  pos: Pos = noPos,
  onError?: (begun: string) => void,
): string {
  const writer = new XmlWriter(interpreter, options, collector);
  try {
    return writer.writeAll(value, pos);
  } catch (error) {
    onError?.(writer.xml.toString());
    throw error;
  }
}

class XmlWriter {
  readonly xml = new TextBuilder();
  private readonly interpreter: Interpreter;
  private readonly options: XmlOptions;
  private readonly collector: ContextCollector;
  private readonly drvsSeen = new Set<string>();

  constructor(interpreter: Interpreter, options: XmlOptions, collector: ContextCollector) {
    this.interpreter = interpreter;
    this.options = options;
    this.collector = collector;
  }

  writeAll(lazy: Lazy, pos: Pos): string {
    this.xml.add("<?xml version='1.0' encoding='utf-8'?>\n");
    this.element("expr", "", 0, (depth) => this.write(lazy, pos, depth));
    return this.xml.toString();
  }

  private write(lazy: Lazy, pos: Pos, depth: number): void {
    const { interpreter } = this;
    interpreter.enterCall(pos);
    const value = this.options.strict ? force(lazy, pos) : evaluated(lazy);
    if (value === undefined) this.leaf("unevaluated", "", depth);
    else this.writeValue(value, pos, depth);
    interpreter.callDepth--;
  }

  private writeValue(value: Value, pos: Pos, depth: number): void {
    const leaf = (tag: string, text: string): void => this.leaf(tag, attribute("value", text), depth);
    if (value === null) this.leaf("null", "", depth);
    else if (typeof value === "boolean") leaf("bool", String(value));
    else if (isInt(value)) leaf("int", String(value));
    else if (typeof value === "string") leaf("string", value);
    else if (value instanceof ContextString) {
      this.collector.add(value.context);
      leaf("string", value.text);
    } else if (value instanceof NixFloat) leaf("float", formatSignificant(value));
    else if (value instanceof NixPath) leaf("path", showPath(value));
    else if (isListValue(value)) {
      this.element("list", "", depth, (inside) => {
        for (const item of value) this.write(item, pos, inside);
      });
    } else if (value instanceof AttrSet) this.writeSet(value, depth);
    else if (isFunction(value)) this.writeFunction(value, depth);
    else throw new NixError("type", "this value cannot be shown as XML");
  }

  private writeSet(set: AttrSet, depth: number): void {
    if (!isDerivation(set)) {
      this.element("attrs", "", depth, (inside) => this.members(set, inside));
      return;
    }
    const drvPath = this.pathAttribute(set, "drvPath");
    const outPath = this.pathAttribute(set, "outPath");
    const attributes = attribute("drvPath", drvPath) + attribute("outPath", outPath);
    const isNew = drvPath !== undefined && drvPath !== "" && !this.drvsSeen.has(drvPath);
    if (isNew) this.drvsSeen.add(drvPath);
    this.element("derivation", attributes, depth, (inside) => {
      if (isNew) this.members(set, inside);
      else this.leaf("repeated", "", inside);
    });
  }

  private pathAttribute(set: AttrSet, name: string): string | undefined {
    const lazy = set.get(name);
    if (lazy === undefined) return undefined;
    const value = this.options.strict ? force(lazy, set.positionOf(name)) : evaluated(lazy);
    if (typeof value === "string") return value;
    return value instanceof ContextString ? value.text : undefined;
  }

  private members(set: AttrSet, depth: number): void {
    const { names, values } = set;
    for (let index = 0; index < names.length; index++) {
      const pos = set.positionAt(index);
      const attributes = this.place(pos, attribute("name", names[index]));
      this.element("attr", attributes, depth, (inside) => this.write(values[index] as Lazy, pos, inside));
    }
  }

  private writeFunction(value: Value, depth: number): void {
    if (!(value instanceof Lambda)) {
      this.leaf("unevaluated", "", depth);
      return;
    }
    const { pos, formals, ellipsis, param } = value.stage;
    this.element("function", this.place(pos, ""), depth, (inside) => {
      if (formals === undefined) {
        this.leaf("varpat", attribute("name", param ?? ""), inside);
        return;
      }
      const attributes = attribute("ellipsis", ellipsis ? "1" : undefined) + attribute("name", param);
      this.element("attrspat", attributes, inside, (innermost) => {
        for (const name of formals.map((formal) => formal.name).sort())
          this.leaf("attr", attribute("name", name), innermost);
      });
    });
  }

  /** The attributes that say where something was written, around those that are sorted between them. */
  private place(pos: Pos, attributes: string): string {
    const place = this.options.location ? this.interpreter.positions.resolve(pos) : undefined;
    if (place === undefined) return attributes;
    const { origin } = place.source;
    const path = origin.kind === "file" ? origin.path : origin.kind === "internal" ? `/${origin.name}` : undefined;
    const [line, column] = [String(place.line), String(place.column)];
    return attribute("column", column) + attribute("line", line) + attributes + attribute("path", path);
  }

  /** `attributes` is their text, sorted by name. */
  private element(tag: string, attributes: string, depth: number, body: (depth: number) => void): void {
    const { xml } = this;
    const margin = marginOf(depth);
    xml.add(`${margin}<${tag}${attributes}>\n`);
    try {
      body(depth + 1);
    } finally {
      xml.add(`${margin}</${tag}>\n`);
    }
  }

  private leaf(tag: string, attributes: string, depth: number): void {
    this.xml.add(`${marginOf(depth)}<${tag}${attributes} />\n`);
  }
}

const margins: string[] = [];

function marginOf(depth: number): string {
  margins[depth] ??= "  ".repeat(depth);
  return margins[depth];
}

function evaluated(lazy: Lazy): Value | undefined {
  if (!(lazy instanceof Thunk)) return lazy;
  return lazy.isForced ? (lazy.value as Value) : undefined;
}

const xmlEscapes: Readonly<Record<string, string>> = {
  '"': "&quot;",
  "<": "&lt;",
  ">": "&gt;",
  "&": "&amp;",
  "\n": "&#xA;",
};

const escaped = /["<>&\n]/g;

/** ` name="value"`, or nothing without a value. */
function attribute(name: string, value: string | undefined): string {
  if (value === undefined) return "";
  return ` ${name}="${value.replace(escaped, (unit) => xmlEscapes[unit] as string)}"`;
}
