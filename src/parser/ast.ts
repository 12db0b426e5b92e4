// The abstract syntax of Nix: what the parser makes and the evaluator compiles. Sugar that Nix's own parser removes is
// removed here too: nested attribute paths are merged, indented strings are stripped, `a - b` is a call of `__sub`.
// Names and literal strings are byte strings. Every `pos` is global (see source/position.ts) and is the one that
// C++ Nix would report for the node.
import type { Pos } from "../source/position.ts";

export type Expr =
  | IntExpr
  | FloatExpr
  | StringExpr
  | PathExpr
  | ConcatStringsExpr
  | VarExpr
  | SelectExpr
  | HasAttrExpr
  | AttrsExpr
  | ListExpr
  | LambdaExpr
  | CallExpr
  | LetExpr
  | WithExpr
  | IfExpr
  | AssertExpr
  | NotExpr
  | BinaryExpr
  | CurPosExpr;

export interface IntExpr {
  readonly kind: "int";
  readonly pos: Pos;
  /** A safe integer as number, a larger one (below 2^63) as bigint. */
  readonly value: number | bigint;
}

export interface FloatExpr {
  readonly kind: "float";
  readonly pos: Pos;
  readonly value: number;
}

/** A string without interpolation (a URI literal too). */
export interface StringExpr {
  readonly kind: "string";
  readonly pos: Pos;
  readonly value: string;
}

/** An absolute, canonical path; relative and `~/` literals are resolved by the parser. */
export interface PathExpr {
  readonly kind: "path";
  readonly pos: Pos;
  readonly value: string;
}

/** A string or path with interpolation (`forceString` true for strings), or `a + b` (two parts, `forceString` false). */
export interface ConcatStringsExpr {
  readonly kind: "concatStrings";
  readonly pos: Pos;
  readonly forceString: boolean;
  readonly parts: readonly { readonly pos: Pos; readonly expr: Expr }[];
}

export interface VarExpr {
  readonly kind: "var";
  readonly pos: Pos;
  readonly name: string;
  /** Where the value is found; the evaluator's resolver sets it. */
  binding?: VarBinding;
}

/** What a variable refers to. Environments are chained arrays; `depth` counts the steps outwards. */
export type VarBinding =
  | { readonly kind: "slot"; readonly depth: number; readonly slot: number }
  | { readonly kind: "global" }
  | { readonly kind: "with"; readonly withs: readonly WithReference[] };

/** An enclosing `with`, innermost first. */
export interface WithReference {
  readonly depth: number;
  readonly slot: number;
  readonly pos: Pos;
}

/** The environment of one function call, of a file, or of a delayed expression with variables of its own. */
export interface Frame {
  /** Slot 0 is the environment around it. */
  size: number;
}

/** Where the variables of a binding construct live; the evaluator's resolver sets it. */
export interface Layout {
  /** A new environment for them, or undefined when they extend the one at hand. */
  readonly frame: Frame | undefined;
  readonly firstSlot: number;
}

/** One step of an attribute path: a static name, or an expression for `${…}` and strings with interpolation. */
export type AttrName =
  | { readonly kind: "static"; readonly pos: Pos; readonly name: string }
  | { readonly kind: "dynamic"; readonly pos: Pos; readonly expr: Expr };

export interface SelectExpr {
  readonly kind: "select";
  readonly pos: Pos;
  /** Whether it has a position only since C++ Nix 2.36: the `let { }` that stands for one. */
  readonly isPlacedLate?: boolean;
  readonly expr: Expr;
  readonly path: readonly AttrName[];
  /** The expression after `or`. */
  readonly fallback: Expr | undefined;
}

export interface HasAttrExpr {
  readonly kind: "hasAttr";
  readonly pos: Pos;
  readonly expr: Expr;
  readonly path: readonly AttrName[];
}

