// The grammar of Nix, on Chevrotain, with what each rule builds. Tuned, because parsing is most of a cold start: LL(1)
// without gates (the scanner's token types decide), every alternative made once instead of per call, one flat rule for
// all operators. Actions also run while Chevrotain records the grammar, with placeholders for tokens and results.
import { EmbeddedActionsParser, type IToken, type ParserMethod } from "chevrotain";
import type { ScannedSource } from "../lexer/scanner.ts";
import type { Token } from "../lexer/token.ts";
import * as t from "../lexer/token-types.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos, type Source } from "../source/position.ts";
import type { SymbolTable } from "../source/symbol-table.ts";
import type { AttrName, Expr, Formal, Formals, LambdaExpr } from "./ast.ts";
import { type AttrsBuilder, addBinding, addInherited, documentFunctions, newAttrs } from "./bindings.ts";
import { expectedTokens } from "./expected-tokens.ts";
import { type IndentedPart, stripIndentation } from "./indented-string.ts";
import { type LookaheadTable, useLookahead } from "./lookahead.ts";
import { OperatorStack } from "./operator-stack.ts";
import { binaryOperators, negationOperator, notOperator } from "./operators.ts";
import { resolvePath } from "./path-literal.ts";

export interface GrammarContext {
  readonly source: Source;
  readonly baseDir: string;
  readonly homeDir: string | undefined;
  /** Takes every name when the rule that reads it is complete, as bison does: a function's parameter after its body. */
  readonly symbols: SymbolTable;
  /** Of the deprecated use of `or` as a name: the expression's first byte and past its last. */
  warnAboutOr(start: Pos, end: Pos): void;
  /** Takes what is wrong with a literal that is better written in another way; undefined when nobody wants to know. */
  readonly lint?: LintLiteral | undefined;
}

/** The kinds of literals that can be complained about. */
export type LintedLiteral = "url" | "shortPath" | "absolutePath";

/** The message is for a warning, or for an error. */
export type LintLiteral = (kind: LintedLiteral, pos: Pos, message: (isFatal: boolean) => string) => void;

type Rule<R> = ParserMethod<[], R>;
type Alternatives<R> = { readonly DEF: { readonly ALT: () => R }[]; readonly ERR_MSG: string };
type Part = { readonly pos: Pos; readonly expr: Expr };

// What a syntax error lists as expected, where that is not just the one token.
const afterLetBindings = { ERR_MSG: "'in' or 'inherit'" };
const afterBindings = { ERR_MSG: "'inherit'" };
const afterRecBindings = { ERR_MSG: "'inherit' or '}'" };
const afterAttrPath = { ERR_MSG: "'.' or '='" };
const afterFormals = { ERR_MSG: "':' or '@'" };
const formalStart = { ERR_MSG: "identifier or '...' or '}'" };
const afterFormal = "'}' or ','";
/** Too many to list. Not empty, since Chevrotain then asks for the token's label. */
const nothing = { ERR_MSG: " " };
const insideIndented = { ERR_MSG: "indented string or '${' or end of an indented string" };

const mostFormals = 65_535;

export class NixGrammar extends EmbeddedActionsParser {
  private context!: GrammarContext;
  private base = 0;
  private docComments: ScannedSource["docComments"] = new Map();
  private operations = new OperatorStack();
  // What the innermost rule of its kind is building; a rule puts back what it found.
  private attrs: AttrsBuilder = newAttrs();
  private path: AttrName[] = [];
  private parts: Part[] = [];
  private indented: IndentedPart[] = [];
  private items: Expr[] = [];
  private formals: Formal[] = [];
  // What a rule hands to its optional rest, which reads it before it calls any rule.
  private head: Expr = this.attrs;
  private headPos: Pos = noPos;
  /** Past the end of the last operand if it had the form `x or`, else -1. */
  private endOfOr = -1;

  /** With tables it is made ten times as fast. `validate` has Chevrotain prove that it is LL(1), which takes long. */
  constructor(tables: readonly LookaheadTable[] | undefined, validate = false) {
    super(t.tokenTypes, { maxLookahead: 1, skipValidations: !validate, errorMessageProvider: expectedTokens });
    if (tables === undefined) this.performSelfAnalysis();
    else useLookahead(this, tables, t.tokenTypes);
  }

