// Syntax trees as numbers, for keeping them in files: children first, one word for each kind, position, name and child.
// A tree that comes back is a view: nodes are made when somebody looks at them, since most of a large file is never
// evaluated. What the resolver found out about variables is kept too.
import { noPos, type Pos } from "../source/position.ts";
import type {
  AttrDef,
  AttrName,
  AttrsExpr,
  BinaryOperator,
  DynamicAttrDef,
  Expr,
  Formal,
  Formals,
  Frame,
  LambdaExpr,
  Layout,
  VarBinding,
  VarExpr,
} from "./ast.ts";

/** A packed tree with the strings that its words refer to. Positions count from the start of the source, from 1. */
export interface PackedTree {
  readonly words: Int32Array;
  readonly strings: StringPool;
}

/** Byte strings by number. */
export interface StringPool {
  readonly count: number;
  at(index: number): string;
}

const kinds = [
  "int",
  "largeInt",
  "float",
  "string",
  "path",
  "concatStrings",
  "var",
  "select",
  "hasAttr",
  "attrs",
  "list",
  "lambda",
  "call",
  "let",
  "with",
  "if",
  "assert",
  "not",
  "binary",
  "curPos",
] as const;
type Kind = (typeof kinds)[number];
const codeOf = Object.fromEntries(kinds.map((kind, code) => [kind, code])) as Readonly<Record<Kind, number>>;
const operators: readonly BinaryOperator[] = ["==", "!=", "&&", "||", "->", "//", "++"];
const definitionKinds: readonly AttrDef["kind"][] = ["plain", "inherited", "inheritedFrom"];
const none = -1;
const int32 = 2 ** 31;

/** Packs a resolved tree whose source begins at `base`. The last word is where the root is. */
export function packTree(expr: Expr, base: Pos): { readonly words: Int32Array; readonly strings: readonly string[] } {
  const packer = new Packer(base);
  const root = packer.expr(expr);
  packer.words.push(root);
  return { words: Int32Array.from(packer.words), strings: [...packer.strings.keys()] };
}

class Packer {
  readonly words: number[] = [];
  readonly strings = new Map<string, number>();
  private readonly base: Pos;

  constructor(base: Pos) {
    this.base = base;
  }

  private string(text: string): number {
    let index = this.strings.get(text);
    if (index === undefined) {
      index = this.strings.size;
      this.strings.set(text, index);
    }
    return index;
  }

  private pos(pos: Pos): number {
    return pos === noPos ? 0 : pos - this.base + 1;
  }

  private node(kind: Kind, pos: Pos, fields: readonly number[]): number {
    const at = this.words.length;
    this.words.push(codeOf[kind], this.pos(pos));
    for (const field of fields) this.words.push(field);
    return at;
  }

  private optional(expr: Expr | undefined): number {
    return expr === undefined ? none : this.expr(expr);
  }

  private listOf(exprs: readonly Expr[]): number[] {
    return [exprs.length, ...exprs.map((item) => this.expr(item))];
  }

  private path(path: readonly AttrName[]): number[] {
    return [
      path.length,
      ...path.flatMap((name) => [
        name.kind === "static" ? 0 : 1,
        this.pos(name.pos),
        name.kind === "static" ? this.string(name.name) : this.expr(name.expr),
      ]),
    ];
  }

  private layout(layout: Layout | undefined): number[] {
    if (layout === undefined) return [none, 0];
    return [layout.frame === undefined ? 0 : layout.frame.size, layout.firstSlot];
  }

