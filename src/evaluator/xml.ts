// Values as XML, for `builtins.toXML` and `--xml`: two spaces a level, attributes sorted, derivations shown once.
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos } from "../source/position.ts";
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
    onError?.(writer.xml);
    throw error;
  }
}

type XmlAttributes = Readonly<Record<string, string>>;

class XmlWriter {
  xml = "";
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
    this.xml = "<?xml version='1.0' encoding='utf-8'?>\n";
    this.element("expr", {}, "", (indent) => this.write(lazy, pos, indent));
    return this.xml;
  }

  private write(lazy: Lazy, pos: Pos, indent: string): void {
    const { interpreter } = this;
    interpreter.enterCall(pos);
    const value = this.options.strict ? force(lazy, pos) : evaluated(lazy);
    if (value === undefined) this.leaf("unevaluated", {}, indent);
    else this.writeValue(value, pos, indent);
    interpreter.callDepth--;
  }

  private writeValue(value: Value, pos: Pos, indent: string): void {
    const leaf = (tag: string, text: string): void => this.leaf(tag, { value: text }, indent);
    if (value === null) this.leaf("null", {}, indent);
    else if (typeof value === "boolean") leaf("bool", String(value));
    else if (isInt(value)) leaf("int", String(value));
    else if (typeof value === "string") leaf("string", value);
    else if (value instanceof ContextString) {
      this.collector.add(value.context);
      leaf("string", value.text);
    } else if (value instanceof NixFloat) leaf("float", formatSignificant(value));
    else if (value instanceof NixPath) leaf("path", showPath(value));
    else if (isListValue(value)) {
      this.element("list", {}, indent, (inner) => {
        for (const item of value) this.write(item, pos, inner);
      });
    } else if (value instanceof AttrSet) this.writeSet(value, indent);
    else if (isFunction(value)) this.writeFunction(value, indent);
    else throw new NixError("type", "this value cannot be shown as XML");
  }

  private writeSet(set: AttrSet, indent: string): void {
    if (!isDerivation(set)) {
      this.element("attrs", {}, indent, (inner) => this.members(set, inner));
      return;
    }
    const drvPath = this.pathAttribute(set, "drvPath");
    const outPath = this.pathAttribute(set, "outPath");
    const attributes = { ...(drvPath !== undefined && { drvPath }), ...(outPath !== undefined && { outPath }) };
    const isNew = drvPath !== undefined && drvPath !== "" && !this.drvsSeen.has(drvPath);
    if (isNew) this.drvsSeen.add(drvPath);
    this.element("derivation", attributes, indent, (inner) => {
      if (isNew) this.members(set, inner);
      else this.leaf("repeated", {}, inner);
    });
  }

  private pathAttribute(set: AttrSet, name: string): string | undefined {
    const lazy = set.get(name);
    if (lazy === undefined) return undefined;
    const value = this.options.strict ? force(lazy, set.positionOf(name)) : evaluated(lazy);
    if (typeof value === "string") return value;
    return value instanceof ContextString ? value.text : undefined;
  }

  private members(set: AttrSet, indent: string): void {
    for (const [index, name] of set.names.entries()) {
      const pos = set.positionAt(index);
      const attributes = { name, ...this.place(pos) };
      this.element("attr", attributes, indent, (inner) => this.write(set.values[index] as Lazy, pos, inner));
    }
  }

  private writeFunction(value: Value, indent: string): void {
    if (!(value instanceof Lambda)) {
      this.leaf("unevaluated", {}, indent);
      return;
    }
    const { pos, formals, ellipsis, param } = value.stage;
    this.element("function", this.place(pos), indent, (inner) => {
      if (formals === undefined) {
        this.leaf("varpat", { name: param ?? "" }, inner);
        return;
      }
      const attributes = { ...(ellipsis && { ellipsis: "1" }), ...(param !== undefined && { name: param }) };
      this.element("attrspat", attributes, inner, (innermost) => {
        for (const name of formals.map((formal) => formal.name).sort()) this.leaf("attr", { name }, innermost);
      });
    });
  }

  private place(pos: Pos): XmlAttributes {
    const place = this.options.location ? this.interpreter.positions.resolve(pos) : undefined;
    if (place === undefined) return {};
    const { origin } = place.source;
    const path =
      origin.kind === "file" ? { path: origin.path } : origin.kind === "internal" ? { path: `/${origin.name}` } : {};
    return { ...path, line: String(place.line), column: String(place.column) };
  }

  private element(tag: string, attributes: XmlAttributes, indent: string, body: (indent: string) => void): void {
    this.xml += `${indent}<${tag}${showAttributes(attributes)}>\n`;
    try {
      body(`${indent}  `);
    } finally {
      this.xml += `${indent}</${tag}>\n`;
    }
  }

  private leaf(tag: string, attributes: XmlAttributes, indent: string): void {
    this.xml += `${indent}<${tag}${showAttributes(attributes)} />\n`;
  }
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

function showAttributes(attributes: XmlAttributes): string {
  return Object.keys(attributes)
    .sort()
    .map(
      (name) => ` ${name}="${(attributes[name] as string).replace(/["<>&\n]/g, (unit) => xmlEscapes[unit] ?? unit)}"`,
    )
    .join("");
}