  /** The tree, or undefined after a syntax error. */
  parse(scanned: ScannedSource, context: GrammarContext): Expr | undefined {
    this.context = context;
    this.base = context.source.base;
    this.docComments = scanned.docComments;
    this.operations = new OperatorStack();
    this.input = scanned.tokens;
    return this.file();
  }

  /** The token that the last parse did not expect, and what it expected instead, as bison would list it. */
  get syntaxError(): { readonly token: Token; readonly expected: string } {
    const { token, message } = this.errors[0]!;
    return { token: token as Token, expected: message.trim() };
  }

  /** How far a parse got that threw. */
  get reachedPos(): Pos {
    return this.pos(this.LA(1));
  }

  /** Lets go of the last source. */
  forget(): void {
    this.input = [];
    this.docComments = new Map();
  }

  private pos(token: IToken): Pos {
    return this.base + token.startOffset;
  }

  private name(name: string): string {
    if (!this.RECORDING_PHASE) this.context.symbols.add(name);
    return name;
  }

  private fail(message: string, pos: Pos): never {
    throw new NixError("syntax", message, pos);
  }

  private readonly file: Rule<Expr> = this.RULE("file", () => {
    const expr = this.SUBRULE(this.expression);
    this.CONSUME(t.EndOfFile);
    return expr;
  });

  // Operators, functions, `let`, `with`, `if`, `assert`.

  private readonly expression: Rule<Expr> = this.RULE("expression", () => this.OR(this.expressionForms));

  private readonly expressionForms = [
    {
      ALT: () => {
        this.operations.begin();
        return this.operation(0);
      },
    },
    {
      ALT: () => {
        this.operations.begin();
        this.AT_LEAST_ONE(this.prefixSteps[2]!);
        return this.operation(1);
      },
    },
    {
      ALT: () => {
        const token = this.CONSUME(t.Parameter);
        this.CONSUME(t.Colon);
        return this.lambda(this.pos(token), token.image, undefined, this.subrule(0, this.expression));
      },
    },
    {
      ALT: () => {
        const pos = this.pos(this.LA(1));
        const formals = this.subrule(0, this.formalSet);
        const param = this.option(0, this.parameterAfterFormals);
        if (param === undefined) this.consume(1, t.Colon, afterFormals);
        else this.consume(2, t.Colon);
        const body = this.subrule(1, this.expression);
        this.checkFormals(formals, param, pos);
        return this.lambda(pos, param, formals, body);
      },
    },
    {
      ALT: () => {
        const token = this.CONSUME(t.WholeParameter);
        this.consume(1, t.At);
        const formals = this.subrule(1, this.formalSet);
        this.consume(3, t.Colon);
        const body = this.subrule(2, this.expression);
        this.checkFormals(formals, token.image, this.pos(token));
        return this.lambda(this.pos(token), token.image, formals, body);
      },
    },
    {
      ALT: (): Expr => {
        const pos = this.pos(this.CONSUME(t.Let));
        const attrs = this.SUBRULE(this.bindings);
        this.CONSUME(t.In, afterLetBindings);
        const body = this.subrule(3, this.expression);
        if (!this.RECORDING_PHASE && attrs.dynamic.length > 0 && this.LA(1).tokenType !== t.ScanError) {
          this.fail("dynamic attributes not allowed in let", pos);
        }
        return { kind: "let", pos: noPos, attrs, body };
      },
    },
    {
      ALT: (): Expr => {
        const pos = this.pos(this.CONSUME(t.With));
        const attrs = this.subrule(4, this.expression);
        this.consume(0, t.Semicolon);
        return { kind: "with", pos, attrs, body: this.subrule(5, this.expression) };
      },
    },
    {
      ALT: (): Expr => {
        const pos = this.pos(this.CONSUME(t.If));
        const condition = this.subrule(6, this.expression);
        this.CONSUME(t.Then);
        const consequent = this.subrule(7, this.expression);
        this.CONSUME(t.Else);
        // biome-ignore lint/suspicious/noThenProperty: nobody awaits syntax.
        return { kind: "if", pos, condition, then: consequent, else: this.subrule(8, this.expression) };
      },
    },
    {
      ALT: (): Expr => {
        const pos = this.pos(this.CONSUME(t.Assert));
        const condition = this.subrule(9, this.expression);
        this.consume(1, t.Semicolon);
        return { kind: "assert", pos, condition, body: this.subrule(10, this.expression) };
      },
    },
  ];