/** An attribute with a static name. */
export type AttrDef =
  | { readonly kind: "plain"; readonly pos: Pos; readonly value: Expr }
  /** `inherit x`: `value` is a variable of the scope *around* the set. */
  | { readonly kind: "inherited"; readonly pos: Pos; readonly value: VarExpr }
  /** `inherit (e) x`: `from` is an index into `inheritFrom`, whose expression is evaluated once. */
  | { readonly kind: "inheritedFrom"; readonly pos: Pos; readonly name: string; readonly from: number };

export interface DynamicAttrDef {
  readonly pos: Pos;
  readonly name: Expr;
  readonly value: Expr;
}

export interface AttrsExpr {
  readonly kind: "attrs";
  readonly pos: Pos;
  readonly recursive: boolean;
  /** In order of definition. */
  readonly attrs: ReadonlyMap<string, AttrDef>;
  readonly dynamic: readonly DynamicAttrDef[];
  /** Sources of `inherit (e)`, evaluated in the scope of the set itself when it is recursive. */
  readonly inheritFrom: readonly Expr[];
  /** Of a recursive set and of the bindings of a `let`; slots are in order of definition. */
  layout?: Layout;
}

export interface ListExpr {
  readonly kind: "list";
  readonly pos: Pos;
  readonly items: readonly Expr[];
}

export interface Formal {
  readonly name: string;
  readonly pos: Pos;
  readonly fallback: Expr | undefined;
}

export interface Formals {
  /** In order of definition. */
  readonly list: readonly Formal[];
  readonly ellipsis: boolean;
}

export interface LambdaExpr {
  readonly kind: "lambda";
  readonly pos: Pos;
  /** `x` of `x: …`, or the name before or after `@`. */
  readonly param: string | undefined;
  readonly formals: Formals | undefined;
  readonly body: Expr;
  frame?: Frame | undefined;
  /** The name that the function is bound to, for messages and printing; the parser sets it. */
  name: string | undefined;
  /** The text of the doc comment (RFC 145) before the function, if any: offsets of `/**` and past its end. */
  doc: { readonly start: Pos; readonly end: Pos } | undefined;
}

/** `f a b` has two args. Operators that are functions in Nix (`-`, `*`, `/`, `<`, unary minus …) are calls of
 * the variables `__sub`, `__mul`, `__div`, `__lessThan`, so that a program may shadow them. */
export interface CallExpr {
  readonly kind: "call";
  readonly pos: Pos;
  readonly fn: Expr;
  readonly args: readonly Expr[];
}

/** `let … in body`; the bindings are a recursive set without dynamic attributes. */
export interface LetExpr {
  readonly kind: "let";
  readonly pos: Pos;
  readonly attrs: AttrsExpr;
  readonly body: Expr;
}

export interface WithExpr {
  readonly kind: "with";
  readonly pos: Pos;
  readonly attrs: Expr;
  readonly body: Expr;
  layout?: Layout;
}

export interface IfExpr {
  readonly kind: "if";
  readonly pos: Pos;
  readonly condition: Expr;
  readonly then: Expr;
  readonly else: Expr;
}

export interface AssertExpr {
  readonly kind: "assert";
  readonly pos: Pos;
  readonly condition: Expr;
  readonly body: Expr;
}

export interface NotExpr {
  readonly kind: "not";
  readonly pos: Pos;
  readonly expr: Expr;
}

export type BinaryOperator = "==" | "!=" | "&&" | "||" | "->" | "//" | "++";

export interface BinaryExpr {
  readonly kind: "binary";
  /** Position of the operator. */
  readonly pos: Pos;
  /** Whether it has a position only since C++ Nix 2.36: `==` and `!=`. */
  readonly isPlacedLate?: boolean;
  readonly operator: BinaryOperator;
  readonly left: Expr;
  readonly right: Expr;
}

/** `__curPos` */
export interface CurPosExpr {
  readonly kind: "curPos";
  readonly pos: Pos;
}
