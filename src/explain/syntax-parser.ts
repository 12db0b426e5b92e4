// Source text to the tree of syntax-node.ts, or to the place where it ends and what was open there. A second parser
// beside the one that programs are run with: this one keeps every extent, and it only runs after an error.
// test/explain/syntax-parser.test.ts holds the two against each other.
import { endOfText } from "../lexer/literal-ends.ts";
import { scan } from "../lexer/scanner.ts";
import type { Token } from "../lexer/token.ts";
import * as t from "../lexer/token-types.ts";
import { binaryOperators, hasAttrPrecedence, negationOperator, notOperator } from "../parser/operators.ts";
import type { Source } from "../source/position.ts";
import { isStackOverflow } from "../source/stack-overflow.ts";
import type {
  AttrNameNode,
  BindingNode,
  ExpressionNode,
  FormalNode,
  FormalsNode,
  InheritNode,
  InterpolationNode,
  NameNode,
  SyntaxNode,
} from "./syntax-node.ts";
import { childrenOf } from "./syntax-node.ts";

type TokenType = Token["tokenType"];

export type ConstructKind =
  | "attrs"
  | "binding"
  | "inherit"
  | "list"
  | "parentheses"
  | "formals"
  | "string"
  | "indentedString"
  | "interpolation"
  | "let"
  | "with"
  | "if"
  | "assert"
  | "call";

/** A part of the source that had begun and not ended where a syntax error is. */
export interface OpenConstruct {
  readonly kind: ConstructKind;
  /** Offset of its first byte. */
  readonly start: number;
  /** Of a binding. */
  readonly name?: string;
  /** Of a call and a list: the offset of the last operand in it so far. */
  last?: number;
}

export interface SyntaxTree {
  readonly tokens: readonly Token[];
  /** Undefined after a syntax error. */
  readonly root: ExpressionNode | undefined;
  readonly failure: SyntaxFailure | undefined;
}

export class SyntaxFailure {
  /** Of the token that nothing could be done with. */
  readonly tokenIndex: number;
  /** Outermost first. */
  readonly open: readonly OpenConstruct[];

  constructor(tokenIndex: number, open: readonly OpenConstruct[]) {
    this.tokenIndex = tokenIndex;
    this.open = open;
  }
}

/** Never throws: of a source that is nested too deeply there is neither a root nor a failure. */
export function parseSyntax(source: Source, features: ReadonlySet<string>): SyntaxTree {
  const { tokens } = scan(source, features);
  try {
    const root = new SyntaxParser(source.text, tokens).file();
    linkParents(root);
    return { tokens, root, failure: undefined };
  } catch (error) {
    if (error instanceof SyntaxFailure) return { tokens, root: undefined, failure: error };
    if (error instanceof RangeError || isStackOverflow(error)) return { tokens, root: undefined, failure: undefined };
    throw error;
  }
}

/** The offset past the last byte of a token. */
export function endOfToken(text: string, token: Token): number {
  const { tokenType, startOffset, image } = token;
  if (tokenType === t.PlainString) return endOfText(`${text}\0\0`, startOffset + 1, text.length) + 1;
  return Math.min(startOffset + image.length, text.length);
}

function linkParents(root: SyntaxNode): void {
  const queue: SyntaxNode[] = [root];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    for (const child of childrenOf(node)) {
      child.parent = node;
      queue.push(child);
    }
  }
}

const identifiers: ReadonlySet<TokenType> = new Set([t.Id, t.Parameter, t.WholeParameter]);

/** What an operand may begin with. */
const operandStarts: ReadonlySet<TokenType> = new Set([
  ...identifiers,
  ...[t.Int, t.Float, t.Path, t.HomePath, t.SearchPath, t.Uri, t.PlainString, t.Quote, t.IndentedOpen],
  ...[t.Rec, t.LegacyLet, t.Let, t.LeftBrace, t.FormalsBrace, t.LeftBracket, t.LeftParenthesis],
]);

const nameStarts: ReadonlySet<TokenType> = new Set([
  ...[...identifiers, t.PlainString, t.Quote, t.Or, t.Interpolation],
]);

class SyntaxParser {
  private readonly text: string;
  private readonly tokens: readonly Token[];
  private index = 0;
  /** The offset past the last token that was taken. */
  private end = 0;
  private readonly open: OpenConstruct[] = [];

  constructor(text: string, tokens: readonly Token[]) {
    this.text = text;
    this.tokens = tokens;
  }

  file(): ExpressionNode {
    const expr = this.expression();
    this.take(t.EndOfFile);
    return expr;
  }