  private lambda(pos: Pos, param: string | undefined, formals: Formals | undefined, body: Expr): LambdaExpr {
    if (param !== undefined) this.name(param);
    const lambda: LambdaExpr = { kind: "lambda", pos, param, formals, body, name: undefined, doc: undefined };
    this.document(lambda, pos);
    return lambda;
  }

  private document(value: Expr, pos: Pos): void {
    if (this.docComments.size === 0) return;
    const doc = this.docComments.get(pos - this.base);
    if (doc !== undefined) documentFunctions(value, { start: this.base + doc.start, end: this.base + doc.end });
  }

  // Formal parameters.

  private readonly formalSet: Rule<Formals> = this.RULE("formalSet", () => {
    const outer = this.formals;
    const list: Formal[] = [];
    this.formals = list;
    this.CONSUME(t.FormalsBrace);
    const ellipsis = this.or(1, this.formalSetForms);
    this.formals = outer;
    return { list, ellipsis };
  });

  private readonly formalSetForms: Alternatives<boolean> = {
    DEF: [
      {
        ALT: () => {
          this.consume(0, t.RightBrace);
          return false;
        },
      },
      {
        ALT: () => {
          this.consume(0, t.Ellipsis);
          this.consume(1, t.RightBrace);
          return true;
        },
      },
      {
        ALT: () => {
          this.subrule(0, this.formal);
          this.MANY(this.furtherFormal);
          return this.or(2, this.formalSetEnds);
        },
      },
    ],
    ERR_MSG: formalStart.ERR_MSG,
  };

