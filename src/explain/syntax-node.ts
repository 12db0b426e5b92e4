// The syntax of a source as it is written, with the extent of every part: what an explanation points at. The tree that
// the evaluator runs (parser/ast.ts) has neither parentheses nor ends, and no cost of theirs either.

interface NodeBase {
  /** Byte offsets in the source: of the first byte, and past the last. */
  readonly start: number;
  readonly end: number;
  /** Undefined for the root only; set when the tree is complete. */
  parent: SyntaxNode | undefined;
}

export interface NumberNode extends NodeBase {
  readonly kind: "number";
}

/** `"…"`, `''…''`, or a URI literal. */
export interface StringNode extends NodeBase {
  readonly kind: "string";
  readonly isIndented: boolean;
  /** What it stands for, when it has no interpolation and is not indented. */
  readonly text: string | undefined;
  readonly interpolations: readonly InterpolationNode[];
}

export interface PathNode extends NodeBase {
  readonly kind: "path";
  readonly interpolations: readonly InterpolationNode[];
}

/** `<name>` */
export interface SearchPathNode extends NodeBase {
  readonly kind: "searchPath";
  readonly name: string;
}

export interface VariableNode extends NodeBase {
  readonly kind: "variable";
  readonly name: string;
}

export interface SelectNode extends NodeBase {
  readonly kind: "select";
  readonly target: ExpressionNode;
  readonly path: readonly AttrNameNode[];
  readonly fallback: ExpressionNode | undefined;
}

export interface HasAttrNode extends NodeBase {
  readonly kind: "hasAttr";
  readonly target: ExpressionNode;
  readonly path: readonly AttrNameNode[];
}

export interface CallNode extends NodeBase {
  readonly kind: "call";
  readonly fn: ExpressionNode;
  readonly args: readonly ExpressionNode[];
}

export interface ListNode extends NodeBase {
  readonly kind: "list";
  readonly items: readonly ExpressionNode[];
}

/** `{ … }`, `rec { … }`, or the old `let { … }`. */
export interface AttrsNode extends NodeBase {
  readonly kind: "attrs";
  readonly isRecursive: boolean;
  readonly bindings: readonly (BindingNode | InheritNode)[];
}

export interface LambdaNode extends NodeBase {
  readonly kind: "lambda";
  /** `x` of `x: …`, or the name before or after `@`. */
  readonly param: NameNode | undefined;
  readonly formals: FormalsNode | undefined;
  readonly body: ExpressionNode;
}

export interface LetNode extends NodeBase {
  readonly kind: "let";
  readonly bindings: readonly (BindingNode | InheritNode)[];
  readonly body: ExpressionNode;
}

export interface WithNode extends NodeBase {
  readonly kind: "with";
  readonly set: ExpressionNode;
  readonly body: ExpressionNode;
}

export interface IfNode extends NodeBase {
  readonly kind: "if";
  readonly condition: ExpressionNode;
  readonly consequent: ExpressionNode;
  readonly alternative: ExpressionNode;
}

export interface AssertNode extends NodeBase {
  readonly kind: "assert";
  readonly condition: ExpressionNode;
  readonly body: ExpressionNode;
}

export interface UnaryNode extends NodeBase {
  readonly kind: "unary";
  readonly operator: "!" | "-";
  readonly operand: ExpressionNode;
}

export interface BinaryNode extends NodeBase {
  readonly kind: "binary";
  readonly operator: string;
  readonly operatorStart: number;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
}

export interface ParenthesesNode extends NodeBase {
  readonly kind: "parentheses";
  readonly inner: ExpressionNode;
}

export type ExpressionNode =
  | NumberNode
  | StringNode
  | PathNode
  | SearchPathNode
  | VariableNode
  | SelectNode
  | HasAttrNode
  | CallNode
  | ListNode
  | AttrsNode
  | LambdaNode
  | LetNode
  | WithNode
  | IfNode
  | AssertNode
  | UnaryNode
  | BinaryNode
  | ParenthesesNode;

/** `${ … }` in a string or path. */
export interface InterpolationNode extends NodeBase {
  readonly kind: "interpolation";
  readonly inner: ExpressionNode;
}

/** One step of an attribute path. */
export interface AttrNameNode extends NodeBase {
  readonly kind: "attrName";
  /** Undefined for one that is computed. */
  readonly name: string | undefined;
  readonly computed: ExpressionNode | undefined;
}

/** `a.b = value;` with its semicolon. */
export interface BindingNode extends NodeBase {
  readonly kind: "binding";
  readonly path: readonly AttrNameNode[];
  readonly value: ExpressionNode;
}

/** `inherit a b;` or `inherit (from) a b;` */
export interface InheritNode extends NodeBase {
  readonly kind: "inherit";
  readonly from: ExpressionNode | undefined;
  readonly names: readonly AttrNameNode[];
}

/** The name of a parameter. */
export interface NameNode extends NodeBase {
  readonly kind: "name";
  readonly name: string;
}

/** `{ a, b ? 1, ... }` of a function. */
export interface FormalsNode extends NodeBase {
  readonly kind: "formals";
  readonly list: readonly FormalNode[];
  readonly hasEllipsis: boolean;
}

export interface FormalNode extends NodeBase {
  readonly kind: "formal";
  readonly name: NameNode;
  readonly fallback: ExpressionNode | undefined;
}

export type SyntaxNode =
  | ExpressionNode
  | InterpolationNode
  | AttrNameNode
  | BindingNode
  | InheritNode
  | NameNode
  | FormalsNode
  | FormalNode;

/** The parts of a node, in the order of the source. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  switch (node.kind) {
    case "number":
    case "searchPath":
    case "variable":
    case "name":
      return [];
    case "string":
    case "path":
      return node.interpolations;
    case "select":
      return [node.target, ...node.path, ...(node.fallback === undefined ? [] : [node.fallback])];
    case "hasAttr":
      return [node.target, ...node.path];
    case "call":
      return [node.fn, ...node.args];
    case "list":
      return node.items;
    case "attrs":
      return node.bindings;
    case "lambda":
      return [node.param, node.formals, node.body]
        .filter((part) => part !== undefined)
        .sort((a, b) => a.start - b.start);
    case "let":
      return [...node.bindings, node.body];
    case "with":
      return [node.set, node.body];
    case "if":
      return [node.condition, node.consequent, node.alternative];
    case "assert":
      return [node.condition, node.body];
    case "unary":
      return [node.operand];
    case "binary":
      return [node.left, node.right];
    case "parentheses":
    case "interpolation":
      return [node.inner];
    case "attrName":
      return node.computed === undefined ? [] : [node.computed];
    case "binding":
      return [...node.path, node.value];
    case "inherit":
      return [...(node.from === undefined ? [] : [node.from]), ...node.names];
    case "formals":
      return node.list;
    case "formal":
      return [node.name, ...(node.fallback === undefined ? [] : [node.fallback])];
  }
}