  expr(expr: Expr): number {
    const { pos } = expr;
    switch (expr.kind) {
      case "int":
        return typeof expr.value === "number" && expr.value < int32
          ? this.node("int", pos, [expr.value])
          : this.node("largeInt", pos, [this.string(String(expr.value))]);
      case "float":
        return this.node("float", pos, [this.string(String(expr.value))]);
      case "string":
        return this.node("string", pos, [this.string(expr.value)]);
      case "path":
        return this.node("path", pos, [this.string(expr.value)]);
      case "concatStrings": {
        const parts = expr.parts.flatMap((part) => [this.pos(part.pos), this.expr(part.expr)]);
        return this.node("concatStrings", pos, [expr.forceString ? 1 : 0, expr.parts.length, ...parts]);
      }
      case "var":
        return this.node("var", pos, [this.string(expr.name), ...this.binding(expr.binding)]);
      case "select": {
        const [target, fallback, path] = [this.expr(expr.expr), this.optional(expr.fallback), this.path(expr.path)];
        return this.node("select", pos, [expr.isPlacedLate ? 1 : 0, target, fallback, ...path]);
      }
      case "hasAttr":
        return this.node("hasAttr", pos, [this.expr(expr.expr), ...this.path(expr.path)]);
      case "attrs":
        return this.attrs(expr);
      case "list":
        return this.node("list", pos, this.listOf(expr.items));
      case "lambda":
        return this.lambda(expr);
      case "call":
        return this.node("call", pos, [this.expr(expr.fn), ...this.listOf(expr.args)]);
      case "let":
        return this.node("let", pos, [this.expr(expr.attrs), this.expr(expr.body)]);
      case "with":
        return this.node("with", pos, [this.expr(expr.attrs), this.expr(expr.body), ...this.layout(expr.layout)]);
      case "if":
        return this.node("if", pos, [this.expr(expr.condition), this.expr(expr.then), this.expr(expr.else)]);
      case "assert":
        return this.node("assert", pos, [this.expr(expr.condition), this.expr(expr.body)]);
      case "not":
        return this.node("not", pos, [this.expr(expr.expr)]);
      case "binary": {
        const flags = operators.indexOf(expr.operator) * 2 + (expr.isPlacedLate ? 1 : 0);
        return this.node("binary", pos, [flags, this.expr(expr.left), this.expr(expr.right)]);
      }
      case "curPos":
        return this.node("curPos", pos, []);
    }
  }

  private binding(binding: VarBinding | undefined): number[] {
    switch (binding?.kind) {
      case "slot":
        return [0, binding.depth, binding.slot];
      case "with":
        return [2, binding.withs.length, ...binding.withs.flatMap((one) => [one.depth, one.slot, this.pos(one.pos)])];
      default:
        return [1];
    }
  }

  private attrs(expr: AttrsExpr): number {
    const definitions = [...expr.attrs].flatMap(([name, def]) => [
      this.string(name),
      this.pos(def.pos),
      definitionKinds.indexOf(def.kind),
      def.kind === "inheritedFrom" ? def.from : this.expr(def.value),
    ]);
    const dynamic = expr.dynamic.flatMap((def) => [this.pos(def.pos), this.expr(def.name), this.expr(def.value)]);
    const sources = this.listOf(expr.inheritFrom);
    const counts = [expr.recursive ? 1 : 0, ...this.layout(expr.layout), expr.attrs.size, expr.dynamic.length];
    return this.node("attrs", expr.pos, [...counts, ...definitions, ...dynamic, ...sources]);
  }

  private lambda(expr: LambdaExpr): number {
    const { param, formals, frame, name, doc } = expr;
    const text = (value: string | undefined): number => (value === undefined ? none : this.string(value));
    const list = formals?.list.flatMap((formal) => [
      this.string(formal.name),
      this.pos(formal.pos),
      this.optional(formal.fallback),
    ]);
    const body = this.expr(expr.body);
    return this.node("lambda", expr.pos, [
      ...[body, frame?.size ?? 0, text(param), text(name)],
      ...(doc === undefined ? [0, 0] : [this.pos(doc.start), this.pos(doc.end)]),
      ...(formals === undefined ? [none] : [formals.list.length, formals.ellipsis ? 1 : 0, ...list!]),
    ]);
  }
}

/** The root of a packed tree, as a tree whose source begins at `base`. */
export function viewTree({ words, strings }: PackedTree, base: Pos): Expr {
  return new Tree(words, strings, base).expr(words[words.length - 1] as number);
}

/** Where views read. */
class Tree {
  readonly words: Int32Array;
  private readonly strings: StringPool;
  private readonly base: Pos;

  constructor(words: Int32Array, strings: StringPool, base: Pos) {
    this.words = words;
    this.strings = strings;
    this.base = base;
  }

  word(at: number): number {
    return this.words[at] as number;
  }

  string(at: number): string {
    return this.strings.at(this.word(at));
  }

  optionalString(at: number): string | undefined {
    return this.word(at) === none ? undefined : this.string(at);
  }

  pos(at: number): Pos {
    const offset = this.word(at);
    return offset === 0 ? noPos : this.base + offset - 1;
  }

  child(at: number): Expr {
    return this.expr(this.word(at));
  }

  optionalChild(at: number): Expr | undefined {
    return this.word(at) === none ? undefined : this.child(at);
  }

  /** The children of a list whose length is at `at`. */
  children(at: number): Expr[] {
    const items: Expr[] = [];
    for (let i = 1; i <= this.word(at); i++) items.push(this.child(at + i));
    return items;
  }