  private readonly formalSetEnds: Alternatives<boolean> = {
    DEF: [
      {
        ALT: () => {
          this.consume(2, t.RightBrace);
          return false;
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.LastComma);
          const ellipsis = this.OPTION(this.lastEllipsis) ?? false;
          this.consume(3, t.RightBrace);
          return ellipsis;
        },
      },
    ],
    ERR_MSG: afterFormal,
  };

  private readonly furtherFormal = () => {
    this.CONSUME(t.Comma);
    this.subrule(1, this.formal);
  };

  private readonly lastEllipsis = () => {
    this.consume(1, t.Ellipsis);
    return true;
  };

  private readonly formal: Rule<void> = this.RULE("formal", () => {
    const token = this.CONSUME(t.Id, formalStart);
    const { formals } = this;
    const fallback = this.OPTION(this.formalFallback);
    formals.push({ name: this.name(token.image), pos: this.pos(token), fallback });
  });

  private readonly formalFallback = () => {
    this.CONSUME(t.Question);
    return this.SUBRULE(this.expression);
  };

  private readonly parameterAfterFormals = () => {
    this.consume(0, t.At);
    return this.CONSUME(t.Id).image;
  };

  /** Throws when a name occurs twice. */
  private checkFormals({ list }: Formals, param: string | undefined, pos: Pos): void {
    // A token that is none is met before a function is complete.
    if (this.RECORDING_PHASE || this.LA(1).tokenType === t.ScanError) return;
    const { symbols } = this.context;
    const names = new Set<string>();
    let repeated: Formal | undefined;
    for (const formal of list) {
      if (!names.has(formal.name)) names.add(formal.name);
      // Of several ones Nix reports the one that appeared first, in any source.
      else if (repeated === undefined || symbols.rankOf(formal.name) < symbols.rankOf(repeated.name)) repeated = formal;
    }
    if (repeated !== undefined) this.fail(`duplicate formal function argument '${repeated.name}'`, repeated.pos);
    if (param !== undefined && names.has(param)) this.fail(`duplicate formal function argument '${param}'`, pos);
    if (list.length > mostFormals) {
      this.fail(`too many formal arguments, implementation supports at most ${mostFormals}`, pos);
    }
  }

  // Operators and function application, flat: the stack knows what binds tighter.

  /** An operand and what follows it. This is in its rule twice, and `n` numbers the two. */
  private operation(n: number): Expr {
    this.operandAt(n);
    this.many(n, this.operationSteps[n]!);
    return this.RECORDING_PHASE ? this.head : this.operations.end();
  }

  private operandAt(n: number): void {
    const pos = this.pos(this.LA(1));
    this.operations.pushOperand(this.subrule(n, this.operand), pos);
  }

  private readonly operationSteps = [0, 1].map((n) => {
    const forms = [
      { ALT: () => this.argument(n) },
      { ALT: () => this.binaryOperator(n) },
      { ALT: () => this.hasAttr(n) },
    ];
    return () => {
      this.or(10 + n, forms);
    };
  });

  private argument(n: number): void {
    if (!this.operations.canApply && this.reject()) return;
    const arg = this.subrule(10 + n, this.operand);
    if (this.RECORDING_PHASE) return;
    this.warnAboutOr(arg);
    this.operations.applyArgument(arg);
  }

  private binaryOperator(n: number): void {
    const token = this.LA(1);
    if (!this.RECORDING_PHASE) {
      const operator = binaryOperators.get(token.image)!;
      if (!this.operations.admits(operator)) {
        if (operator.associativity === "none") this.fail(`syntax error, unexpected '${token.image}'`, this.pos(token));
        this.reject();
        return;
      }
      this.operations.pushOperator(operator, this.pos(token));
    }
    this.consume(n, t.BinaryOperator);
    this.many(10 + n, this.prefixSteps[n]!);
    this.operandAt(20 + n);
  }

  private hasAttr(n: number): void {
    this.consume(n, t.Question);
    const path = this.subrule(n, this.attrPath);
    if (!this.RECORDING_PHASE) this.operations.applyHasAttr(path);
  }

  private readonly prefixSteps = [0, 1, 2].map((n) => {
    const forms = [
      { ALT: () => this.operations.pushOperator(notOperator, this.pos(this.consume(n, t.Not))) },
      { ALT: () => this.operations.pushOperator(negationOperator, this.pos(this.consume(n, t.Negation))) },
    ];
    return () => {
      this.or(20 + n, forms);
    };
  });

  /** Makes the next token one that nothing takes, so that the rules end before it and it becomes the syntax error. */
  private reject(): boolean {
    if (this.RECORDING_PHASE) return false;
    (this.LA(1) as Token).reject();
    return true;
  }

  // Operands: what can be applied and what can be selected from.

  private readonly operand: Rule<Expr> = this.RULE("operand", () => {
    const pos = this.pos(this.LA(1));
    const expr = this.OR(this.simpleForms);
    this.head = expr;
    this.headPos = pos;
    this.endOfOr = -1;
    return this.OPTION(this.suffix) ?? expr;
  });

  private readonly suffix = () => this.or(1, this.suffixForms);

  private readonly suffixForms = [
    {
      ALT: (): Expr => {
        const { head: expr, headPos: pos } = this;
        this.CONSUME(t.Dot);
        const path = this.SUBRULE(this.attrPath);
        const fallback = this.option(1, this.selectFallback);
        this.endOfOr = -1;
        return { kind: "select", pos, expr, path, fallback };
      },
    },
    {
      // `x or` is `x` applied to a variable named `or`: nixpkgs had such a function.
      ALT: (): Expr => {
        const { head: fn, headPos: pos } = this;
        const token = this.consume(0, t.Or);
        this.endOfOr = this.pos(token) + token.image.length;
        return { kind: "call", pos, fn, args: [{ kind: "var", pos, name: "or" }] };
      },
    },
  ];

  private readonly selectFallback = () => {
    this.consume(1, t.Or);
    const fallback = this.SUBRULE(this.operand);
    this.warnAboutOr(fallback);
    return fallback;
  };

  private warnAboutOr(expr: Expr): void {
    if (this.endOfOr >= 0 && !this.RECORDING_PHASE) this.context.warnAboutOr(expr.pos, this.endOfOr);
  }

  private readonly simpleForms = [
    {
      ALT: (): Expr => {
        const token = this.CONSUME(t.Id);
        const pos = this.pos(token);
        return token.image === "__curPos"
          ? { kind: "curPos", pos }
          : { kind: "var", pos, name: this.name(token.image) };
      },
    },
    { ALT: (): Expr => ({ kind: "string", pos: noPos, value: this.CONSUME(t.PlainString).image }) },
    { ALT: (): Expr => this.SUBRULE(this.interpolatedString) },
    {
      ALT: (): Expr => {
        const pos = this.pos(this.CONSUME(t.IndentedOpen));
        const outer = this.indented;
        const parts: IndentedPart[] = [];
        this.indented = parts;
        this.MANY(this.indentedPart);
        this.indented = outer;
        this.CONSUME(t.IndentedClose, insideIndented);
        return stripIndentation(pos, parts);
      },
    },
    { ALT: (): Expr => this.SUBRULE(this.pathLiteral) },
    {
      ALT: (): Expr => {
        const token = this.CONSUME(t.SearchPath);
        const args: Expr[] = [
          { kind: "var", pos: noPos, name: "__nixPath" },
          { kind: "string", pos: noPos, value: token.image.slice(1, -1) },
        ];
        return { kind: "call", pos: this.pos(token), fn: { kind: "var", pos: noPos, name: "__findFile" }, args };
      },
    },
    { ALT: (): Expr => ({ kind: "int", pos: noPos, value: parseInteger(this.CONSUME(t.Int).image) }) },
    { ALT: (): Expr => ({ kind: "float", pos: noPos, value: Number(this.CONSUME(t.Float).image) }) },
    { ALT: (): Expr => ({ kind: "string", pos: noPos, value: this.uriLiteral(this.CONSUME(t.Uri)) }) },
    {
      ALT: (): Expr => {
        this.CONSUME(t.LeftParenthesis);
        const expr = this.subrule(0, this.expression);
        this.CONSUME(t.RightParenthesis);
        return expr;
      },
    },
    {
      ALT: (): Expr => {
        const pos = this.pos(this.CONSUME(t.LeftBrace));
        const attrs = this.subrule(0, this.bindings);
        this.consume(0, t.RightBrace, afterBindings);
        return this.placed(attrs, pos, false);
      },
    },
    {
      ALT: (): Expr => {
        const pos = this.pos(this.CONSUME(t.Rec));
        this.consume(1, t.LeftBrace);
        const attrs = this.subrule(1, this.bindings);
        this.consume(1, t.RightBrace, afterRecBindings);
        return this.placed(attrs, pos, true);
      },
    },
    {
      ALT: (): Expr => {
        const pos = this.pos(this.CONSUME(t.LegacyLet));
        this.consume(2, t.LeftBrace);
        const attrs = this.subrule(2, this.bindings);
        this.consume(2, t.RightBrace, afterRecBindings);
        this.placed(attrs, pos, true);
        const path: AttrName[] = [{ kind: "static", pos: noPos, name: "body" }];
        return { kind: "select", pos, isPlacedLate: true, expr: attrs, path, fallback: undefined };
      },
    },
    {
      ALT: (): Expr => {
        this.CONSUME(t.LeftBracket);
        const outer = this.items;
        const items: Expr[] = [];
        this.items = items;
        this.many(1, this.item);
        this.items = outer;
        this.CONSUME(t.RightBracket, nothing);
        return { kind: "list", pos: items[0]?.pos ?? noPos, items };
      },
    },
  ];

  private placed(attrs: AttrsBuilder, pos: Pos, recursive: boolean): AttrsBuilder {
    if (this.RECORDING_PHASE) return attrs;
    attrs.pos = pos;
    attrs.recursive = recursive;
    return attrs;
  }

  private readonly item = () => {
    const { items } = this;
    const expr = this.subrule(1, this.operand);
    this.warnAboutOr(expr);
    items.push(expr);
  };

  // Strings and paths.

  private readonly interpolatedString: Rule<Expr> = this.RULE("interpolatedString", (): Expr => {
    this.consume(0, t.Quote);
    const outer = this.parts;
    const parts: Part[] = [];
    this.parts = parts;
    this.MANY(this.stringPart);
    this.parts = outer;
    this.consume(1, t.Quote);
    return { kind: "concatStrings", pos: parts[0]?.pos ?? noPos, forceString: true, parts };
  });

  private readonly stringPart = () => {
    this.OR(this.stringPartForms);
  };

  private readonly stringPartForms = [
    {
      ALT: () => {
        const token = this.CONSUME(t.Text);
        this.parts.push({ pos: this.pos(token), expr: { kind: "string", pos: noPos, value: token.image } });
      },
    },
    {
      ALT: () => {
        const { parts } = this;
        const pos = this.pos(this.CONSUME(t.Interpolation));
        parts.push({ pos, expr: this.SUBRULE(this.expression) });
        this.CONSUME(t.RightBrace);
      },
    },
  ];

  private readonly indentedPart = () => {
    this.or(2, this.indentedPartForms);
  };

  private readonly indentedPartForms = [
    {
      ALT: () => {
        const token = this.CONSUME(t.IndentedText);
        this.indented.push({ pos: this.pos(token), text: token.image, isEscape: false });
      },
    },
    {
      ALT: () => {
        const token = this.CONSUME(t.IndentedEscape);
        this.indented.push({ pos: this.pos(token), text: token.image, isEscape: true });
      },
    },
    {
      ALT: () => {
        const { indented } = this;
        const pos = this.pos(this.consume(0, t.Interpolation));
        indented.push({ pos, expr: this.subrule(1, this.expression) });
        this.consume(3, t.RightBrace);
      },
    },
  ];

  private readonly pathLiteral: Rule<Expr> = this.RULE("pathLiteral", (): Expr => {
    const pos = this.pos(this.LA(1));
    const first: Part = { pos, expr: { kind: "path", pos: noPos, value: this.or(0, this.pathStarts) } };
    const outer = this.parts;
    const parts = [first];
    this.parts = parts;
    this.OPTION(this.pathParts);
    this.parts = outer;
    this.CONSUME(t.PathEnd);
    return parts.length === 1 ? first.expr : { kind: "concatStrings", pos, forceString: false, parts };
  });

  private readonly pathStarts = [
    {
      ALT: () => {
        const token = this.CONSUME(t.Path);
        if (this.RECORDING_PHASE) return "";
        this.lintPath(token);
        return resolvePath(token.image, this.context.baseDir);
      },
    },
    {
      ALT: () => {
        const token = this.CONSUME(t.HomePath);
        return this.RECORDING_PHASE ? "" : this.homePath(token);
      },
    },
  ];

  private readonly pathParts = () => {
    this.option(1, this.secondPathText);
    this.pathInterpolation(0);
    this.MANY(this.furtherPathPart);
  };

  private readonly secondPathText = () => this.pathText(0);

  private readonly furtherPathPart = () => {
    this.or(1, this.furtherPathParts);
  };

  private readonly furtherPathParts = [{ ALT: () => this.pathText(1) }, { ALT: () => this.pathInterpolation(1) }];

  private pathText(n: number): void {
    const token = this.consume(n, t.Text);
    this.parts.push({ pos: this.pos(token), expr: { kind: "string", pos: noPos, value: token.image } });
  }

  private pathInterpolation(n: number): void {
    const { parts } = this;
    const pos = this.pos(this.consume(n, t.Interpolation));
    parts.push({ pos, expr: this.subrule(n, this.expression) });
    this.consume(n, t.RightBrace);
  }

  private uriLiteral(token: IToken): string {
    const { image } = token;
    if (!this.RECORDING_PHASE) {
      this.context.lint?.("url", this.pos(token), (isFatal) => {
        const state = isFatal ? "disallowed" : "discouraged";
        return `URL literals are ${state}. Consider using a string literal "${image}" instead`;
      });
    }
    return image;
  }

  private lintPath(token: IToken): void {
    const { image } = token;
    if (image.startsWith("/")) this.lintAbsolutePath("absolute", token);
    else if (!image.startsWith(".")) {
      const message = `relative path literal '${image}' should be prefixed with '.' for clarity: './${image}'`;
      this.context.lint?.("shortPath", this.pos(token), () => message);
    }
  }

  private lintAbsolutePath(kind: "absolute" | "home", token: IToken): void {
    this.context.lint?.("absolutePath", this.pos(token), () => {
      const advice = `Consider replacing path literal '${token.image}' by a string, relative path, or parameter`;
      return `${kind} path literals are not portable. ${advice}`;
    });
  }

  private homePath(token: IToken): string {
    const { homeDir } = this.context;
    const literal = token.image;
    if (homeDir === undefined) {
      throw new NixError("restricted", `the path '${literal}' can not be resolved in pure mode`);
    }
    this.lintAbsolutePath("home", token);
    return homeDir + literal.slice(1);
  }

  // Attribute paths and bindings.

  private readonly attrPath: Rule<AttrName[]> = this.RULE("attrPath", () => {
    const outer = this.path;
    const path: AttrName[] = [];
    this.path = path;
    path.push(this.or(0, this.firstNameForms));
    this.MANY(this.furtherName);
    this.path = outer;
    return path;
  });

  private readonly furtherName = () => {
    const { path } = this;
    this.CONSUME(t.Dot);
    path.push(this.or(1, this.furtherNameForms));
  };

  /** An attribute's name. This is in several rules, and twice in one; `n` numbers the two. */
  private nameForms(n: number): Alternatives<AttrName> {
    return {
      DEF: [
        { ALT: () => this.staticName(this.consume(n, t.Id)) },
        { ALT: () => this.staticName(this.consume(n, t.PlainString)) },
        { ALT: () => this.staticName(this.consume(n, t.Or)) },
        {
          ALT: () => {
            const pos = this.pos(this.LA(1));
            return { kind: "dynamic", pos, expr: this.subrule(n, this.interpolatedString) };
          },
        },
        {
          ALT: () => {
            const pos = this.pos(this.consume(n, t.Interpolation));
            const expr = this.subrule(n, this.expression);
            this.consume(n, t.RightBrace);
            return expr.kind === "string"
              ? { kind: "static", pos, name: this.name(expr.value) }
              : { kind: "dynamic", pos, expr };
          },
        },
      ],
      ERR_MSG: "identifier or 'or' or '${' or '\"'",
    };
  }

  private readonly firstNameForms = this.nameForms(0);
  private readonly furtherNameForms = this.nameForms(1);

  private staticName(token: IToken): AttrName {
    return { kind: "static", pos: this.pos(token), name: this.name(token.image) };
  }

  private readonly bindings: Rule<AttrsBuilder> = this.RULE("bindings", () => {
    const outer = this.attrs;
    const attrs = newAttrs();
    this.attrs = attrs;
    this.MANY(this.binding);
    this.attrs = outer;
    return attrs;
  });

  private readonly binding = () => {
    this.OR(this.bindingForms);
  };

  private readonly bindingForms = [
    {
      ALT: () => {
        const { attrs } = this;
        const pos = this.pos(this.LA(1));
        const path = this.SUBRULE(this.attrPath);
        this.CONSUME(t.Equals, afterAttrPath);
        const value = this.subrule(0, this.expression);
        this.consume(0, t.Semicolon);
        if (this.RECORDING_PHASE) return;
        addBinding(attrs, path, pos, value, this.context.source);
        this.document(value, pos);
      },
    },
    {
      ALT: () => {
        const { attrs } = this;
        this.CONSUME(t.Inherit);
        const from = this.OPTION(this.inheritSource);
        const outer = this.path;
        const names: AttrName[] = [];
        this.path = names;
        this.many(1, this.inheritedName);
        this.path = outer;
        this.consume(1, t.Semicolon, nothing);
        if (this.RECORDING_PHASE) return;
        const index = from === undefined ? undefined : attrs.inheritFrom.push(from) - 1;
        for (const name of names) {
          if (name.kind === "static") addInherited(attrs, name.name, name.pos, index, this.context.source);
        }
      },
    },
  ];

  private readonly inheritSource = () => {
    this.CONSUME(t.LeftParenthesis);
    const from = this.subrule(1, this.expression);
    this.CONSUME(t.RightParenthesis);
    return from;
  };

  private readonly inheritedNameForms = this.nameForms(2);

  private readonly inheritedName = () => {
    const { path } = this;
    const name = this.or(2, this.inheritedNameForms);
    if (name.kind === "dynamic") this.fail("dynamic attributes not allowed in inherit", name.pos);
    path.push(name);
  };
}

function parseInteger(digits: string): number | bigint {
  const value = Number(digits);
  return value <= Number.MAX_SAFE_INTEGER || Number.isNaN(value) ? value : BigInt(digits);
}