  private get token(): Token {
    return this.tokens[this.index] as Token;
  }

  private get type(): TokenType {
    return this.token.tokenType;
  }

  private get start(): number {
    return this.token.startOffset;
  }

  private at(...types: readonly TokenType[]): boolean {
    return types.includes(this.type);
  }

  private isNext(type: TokenType): boolean {
    return this.tokens[this.index + 1]?.tokenType === type;
  }

  private take(...types: readonly TokenType[]): Token {
    const { token } = this;
    if (!types.includes(token.tokenType)) this.fail();
    this.index++;
    if (token.tokenType !== t.PathEnd) this.end = endOfToken(this.text, token);
    return token;
  }

  private fail(): never {
    throw new SyntaxFailure(this.index, [...this.open]);
  }

  /** Parses what is in a construct that began at an offset. */
  private within<R>(construct: OpenConstruct, parse: (construct: OpenConstruct) => R): R {
    this.open.push(construct);
    const result = parse(construct);
    this.open.pop();
    return result;
  }

  private expression(): ExpressionNode {
    const { start } = this;
    switch (this.type) {
      case t.Parameter:
        if (!this.isNext(t.Colon)) break;
        return this.lambda(start, this.name(), undefined);
      case t.WholeParameter: {
        if (!this.isNext(t.At)) break;
        const param = this.name();
        this.take(t.At);
        return this.lambda(start, param, this.formals());
      }
      case t.FormalsBrace: {
        const formals = this.formals();
        let param: NameNode | undefined;
        if (this.at(t.At)) {
          this.take(t.At);
          param = this.name();
        }
        return this.lambda(start, param, formals);
      }
      case t.Let:
        return this.letExpression(start);
      case t.With:
        return this.within({ kind: "with", start }, () => {
          this.take(t.With);
          const set = this.expression();
          this.take(t.Semicolon);
          const body = this.expression();
          return { kind: "with", start, end: this.end, parent: undefined, set, body };
        });
      case t.Assert:
        return this.within({ kind: "assert", start }, () => {
          this.take(t.Assert);
          const condition = this.expression();
          this.take(t.Semicolon);
          const body = this.expression();
          return { kind: "assert", start, end: this.end, parent: undefined, condition, body };
        });
      case t.If:
        return this.within({ kind: "if", start }, () => {
          this.take(t.If);
          const condition = this.expression();
          this.take(t.Then);
          const consequent = this.expression();
          this.take(t.Else);
          const alternative = this.expression();
          return { kind: "if", start, end: this.end, parent: undefined, condition, consequent, alternative };
        });
      default:
    }
    return this.operation(0);
  }

  private letExpression(start: number): ExpressionNode {
    const bindings = this.within({ kind: "let", start }, () => {
      this.take(t.Let);
      const list = this.bindings();
      this.take(t.In);
      return list;
    });
    const body = this.expression();
    return { kind: "let", start, end: this.end, parent: undefined, bindings, body };
  }

  private lambda(start: number, param: NameNode | undefined, formals: FormalsNode | undefined): ExpressionNode {
    this.take(t.Colon);
    const body = this.expression();
    return { kind: "lambda", start, end: this.end, parent: undefined, param, formals, body };
  }

  private name(): NameNode {
    const token = this.take(...identifiers);
    return { kind: "name", start: token.startOffset, end: this.end, parent: undefined, name: token.image };
  }

  private formals(): FormalsNode {
    const { start } = this;
    return this.within({ kind: "formals", start }, () => {
      this.take(t.FormalsBrace, t.LeftBrace);
      const list: FormalNode[] = [];
      let hasEllipsis = false;
      while (!this.at(t.RightBrace)) {
        if (this.at(t.Ellipsis)) {
          this.take(t.Ellipsis);
          hasEllipsis = true;
          break;
        }
        list.push(this.formal());
        if (!this.at(t.Comma, t.LastComma)) break;
        this.take(t.Comma, t.LastComma);
      }
      this.take(t.RightBrace);
      return { kind: "formals", start, end: this.end, parent: undefined, list, hasEllipsis };
    });
  }

  private formal(): FormalNode {
    const { start } = this;
    const name = this.name();
    let fallback: ExpressionNode | undefined;
    if (this.at(t.Question)) {
      this.take(t.Question);
      fallback = this.expression();
    }
    return { kind: "formal", start, end: this.end, parent: undefined, name, fallback };
  }