  path(at: number): AttrName[] {
    const names: AttrName[] = [];
    const count = this.word(at);
    for (let i = 0; i < count; i++) {
      const start = at + 1 + 3 * i;
      const pos = this.pos(start + 1);
      names.push(
        this.word(start) === 0
          ? { kind: "static", pos, name: this.string(start + 2) }
          : { kind: "dynamic", pos, expr: this.child(start + 2) },
      );
    }
    return names;
  }

  layout(at: number): Layout | undefined {
    const size = this.word(at);
    if (size === none) return undefined;
    return { frame: size === 0 ? undefined : { size }, firstSlot: this.word(at + 1) };
  }

  expr(at: number): Expr {
    const pos = this.pos(at + 1);
    const kind = kinds[this.word(at)] as Kind;
    switch (kind) {
      case "int":
        return { kind, pos, value: this.word(at + 2) };
      case "largeInt": {
        const digits = this.string(at + 2);
        const value = Number(digits);
        return { kind: "int", pos, value: value <= Number.MAX_SAFE_INTEGER ? value : BigInt(digits) };
      }
      case "float":
        return { kind, pos, value: Number(this.string(at + 2)) };
      case "string":
      case "path":
        return { kind, pos, value: this.string(at + 2) };
      case "var":
        return { kind, pos, name: this.string(at + 2), binding: this.binding(at + 3) };
      case "curPos":
        return { kind, pos };
      case "list":
        return new ListView(this, at, pos);
      case "select": {
        const [expr, fallback, path] = [this.child(at + 3), this.optionalChild(at + 4), this.path(at + 5)];
        return { kind, pos, isPlacedLate: this.word(at + 2) === 1, expr, path, fallback };
      }
      case "hasAttr":
        return { kind, pos, expr: this.child(at + 2), path: this.path(at + 3) };
      case "not":
        return { kind, pos, expr: this.child(at + 2) };
      case "concatStrings":
        return new ConcatStringsView(this, at, pos);
      case "attrs":
        return new AttrsView(this, at, pos);
      case "lambda":
        return new LambdaView(this, at, pos);
      case "call":
        return new CallView(this, at, pos);
      case "let":
        return new LetView(this, at, pos);
      case "with":
        return new WithView(this, at, pos);
      case "if":
        return new IfView(this, at, pos);
      case "assert":
        return new AssertView(this, at, pos);
      case "binary":
        return new BinaryView(this, at, pos);
    }
  }

  private binding(at: number): VarBinding {
    switch (this.word(at)) {
      case 0:
        return { kind: "slot", depth: this.word(at + 1), slot: this.word(at + 2) };
      case 2: {
        const withs = [];
        for (let i = 0; i < this.word(at + 1); i++) {
          const start = at + 2 + 3 * i;
          withs.push({ depth: this.word(start), slot: this.word(start + 1), pos: this.pos(start + 2) });
        }
        return { kind: "with", withs };
      }
      default:
        return { kind: "global" };
    }
  }
}

abstract class View {
  protected readonly tree: Tree;
  /** The index of the node's first field. */
  protected readonly at: number;
  readonly pos: Pos;

  constructor(tree: Tree, at: number, pos: Pos) {
    this.tree = tree;
    this.at = at + 2;
    this.pos = pos;
  }
}

class ListView extends View {
  readonly kind = "list";

  get items(): readonly Expr[] {
    return this.tree.children(this.at);
  }
}

class ConcatStringsView extends View {
  readonly kind = "concatStrings";

  get forceString(): boolean {
    return this.tree.word(this.at) === 1;
  }

  get parts(): readonly { readonly pos: Pos; readonly expr: Expr }[] {
    const { tree, at } = this;
    const parts = [];
    for (let i = 0; i < tree.word(at + 1); i++) {
      parts.push({ pos: tree.pos(at + 2 + 2 * i), expr: tree.child(at + 3 + 2 * i) });
    }
    return parts;
  }
}

class CallView extends View {
  readonly kind = "call";

  get fn(): Expr {
    return this.tree.child(this.at);
  }

  get args(): readonly Expr[] {
    return this.tree.children(this.at + 1);
  }
}

class LetView extends View {
  readonly kind = "let";

  get attrs(): AttrsExpr {
    return this.tree.child(this.at) as AttrsExpr;
  }

  get body(): Expr {
    return this.tree.child(this.at + 1);
  }
}

