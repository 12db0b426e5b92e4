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

export function toXml(
  interpreter: Interpreter,
  value: Lazy,
  options: XmlOptions,
  collector: ContextCollector,
  pos: Pos = noPos,
): string {
  const writer = new XmlWriter(interpreter, options, collector);
  return `<?xml version='1.0' encoding='utf-8'?>\n<expr>\n${writer.write(value, pos, "  ")}</expr>\n`;
}

type XmlAttributes = Readonly<Record<string, string>>;

class XmlWriter {
  private readonly interpreter: Interpreter;
  private readonly options: XmlOptions;
  private readonly collector: ContextCollector;
  private readonly drvsSeen = new Set<string>();

  constructor(interpreter: Interpreter, options: XmlOptions, collector: ContextCollector) {
    this.interpreter = interpreter;
    this.options = options;
    this.collector = collector;
  }

  write(lazy: Lazy, pos: Pos, indent: string): string {
    const { interpreter } = this;
    interpreter.enterCall(pos);
    const value = this.options.strict ? force(lazy, pos) : evaluated(lazy);
    const xml = value === undefined ? `${indent}<unevaluated />\n` : this.writeValue(value, pos, indent);
    interpreter.callDepth--;
    return xml;
  }

  private writeValue(value: Value, pos: Pos, indent: string): string {
    const leaf = (tag: string, text: string): string => `${indent}${emptyElement(tag, { value: text })}\n`;
    if (value === null) return `${indent}<null />\n`;
    if (typeof value === "boolean") return leaf("bool", String(value));
    if (isInt(value)) return leaf("int", String(value));
    if (typeof value === "string") return leaf("string", value);
    if (value instanceof ContextString) {
      this.collector.add(value.context);
      return leaf("string", value.text);
    }
    if (value instanceof NixFloat) return leaf("float", formatSignificant(value.value));
    if (value instanceof NixPath) return leaf("path", showPath(value));
    if (isListValue(value)) {
      const items = value.map((item) => this.write(item, pos, `${indent}  `)).join("");
      return this.element("list", {}, items, indent);
    }
    if (value instanceof AttrSet) return this.writeSet(value, indent);
    if (isFunction(value)) return this.writeFunction(value, indent);
    throw new NixError("type", "this value cannot be shown as XML");
  }

  private writeSet(set: AttrSet, indent: string): string {
    if (!isDerivation(set)) return this.element("attrs", {}, this.members(set, `${indent}  `), indent);
    const drvPath = this.pathAttribute(set, "drvPath");
    const outPath = this.pathAttribute(set, "outPath");
    const attributes = { ...(drvPath !== undefined && { drvPath }), ...(outPath !== undefined && { outPath }) };
    const isNew = drvPath !== undefined && drvPath !== "" && !this.drvsSeen.has(drvPath);
    if (isNew) this.drvsSeen.add(drvPath);
    const body = isNew ? this.members(set, `${indent}  `) : `${indent}  <repeated />\n`;
    return this.element("derivation", attributes, body, indent);
  }

  private pathAttribute(set: AttrSet, name: string): string | undefined {
    const lazy = set.get(name);
    if (lazy === undefined) return undefined;
    const value = this.options.strict ? force(lazy, set.positionOf(name)) : evaluated(lazy);
    if (typeof value === "string") return value;
    return value instanceof ContextString ? value.text : undefined;
  }

  private members(set: AttrSet, indent: string): string {
    let xml = "";
    for (const [index, name] of set.names.entries()) {
      const pos = set.positionAt(index);
      const attributes = { name, ...this.place(pos) };
      xml += this.element("attr", attributes, this.write(set.values[index] as Lazy, pos, `${indent}  `), indent);
    }
    return xml;
  }

  private writeFunction(value: Value, indent: string): string {
    if (!(value instanceof Lambda)) return `${indent}<unevaluated />\n`;
    const { pos, formals, ellipsis, param } = value.stage;
    const place = this.place(pos);
    const inner = `${indent}  `;
    if (formals === undefined) {
      return this.element("function", place, `${inner}${emptyElement("varpat", { name: param ?? "" })}\n`, indent);
    }
    const names = formals.map(({ name }) => name).sort();
    const attributes = { ...(ellipsis && { ellipsis: "1" }), ...(param !== undefined && { name: param }) };
    const list = names.map((name) => `${inner}  ${emptyElement("attr", { name })}\n`).join("");
    return this.element("function", place, this.element("attrspat", attributes, list, inner), indent);
  }

  private place(pos: Pos): XmlAttributes {
    const place = this.options.location ? this.interpreter.positions.resolve(pos) : undefined;
    if (place === undefined) return {};
    const { origin } = place.source;
    const path = origin.kind === "file" ? { path: origin.path } : {};
    return { ...path, line: String(place.line), column: String(place.column) };
  }

  private element(tag: string, attributes: XmlAttributes, body: string, indent: string): string {
    return `${indent}<${tag}${showAttributes(attributes)}>\n${body}${indent}</${tag}>\n`;
  }
}

function evaluated(lazy: Lazy): Value | undefined {
  if (!(lazy instanceof Thunk)) return lazy;
  return lazy.isForced ? (lazy.value as Value) : undefined;
}

function emptyElement(tag: string, attributes: XmlAttributes): string {
  return `<${tag}${showAttributes(attributes)} />`;
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