  /** Operators of at least this precedence, by precedence climbing. */
  private operation(least: number): ExpressionNode {
    let left = this.prefixed();
    const { start } = left;
    // The operator that may not follow: Nix does not let comparisons be chained.
    let before: { readonly precedence: number; readonly associativity: string } | undefined;
    for (;;) {
      if (this.at(t.Question)) {
        if (hasAttrPrecedence < least) return left;
        this.take(t.Question);
        const path = this.attrPath();
        left = { kind: "hasAttr", start, end: this.end, parent: undefined, target: left, path };
        continue;
      }
      if (!this.at(t.BinaryOperator)) return left;
      const operator = binaryOperators.get(this.token.image);
      if (operator === undefined) this.fail();
      const { precedence, associativity } = operator;
      if (precedence < least) return left;
      const isSame = before !== undefined && before.precedence === precedence;
      if (isSame && (associativity !== "left" || before?.associativity !== "left")) this.fail();
      const token = this.take(t.BinaryOperator);
      const right = this.operation(associativity === "right" ? precedence : precedence + 1);
      before = operator;
      left = {
        kind: "binary",
        start,
        end: this.end,
        parent: undefined,
        operator: token.image,
        operatorStart: token.startOffset,
        left,
        right,
      };
    }
  }

  private prefixed(): ExpressionNode {
    const { start } = this;
    if (!this.at(t.Not, t.Negation)) return this.application();
    const operator = this.take(t.Not, t.Negation).tokenType === t.Not ? "!" : "-";
    const operand = this.operation((operator === "!" ? notOperator : negationOperator).precedence);
    return { kind: "unary", start, end: this.end, parent: undefined, operator, operand };
  }

  private application(): ExpressionNode {
    const { start } = this;
    const fn = this.operand();
    if (!operandStarts.has(this.type)) return fn;
    return this.within({ kind: "call", start }, (construct) => {
      const args: ExpressionNode[] = [];
      while (operandStarts.has(this.type)) {
        construct.last = this.start;
        args.push(this.operand());
      }
      return { kind: "call", start, end: this.end, parent: undefined, fn, args };
    });
  }

  private operand(): ExpressionNode {
    const { start } = this;
    const target = this.simple();
    if (this.at(t.Or)) {
      const name = this.take(t.Or).image;
      const args: ExpressionNode[] = [
        { kind: "variable", start: this.end - name.length, end: this.end, parent: undefined, name },
      ];
      return { kind: "call", start, end: this.end, parent: undefined, fn: target, args };
    }
    if (!this.at(t.Dot)) return target;
    this.take(t.Dot);
    const path = this.attrPath();
    let fallback: ExpressionNode | undefined;
    if (this.at(t.Or)) {
      this.take(t.Or);
      fallback = this.operand();
    }
    return { kind: "select", start, end: this.end, parent: undefined, target, path, fallback };
  }

  private simple(): ExpressionNode {
    const { start } = this;
    switch (this.type) {
      case t.Id:
      case t.Parameter:
      case t.WholeParameter: {
        const name = this.take(...identifiers).image;
        return { kind: "variable", start, end: this.end, parent: undefined, name };
      }
      case t.Int:
      case t.Float:
        this.take(t.Int, t.Float);
        return { kind: "number", start, end: this.end, parent: undefined };
      case t.PlainString:
      case t.Uri: {
        const text = this.take(t.PlainString, t.Uri).image;
        return {
          kind: "string",
          start,
          end: this.end,
          parent: undefined,
          isIndented: false,
          text,
          interpolations: [],
        };
      }
      case t.Quote:
        return this.string(t.Quote, t.Quote, "string");
      case t.IndentedOpen:
        return this.string(t.IndentedOpen, t.IndentedClose, "indentedString");
      case t.Path:
      case t.HomePath:
        return this.path();
      case t.SearchPath: {
        const name = this.take(t.SearchPath).image.slice(1, -1);
        return { kind: "searchPath", start, end: this.end, parent: undefined, name };
      }
      case t.LeftParenthesis:
        return this.within({ kind: "parentheses", start }, () => {
          this.take(t.LeftParenthesis);
          const inner = this.expression();
          this.take(t.RightParenthesis);
          return { kind: "parentheses", start, end: this.end, parent: undefined, inner };
        });
      case t.LeftBracket:
        return this.within({ kind: "list", start }, (construct) => {
          this.take(t.LeftBracket);
          const items: ExpressionNode[] = [];
          while (operandStarts.has(this.type)) {
            construct.last = this.start;
            items.push(this.operand());
          }
          this.take(t.RightBracket);
          return { kind: "list", start, end: this.end, parent: undefined, items };
        });
      case t.Rec:
      case t.LegacyLet:
      case t.Let:
        this.take(t.Rec, t.LegacyLet, t.Let);
        return this.attrs(start, true);
      case t.LeftBrace:
      case t.FormalsBrace:
        return this.attrs(start, false);
      default:
        return this.fail();
    }
  }