class WithView extends View {
  readonly kind = "with";

  get attrs(): Expr {
    return this.tree.child(this.at);
  }

  get body(): Expr {
    return this.tree.child(this.at + 1);
  }

  get layout(): Layout {
    return this.tree.layout(this.at + 2) as Layout;
  }
}

class IfView extends View {
  readonly kind = "if";

  get condition(): Expr {
    return this.tree.child(this.at);
  }

  // biome-ignore lint/suspicious/noThenProperty: nobody awaits syntax.
  get then(): Expr {
    return this.tree.child(this.at + 1);
  }

  get else(): Expr {
    return this.tree.child(this.at + 2);
  }
}

class AssertView extends View {
  readonly kind = "assert";

  get condition(): Expr {
    return this.tree.child(this.at);
  }

  get body(): Expr {
    return this.tree.child(this.at + 1);
  }
}

class BinaryView extends View {
  readonly kind = "binary";

  get operator(): BinaryOperator {
    return operators[this.tree.word(this.at) >> 1] as BinaryOperator;
  }

  get isPlacedLate(): boolean {
    return (this.tree.word(this.at) & 1) === 1;
  }

  get left(): Expr {
    return this.tree.child(this.at + 1);
  }

  get right(): Expr {
    return this.tree.child(this.at + 2);
  }
}

class AttrsView extends View {
  readonly kind = "attrs";

  get recursive(): boolean {
    return this.tree.word(this.at) === 1;
  }

  get layout(): Layout {
    return this.tree.layout(this.at + 1) as Layout;
  }

  private known: ReadonlyMap<string, AttrDef> | undefined;

  get attrs(): ReadonlyMap<string, AttrDef> {
    this.known ??= this.readAttrs();
    return this.known;
  }

  private readAttrs(): ReadonlyMap<string, AttrDef> {
    const { tree, at } = this;
    const attrs = new Map<string, AttrDef>();
    const count = tree.word(at + 3);
    for (let i = 0; i < count; i++) {
      const start = at + 5 + 4 * i;
      const name = tree.string(start);
      const pos = tree.pos(start + 1);
      attrs.set(name, this.definition(definitionKinds[tree.word(start + 2)]!, pos, name, start + 3));
    }
    return attrs;
  }

  private definition(kind: AttrDef["kind"], pos: Pos, name: string, at: number): AttrDef {
    const { tree } = this;
    switch (kind) {
      case "plain":
        return { kind, pos, value: tree.child(at) };
      case "inherited":
        return { kind, pos, value: tree.child(at) as VarExpr };
      case "inheritedFrom":
        return { kind, pos, name, from: tree.word(at) };
    }
  }

  get dynamic(): readonly DynamicAttrDef[] {
    const { tree } = this;
    const start = this.at + 5 + 4 * tree.word(this.at + 3);
    const definitions = [];
    for (let i = 0; i < tree.word(this.at + 4); i++) {
      const at = start + 3 * i;
      definitions.push({ pos: tree.pos(at), name: tree.child(at + 1), value: tree.child(at + 2) });
    }
    return definitions;
  }

  get inheritFrom(): readonly Expr[] {
    const { tree, at } = this;
    return tree.children(at + 5 + 4 * tree.word(at + 3) + 3 * tree.word(at + 4));
  }
}

class LambdaView extends View {
  readonly kind = "lambda";

  get body(): Expr {
    return this.tree.child(this.at);
  }

  /** Lambdas that are merged with the one around them have none. */
  get frame(): Frame | undefined {
    const size = this.tree.word(this.at + 1);
    return size === 0 ? undefined : { size };
  }

  get param(): string | undefined {
    return this.tree.optionalString(this.at + 2);
  }

  get name(): string | undefined {
    return this.tree.optionalString(this.at + 3);
  }

  get doc(): { readonly start: Pos; readonly end: Pos } | undefined {
    const { tree, at } = this;
    return tree.word(at + 4) === 0 ? undefined : { start: tree.pos(at + 4), end: tree.pos(at + 5) };
  }

  get formals(): Formals | undefined {
    const { tree, at } = this;
    const count = tree.word(at + 6);
    if (count === none) return undefined;
    const list: Formal[] = [];
    for (let i = 0; i < count; i++) {
      const start = at + 8 + 3 * i;
      list.push({ name: tree.string(start), pos: tree.pos(start + 1), fallback: tree.optionalChild(start + 2) });
    }
    return { list, ellipsis: tree.word(at + 7) === 1 };
  }
}
