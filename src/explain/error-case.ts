// One error and what the rules ask about it: its trace, the syntax at its positions, and whose code that is.
import type { Interpreter } from "../evaluator/interpreter.ts";
import { NixError, type TraceFrame } from "../source/nix-error.ts";
import { noPos, type Pos, type Source } from "../source/position.ts";
import { describeType } from "../value/print.ts";
import type { Value } from "../value/value.ts";
import type { CodeLabel, CodeRange } from "./diagnostic.ts";
import { codeOf, type DiagnosticCode } from "./diagnostic-code.ts";
import { LibraryCode } from "./library-code.ts";
import type { CallNode, ExpressionNode, LambdaNode, SyntaxNode } from "./syntax-node.ts";
import { parseSyntax, type SyntaxTree } from "./syntax-parser.ts";
import { isExpression, nodeAt, nodesAround, nodesAt, operatorAt } from "./syntax-search.ts";

/** A node and the source that it is in. */
export interface Placed<Node extends SyntaxNode = SyntaxNode> {
  readonly source: Source;
  readonly node: Node;
}

/** Names that a text may use besides those that it binds and the global ones: the prelude's. */
export type NamesAt = (pos: Pos) => readonly string[];

export class ErrorCase {
  readonly interpreter: Interpreter;
  readonly namesAt: NamesAt;
  /** As it is reported. */
  readonly error: NixError;
  readonly code: DiagnosticCode;
  /** Every frame of C++ Nix, innermost first; also those that the report leaves out. */
  readonly trace: readonly TraceFrame[];
  readonly library: LibraryCode;
  /** Where the error was thrown, before it was told for the user. */
  readonly innerPos: Pos;
  /** The innermost positions that are known, the error's own first. */
  readonly positions: readonly Pos[];
  private readonly trees = new Map<Source, SyntaxTree>();

  constructor(error: NixError, interpreter: Interpreter, namesAt: NamesAt = () => []) {
    const whole = error.cause instanceof NixError ? error.cause : error;
    this.error = error;
    this.interpreter = interpreter;
    this.namesAt = namesAt;
    this.code = codeOf(error);
    this.trace = whole.trace.filter((frame) => !frame.hint);
    this.innerPos = whole.pos;
    this.library = new LibraryCode(interpreter);
    // Of the positions where C++ Nix has no frame, the innermost says where an error without one is.
    const hint = whole.trace.filter((frame) => frame.hint).slice(0, 1);
    const places = [...hint, ...this.trace].map(({ message, pos }) => pos || this.derivationPos(message));
    this.positions = [this.innerPos, error.pos, ...places].filter((pos) => pos !== noPos);
  }

  get subject(): unknown {
    return this.error.subject;
  }

  get message(): string {
    return this.error.message;
  }

  /** The frame of a derivation has its place in its message. */
  derivationPos(message: string): Pos {
    const [, path, line, column] = /\n {2}whose name attribute is located at (\/.*):(\d+):(\d+)$/s.exec(message) ?? [];
    return path === undefined ? noPos : this.interpreter.positions.find(path, Number(line), Number(column));
  }

  /** The user's code, when all of it is in one text: errors in literals have no position at all. */
  get onlySource(): Source | undefined {
    const { positions } = this.interpreter;
    const users = positions.all.filter(({ base, text }) => text !== "" && this.isUsers(base));
    return users.length === 1 ? users[0] : undefined;
  }

  /** Where it happened, be that the user's code or not. */
  get innermostPos(): Pos {
    return this.positions[0] ?? noPos;
  }

  isUsers(pos: Pos): boolean {
    return pos !== noPos && this.library.nameAt(pos) === undefined;
  }

  syntaxOf(source: Source): SyntaxTree {
    let tree = this.trees.get(source);
    if (tree === undefined) {
      tree = parseSyntax(source, this.interpreter.settings.experimentalFeatures);
      this.trees.set(source, tree);
    }
    return tree;
  }

  /** The source of a position, the offset in it, and its syntax if it has no mistake. */
  locate(pos: Pos): { readonly source: Source; readonly offset: number; readonly root: ExpressionNode } | undefined {
    const source = this.interpreter.positions.sourceOf(pos);
    const root = source && this.syntaxOf(source).root;
    return source === undefined || root === undefined ? undefined : { source, offset: pos - source.base, root };
  }

  /** The innermost node of a kind that begins at a position. */
  nodeAt<Kind extends SyntaxNode["kind"]>(
    pos: Pos,
    kind: Kind,
  ): Placed<Extract<SyntaxNode, { readonly kind: Kind }>> | undefined {
    const located = this.locate(pos);
    const node = located && nodeAt(located.root, located.offset, kind);
    return located === undefined || node === undefined ? undefined : { source: located.source, node };
  }

  /**
   * The outermost call that begins at a position: the one that C++ Nix means by it. `(f a) b` is one call of `f`, with the
   * position of the inner one.
   */
  callAt(pos: Pos): Placed<CallNode> | undefined {
    const located = this.locate(pos);
    const node = located && nodesAt(located.root, located.offset).find((found) => found.kind === "call");
    return located === undefined || node === undefined
      ? undefined
      : { source: located.source, node: withOuterArgs(node) };
  }