  private attrs(start: number, isRecursive: boolean): ExpressionNode {
    return this.within({ kind: "attrs", start: this.start }, () => {
      this.take(t.LeftBrace, t.FormalsBrace);
      const bindings = this.bindings();
      this.take(t.RightBrace);
      return { kind: "attrs", start, end: this.end, parent: undefined, isRecursive, bindings };
    });
  }

  private string(open: TokenType, close: TokenType, kind: "string" | "indentedString"): ExpressionNode {
    const { start } = this;
    return this.within({ kind, start }, () => {
      this.take(open);
      const interpolations: InterpolationNode[] = [];
      for (;;) {
        if (this.at(t.Text, t.IndentedText, t.IndentedEscape)) this.index++;
        else if (this.at(t.Interpolation)) interpolations.push(this.interpolation());
        else break;
      }
      this.take(close);
      const isIndented = kind === "indentedString";
      return {
        kind: "string",
        start,
        end: this.end,
        parent: undefined,
        isIndented,
        text: undefined,
        interpolations,
      };
    });
  }

  private path(): ExpressionNode {
    const { start } = this;
    this.take(t.Path, t.HomePath);
    // Text after the first part comes only before an interpolation: `./a//b` is none.
    if (this.at(t.Text)) {
      this.take(t.Text);
      if (!this.at(t.Interpolation)) this.fail();
    }
    const interpolations: InterpolationNode[] = [];
    while (!this.at(t.PathEnd)) {
      if (this.at(t.Text)) this.take(t.Text);
      else interpolations.push(this.interpolation());
    }
    this.take(t.PathEnd);
    return { kind: "path", start, end: this.end, parent: undefined, interpolations };
  }

  private interpolation(): InterpolationNode {
    const { start } = this;
    return this.within({ kind: "interpolation", start }, () => {
      this.take(t.Interpolation);
      const inner = this.expression();
      this.take(t.RightBrace);
      return { kind: "interpolation", start, end: this.end, parent: undefined, inner };
    });
  }

  private attrPath(): AttrNameNode[] {
    const path = [this.attrName()];
    while (this.at(t.Dot)) {
      this.take(t.Dot);
      path.push(this.attrName());
    }
    return path;
  }

  private attrName(): AttrNameNode {
    const { start } = this;
    if (!nameStarts.has(this.type)) this.fail();
    if (this.at(t.Quote)) {
      const computed = this.string(t.Quote, t.Quote, "string");
      return { kind: "attrName", start, end: this.end, parent: undefined, name: undefined, computed };
    }
    if (this.at(t.Interpolation)) {
      const { inner: computed } = this.interpolation();
      return { kind: "attrName", start, end: this.end, parent: undefined, name: undefined, computed };
    }
    const name = this.take(...nameStarts).image;
    return { kind: "attrName", start, end: this.end, parent: undefined, name, computed: undefined };
  }

  private bindings(): (BindingNode | InheritNode)[] {
    const list: (BindingNode | InheritNode)[] = [];
    for (;;) {
      if (this.at(t.Inherit)) list.push(this.inherit());
      else if (nameStarts.has(this.type)) list.push(this.binding());
      else return list;
    }
  }

  private binding(): BindingNode {
    const { start } = this;
    const path = this.attrPath();
    const name = this.text.slice(start, this.end);
    return this.within({ kind: "binding", start, name }, () => {
      this.take(t.Equals);
      const value = this.expression();
      this.take(t.Semicolon);
      return { kind: "binding", start, end: this.end, parent: undefined, path, value };
    });
  }

  private inherit(): InheritNode {
    const { start } = this;
    return this.within({ kind: "inherit", start }, () => {
      this.take(t.Inherit);
      let from: ExpressionNode | undefined;
      if (this.at(t.LeftParenthesis)) {
        this.take(t.LeftParenthesis);
        from = this.expression();
        this.take(t.RightParenthesis);
      }
      const names: AttrNameNode[] = [];
      while (nameStarts.has(this.type)) names.push(this.attrName());
      this.take(t.Semicolon);
      return { kind: "inherit", start, end: this.end, parent: undefined, from, names };
    });
  }
}
