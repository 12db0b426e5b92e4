// Values as XML, for `builtins.toXML` and `--xml`: two spaces a level, attributes sorted, derivations shown once.
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos } from "../source/position.ts";
import { TextBuilder } from "../source/text-builder.ts";
import { AttrSet } from "../value/attr-set.ts";
import { formatSignificant } from "../value/float-format.ts";
import { isFunction, Lambda, type LambdaStage } from "../value/function.ts";
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
  private readonly names = new Map<string, string>();
  private readonly parameters = new Map<LambdaStage, Parameters>();

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
    if (value === null) this.leaf("null", "", depth);
    else if (typeof value === "boolean") this.plainLeaf("bool", String(value), depth);
    else if (isInt(value)) this.plainLeaf("int", String(value), depth);
    else if (typeof value === "string") this.plainLeaf("string", escapeText(value), depth);
    else if (value instanceof ContextString) {
      this.collector.add(value.context);
      this.plainLeaf("string", escapeText(value.text), depth);
    } else if (value instanceof NixFloat) this.plainLeaf("float", formatSignificant(value), depth);
    else if (value instanceof NixPath) this.leaf("path", attribute("value", showPath(value)), depth);
    else if (isListValue(value)) {
      this.begin("list", "", depth);
      try {
        for (let i = 0; i < value.length; i++) this.write(value[i] as Lazy, pos, depth + 1);
      } finally {
        this.end("list", depth);
      }
    } else if (value instanceof AttrSet) this.writeSet(value, depth);
    else if (isFunction(value)) this.writeFunction(value, depth);
    else throw new NixError("type", "this value cannot be shown as XML");
  }

  private writeSet(set: AttrSet, depth: number): void {
    if (!isDerivation(set)) {
      this.begin("attrs", "", depth);
      try {
        this.members(set, depth + 1);
      } finally {
        this.end("attrs", depth);
      }
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
      this.begin("attr", this.place(pos, this.nameOf(names[index] as string)), depth);
      try {
        this.write(values[index] as Lazy, pos, depth + 1);
      } finally {
        this.end("attr", depth);
      }
    }
  }

  /** ` name="…"`, which many attributes have in common. */
  private nameOf(name: string): string {
    let text = this.names.get(name);
    if (text === undefined) {
      text = attribute("name", name);
      this.names.set(name, text);
    }
    return text;
  }

  private writeFunction(value: Value, depth: number): void {
    if (!(value instanceof Lambda)) {
      this.leaf("unevaluated", "", depth);
      return;
    }
    const { stage } = value;
    let parameters = this.parameters.get(stage);
    if (parameters === undefined) {
      parameters = parametersOf(stage);
      this.parameters.set(stage, parameters);
    }
    const { tag, attributes, names } = parameters;
    this.begin("function", this.place(stage.pos, ""), depth);
    if (names === undefined) this.leaf(tag, attributes, depth + 1);
    else {
      this.begin(tag, attributes, depth + 1);
      for (const name of names) this.leaf("attr", name, depth + 2);
      this.end(tag, depth + 1);
    }
    this.end("function", depth);
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
    this.begin(tag, attributes, depth);
    try {
      body(depth + 1);
    } finally {
      this.end(tag, depth);
    }
  }

  private begin(tag: string, attributes: string, depth: number): void {
    this.xml.add(`${marginOf(depth)}<${tag}${attributes}>\n`);
  }

  private end(tag: string, depth: number): void {
    this.xml.add(`${marginOf(depth)}</${tag}>\n`);
  }

  /** A value whose text is escaped already. */
  private plainLeaf(tag: string, text: string, depth: number): void {
    this.xml.add(`${marginOf(depth)}<${tag} value="${text}" />\n`);
  }

  private leaf(tag: string, attributes: string, depth: number): void {
    this.xml.add(`${marginOf(depth)}<${tag}${attributes} />\n`);
  }
}

/** What is said of the parameters of a function: an element with attributes, and of those in it that name one each. */
interface Parameters {
  readonly tag: string;
  readonly attributes: string;
  readonly names: readonly string[] | undefined;
}

function parametersOf({ formals, ellipsis, param }: LambdaStage): Parameters {
  if (formals === undefined) return { tag: "varpat", attributes: attribute("name", param ?? ""), names: undefined };
  const names = formals.map((formal) => formal.name).sort();
  return {
    tag: "attrspat",
    attributes: attribute("ellipsis", ellipsis ? "1" : undefined) + attribute("name", param),
    names: names.map((name) => attribute("name", name)),
  };
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

const special = /["<>&\n]/;
const escaped = /["<>&\n]/g;

function escapeText(text: string): string {
  return special.test(text) ? text.replace(escaped, (unit) => xmlEscapes[unit] as string) : text;
}

/** ` name="value"`, or nothing without a value. */
function attribute(name: string, value: string | undefined): string {
  if (value === undefined) return "";
  return ` ${name}="${escapeText(value)}"`;
}