  /** The operator at a position. */
  operatorAt(pos: Pos): Placed<Extract<SyntaxNode, { readonly kind: "binary" }>> | undefined {
    const located = this.locate(pos);
    const node = located && operatorAt(located.root, located.offset);
    return located === undefined || node === undefined ? undefined : { source: located.source, node };
  }

  /**
   * The expression that a position means. Several begin at the same byte: an operand of an operator or an interpolation is
   * meant as a whole, otherwise what is largest short of an operator.
   */
  expressionAt(pos: Pos): Placed<ExpressionNode> | undefined {
    const located = this.locate(pos);
    if (located === undefined) return undefined;
    const { source, offset, root } = located;
    const operator = operatorAt(root, offset);
    if (operator !== undefined) return { source, node: operator };
    const definition = nodesAt(root, offset).find((found) => found.kind === "binding");
    if (definition?.kind === "binding") return { source, node: definition.value };
    const beginning = nodesAt(root, offset).filter(isExpression);
    const node =
      beginning.find(({ kind }) => kind !== "binary" && kind !== "hasAttr") ??
      beginning[0] ??
      nodesAround(root, offset).findLast(isExpression);
    return node === undefined ? undefined : { source, node };
  }

  /** What to mark for a position: the expression, a binding's name, a function's parameters; at least one byte. */
  rangeAt(pos: Pos): CodeRange | undefined {
    const source = this.interpreter.positions.sourceOf(pos);
    if (source === undefined) return undefined;
    const offset = pos - source.base;
    const { root } = this.syntaxOf(source);
    if (root !== undefined) {
      const beginning = nodesAt(root, offset);
      const binding = beginning.find((node) => node.kind === "binding");
      if (binding !== undefined) {
        return { source, start: binding.path[0]!.start, end: binding.path.at(-1)!.end };
      }
      const lambda = beginning.find((node) => node.kind === "lambda");
      if (lambda !== undefined) return rangeOfParameters({ source, node: lambda });
      const name = beginning.find(
        (node) => node.kind === "attrName" || node.kind === "formal" || node.kind === "interpolation",
      );
      if (name !== undefined) return rangeOf({ source, node: name });
      const expression = this.expressionAt(pos);
      if (expression !== undefined) {
        const { start, end } = expression.node;
        const operator = operatorAt(root, offset);
        if (operator !== undefined || start === offset) return { source, start, end };
      }
    }
    return tokenRange(source, offset, this.syntaxOf(source));
  }

  labelAt(pos: Pos, text: string): CodeLabel | undefined {
    const range = this.rangeAt(pos);
    return range && { range, text };
  }

  /** `an integer: 8080`, shortened. */
  describe(value: Value): string {
    const shown = this.show(value);
    return shown === "" ? describeType(value) : `${describeType(value)}: ${shown}`;
  }

  /** A value in a few words. */
  show(value: Value): string {
    const shown = this.interpreter.show(value);
    if (shown.length <= longestShown) return shown;
    // Not within the bytes of a character.
    return `${shown.slice(0, longestShown).replace(/[\xc0-\xff][\x80-\xbf]*$/, "")}...`;
  }
}

const longestShown = 60;

/** A call together with those that its result is called in at once. */
function withOuterArgs(call: CallNode): CallNode {
  const outer = call.parent?.kind === "parentheses" ? call.parent.parent : undefined;
  if (outer?.kind !== "call" || outer.fn !== call.parent) return call;
  return withOuterArgs({ ...outer, fn: call.fn, args: [...call.args, ...outer.args] });
}

export function rangeOf({ source, node }: Placed): CodeRange {
  return { source, start: node.start, end: node.end };
}

export function label(placed: Placed, text: string): CodeLabel {
  return { range: rangeOf(placed), text };
}

/** The text of a node as it is written. */
export function textOfNode({ source, node }: Placed): string {
  return source.text.slice(node.start, node.end);
}

/** The part of a range in its first line; at least one byte. */
export function firstLineOf(range: CodeRange): CodeRange {
  const { source, start, end } = range;
  const length = source.text.slice(start, end).search(/[\r\n]/);
  return length < 0 ? range : { source, start, end: start + Math.max(length, 1) };
}

/** What is before the colon of a function. */
export function rangeOfParameters({ source, node }: Placed<LambdaNode>): CodeRange {
  const end = Math.max(node.param?.end ?? 0, node.formals?.end ?? 0);
  return { source, start: node.start, end };
}

/** The word at an offset. */
function tokenRange(source: Source, offset: number, { tokens }: SyntaxTree): CodeRange {
  const { text } = source;
  const start = Math.min(Math.max(offset, 0), text.length);
  const token = tokens.find(({ startOffset }) => startOffset === start);
  const length = token === undefined || token.image === "" ? 1 : token.image.length;
  return firstLineOf({ source, start, end: Math.min(start + length, text.length) });
}
