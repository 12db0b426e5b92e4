// Finding parts of a syntax tree by their offsets, and what is around them.
import { childrenOf, type ExpressionNode, type SyntaxNode } from "./syntax-node.ts";

/** The nodes that contain the byte at an offset, outermost first. */
export function nodesAround(root: SyntaxNode, offset: number): SyntaxNode[] {
  const around: SyntaxNode[] = [];
  for (let node: SyntaxNode | undefined = root; node !== undefined; ) {
    around.push(node);
    node = childrenOf(node).find(({ start, end }) => start <= offset && offset < end);
  }
  return around;
}

/** The nodes of a tree by offsets: traces have hundreds of places, and trees may be very deep. */
interface OffsetIndex {
  /** Outermost first. */
  readonly beginnings: ReadonlyMap<number, SyntaxNode[]>;
  readonly operators: ReadonlyMap<number, BinaryNode>;
}

type BinaryNode = Extract<SyntaxNode, { readonly kind: "binary" }>;

const indices = new WeakMap<SyntaxNode, OffsetIndex>();

function indexOf(root: SyntaxNode): OffsetIndex {
  const known = indices.get(root);
  if (known !== undefined) return known;
  const beginnings = new Map<number, SyntaxNode[]>();
  const operators = new Map<number, BinaryNode>();
  for (const node of allNodes(root)) {
    const nodes = beginnings.get(node.start);
    if (nodes === undefined) beginnings.set(node.start, [node]);
    else nodes.push(node);
    if (node.kind === "binary") operators.set(node.operatorStart, node);
  }
  const index = { beginnings, operators };
  indices.set(root, index);
  return index;
}

/** The nodes that begin at an offset, outermost first. */
export function nodesAt(root: SyntaxNode, offset: number): SyntaxNode[] {
  return (indexOf(root).beginnings.get(offset) ?? []).filter(({ end }) => offset < end);
}

/** The innermost node that begins at an offset and is of one kind. */
export function nodeAt<Kind extends SyntaxNode["kind"]>(
  root: SyntaxNode,
  offset: number,
  kind: Kind,
): Extract<SyntaxNode, { readonly kind: Kind }> | undefined {
  return nodesAt(root, offset).findLast((node) => isOfKind(node, kind)) as never;
}

function isOfKind(node: SyntaxNode, kind: SyntaxNode["kind"]): boolean {
  return node.kind === kind;
}

/** The operator whose sign is at an offset. */
export function operatorAt(root: SyntaxNode, offset: number): BinaryNode | undefined {
  return indexOf(root).operators.get(offset);
}

/** The nodes around a node, innermost first, without itself. */
export function* ancestorsOf(node: SyntaxNode): Generator<SyntaxNode, void, void> {
  for (let around = node.parent; around !== undefined; around = around.parent) yield around;
}

/** What an expression is when its parentheses are taken off. */
export function bare(node: ExpressionNode): ExpressionNode {
  return node.kind === "parentheses" ? bare(node.inner) : node;
}

/** Every node of a tree. */
export function* allNodes(root: SyntaxNode): Generator<SyntaxNode, void, void> {
  const queue: SyntaxNode[] = [root];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    yield node;
    queue.push(...childrenOf(node).toReversed());
  }
}

const expressionKinds: ReadonlySet<string> = new Set<ExpressionNode["kind"]>([
  ...(["number", "string", "path", "searchPath", "variable", "select", "hasAttr", "call", "list", "attrs"] as const),
  ...(["lambda", "let", "with", "if", "assert", "unary", "binary", "parentheses"] as const),
]);

export function isExpression(node: SyntaxNode | undefined): node is ExpressionNode {
  return node !== undefined && expressionKinds.has(node.kind);
}
