// The expression whose value was wrong: an error names the construct that needed it, and its frame says which part.
import { noPos, type Pos } from "../source/position.ts";
import { AttrSet } from "../value/attr-set.ts";
import { Builtin } from "../value/function.ts";
import type { ErrorCase, Placed } from "./error-case.ts";
import { forcedValue } from "./known-names.ts";
import { lastNameOf } from "./scope.ts";
import type { BinaryNode, CallNode, ExpressionNode, LambdaNode, SyntaxNode } from "./syntax-node.ts";
import { allNodes, bare, isExpression, nodesAround, nodesAt, operatorAt } from "./syntax-search.ts";
import { originOf } from "./value-origin.ts";

export interface FaultyExpression {
  readonly place: Placed<ExpressionNode>;
  /** Whether it is this expression for sure, and not only something with it inside. */
  readonly isExact: boolean;
}

/** What the error is about, or undefined when its syntax is not known. */
export function faultyExpression(error: ErrorCase): FaultyExpression | undefined {
  for (const { purpose, pos, index } of purposes(error)) {
    const place = partFor(error, purpose, pos, index);
    if (place !== undefined) return place;
  }
  const place = error.expressionAt(error.innermostPos);
  return place && { place, isExact: false };
}

/** Expressions that C++ Nix knows no position of. */
const unplaced: ReadonlySet<string> = new Set(["number", "string", "path", "let", "list"]);

/**
 * A part of a construct that has no position of its own: the only such part in what was evaluated around it, or none.
 * `partOf` gives the part of a construct of the right kind.
 */
function unplacedPart(
  error: ErrorCase,
  index: number,
  partOf: (node: SyntaxNode) => ExpressionNode | undefined,
): Placed<ExpressionNode> | undefined {
  const around = error.trace.slice(index + 1).find(({ pos }) => pos !== noPos);
  const region = around === undefined ? wholeSource(error) : error.expressionAt(around.pos);
  if (region === undefined) return undefined;
  const parts: ExpressionNode[] = [];
  for (const node of allNodes(region.node)) {
    const part = partOf(node);
    if (part !== undefined && unplaced.has(bare(part).kind)) parts.push(part);
  }
  const [only, another] = parts;
  return only === undefined || another !== undefined ? undefined : { source: region.source, node: only };
}

function wholeSource(error: ErrorCase): Placed<ExpressionNode> | undefined {
  const source = error.onlySource;
  const node = source && error.syntaxOf(source).root;
  return source === undefined || node === undefined ? undefined : { source, node };
}

/** The expression at a position that is a certain part of what is around it. */
function partAt(
  error: ErrorCase,
  pos: Pos,
  partOf: (node: SyntaxNode) => ExpressionNode | undefined,
): Placed<ExpressionNode> | undefined {
  const located = error.locate(pos);
  if (located === undefined) return undefined;
  const { source, offset, root } = located;
  const node = nodesAround(root, offset).findLast(
    (candidate) => candidate.parent !== undefined && partOf(candidate.parent) === candidate,
  );
  return node === undefined ? undefined : { source, node: node as ExpressionNode };
}

interface Purpose {
  readonly purpose: string;
  readonly pos: Pos;
  /** Of the frame in the trace. */
  readonly index: number;
}

/** The frames up to the first that has a position. */
function purposes(error: ErrorCase): Purpose[] {
  const found: Purpose[] = [];
  for (const [index, { message, pos }] of error.trace.entries()) {
    found.push({ purpose: message, pos: pos === noPos && index === 0 ? error.innerPos : pos, index });
    if (pos !== noPos && found.length > 2) break;
    if (found.length > 6) break;
  }
  if (error.innerPos !== noPos) found.push({ purpose: "", pos: error.innerPos, index: -1 });
  return found;
}

function partFor(error: ErrorCase, purpose: string, pos: Pos, index: number): FaultyExpression | undefined {
  const exact = (place: Placed<ExpressionNode> | undefined): FaultyExpression | undefined =>
    place && { place, isExact: true };
  const construct = constructOf(purpose);
  if (construct !== undefined) {
    if (pos === noPos) return exact(unplacedPart(error, index, construct));
    const located = error.locate(pos);
    const whole = located && [...nodesAt(located.root, located.offset), operatorAt(located.root, located.offset)];
    const part = whole?.map((node) => node && construct(node)).find((node) => node !== undefined);
    return exact(part && located && { source: located.source, node: part }) ?? exact(partAt(error, pos, construct));
  }
  if (/^while evaluating one of the elements to concatenate$/.test(purpose)) {
    const found = error.operatorAt(pos);
    return found && sideThatIsNo(error, found);
  }
  if (/^while selecting an attribute$/.test(purpose)) return selectedFrom(error, pos);
  if (/value passed for the lambda argument$/.test(purpose)) {
    const site = error.trace[index + 1];
    const call = site?.message === "from call site" ? error.callAt(site.pos) : undefined;
    const [only, another] = call?.node.args ?? [];
    if (call === undefined || only === undefined) return undefined;
    return { place: { source: call.source, node: only }, isExact: another === undefined };
  }
  if (/name of a dynamic attribute$/.test(purpose)) {
    const found = error.nodeAt(pos, "binding");
    const name = found?.node.path.find((step) => step.computed !== undefined);
    return exact(found && name?.computed && { source: found.source, node: name.computed });
  }
  if (/^(?:while evaluating a path segment$|in an operand of '\+')/.test(purpose)) return exact(operandAt(error, pos));
  const attribute = /^while evaluating attribute '(.*)'(?: of derivation '.*')?$/s.exec(purpose)?.[1];
  if (attribute !== undefined) {
    const found = error.nodeAt(pos, "binding");
    return found && { place: { source: found.source, node: found.node.value }, isExact: index === 0 };
  }
  return argumentFor(error, purpose, index) ?? (purpose === "" ? placeOfMessage(error, pos) : undefined);
}

/** Which part of which construct a frame is about; its position is that of the whole, of the operator or of the part. */
function constructOf(purpose: string): ((node: SyntaxNode) => ExpressionNode | undefined) | undefined {
  if (/a branch condition$/.test(purpose)) return (node) => (node.kind === "if" ? node.condition : undefined);
  if (/condition of the assert/.test(purpose)) return (node) => (node.kind === "assert" ? node.condition : undefined);
  if (/^in the argument of (?:the not operator|'!')/.test(purpose)) {
    return (node) => (node.kind === "unary" && node.operator === "!" ? node.operand : undefined);
  }
  if (/first subexpression of a with expression$/.test(purpose)) {
    return (node) => (node.kind === "with" ? node.set : undefined);
  }
  const [, side, name] = /^in the (left|right) operand of (.*)$/.exec(purpose) ?? [];
  const operator = name === undefined ? undefined : (/'(.*)'/.exec(name)?.[1] ?? /\((.*)\)/.exec(name)?.[1]);
  if (operator === undefined) return undefined;
  return (node) => {
    if (node.kind !== "binary" || node.operator !== operator) return undefined;
    return side === "left" ? node.left : node.right;
  };
}

/** For errors that have a position of their own. */
function placeOfMessage(error: ErrorCase, pos: Pos): FaultyExpression | undefined {
  if (error.code === "not-a-function") {
    const call = error.callAt(pos);
    return call && { place: { source: call.source, node: call.node.fn }, isExact: true };
  }
  if (error.code !== "cannot-add") return undefined;
  const place = operandAt(error, pos);
  return place && { place, isExact: true };
}

/** An operand of `+` or of a prefix operator, or what is in `${ … }`. */
function operandAt(error: ErrorCase, pos: Pos): Placed<ExpressionNode> | undefined {
  const located = error.locate(pos);
  if (located === undefined) return undefined;
  const { source, offset, root } = located;
  const beginning = nodesAt(root, offset);
  const interpolation = beginning.find((node) => node.kind === "interpolation");
  if (interpolation !== undefined) return { source, node: interpolation.inner };
  const node = beginning.findLast((candidate) => isExpression(candidate) && isOperand(candidate));
  return node === undefined ? error.expressionAt(pos) : { source, node: node as ExpressionNode };
}

function isOperand({ parent }: SyntaxNode): boolean {
  return parent?.kind === "unary" || (parent?.kind === "binary" && parent.operator === "+");
}

/** `a.b.c`: what was no set, as far as the path tells. */
function selectedFrom(error: ErrorCase, pos: Pos): FaultyExpression | undefined {
  const found = error.nodeAt(pos, "select");
  if (found === undefined) {
    const inherited = error.nodeAt(pos, "attrName");
    const from = inherited?.node.parent?.kind === "inherit" ? inherited.node.parent.from : undefined;
    return inherited && from && { place: { source: inherited.source, node: from }, isExact: true };
  }
  const { source, node } = found;
  if (node.path.length === 1) return { place: { source, node: node.target }, isExact: true };
  // Which of several steps it was shows only where the sets are written out.
  for (let length = 0; length < node.path.length; length++) {
    const path = node.path.slice(0, length);
    const prefix: ExpressionNode =
      length === 0 ? node.target : { ...node, path, end: path.at(-1)!.end, fallback: undefined };
    const { place } = originOf(error, { source, node: prefix });
    const { kind } = place.node;
    if (["number", "string", "path", "list", "lambda"].includes(kind))
      return { place: { source, node: prefix }, isExact: true };
    if (kind === "variable" && ["null", "true", "false"].includes(place.node.name)) {
      return { place: { source, node: prefix }, isExact: true };
    }
  }
  const path = node.path.slice(0, -1);
  return { place: { source, node: { ...node, path, end: path.at(-1)!.end, fallback: undefined } }, isExact: false };
}

/** Of `a ++ b`, the operand that is written as something else than a list. */
function sideThatIsNo(error: ErrorCase, { source, node }: Placed<BinaryNode>): FaultyExpression {
  const isList = (side: ExpressionNode): boolean => originOf(error, { source, node: side }).place.node.kind === "list";
  if (isList(node.left)) return { place: { source, node: node.right }, isExact: true };
  if (isList(node.right)) return { place: { source, node: node.left }, isExact: true };
  return { place: { source, node }, isExact: false };
}

const ordinals = ["first", "second", "third", "fourth"];

/** The argument of a builtin, or the operand of an operator that is one. */
function argumentFor(error: ErrorCase, purpose: string, index: number): FaultyExpression | undefined {
  const isArgument = /\b(?:argument|operand|list|of the multiplication|function|error message)\b/.test(purpose);
  const placed = error.trace.slice(index + 1, index + 4).find(({ pos }) => pos !== noPos);
  const frame = placed !== undefined && /^while calling the '.*' builtin$/s.test(placed.message) ? placed : undefined;
  const throwing = frame ?? callOfPurpose(error, purpose);
  if (!isArgument || throwing === undefined) return undefined;
  const ordinal = /\b(first|second|third|fourth)\b/.exec(purpose)?.[1];
  const position = ordinal === undefined ? 0 : ordinals.indexOf(ordinal);
  const operator = error.operatorAt(throwing.pos);
  if (operator !== undefined) {
    const { source, node } = operator;
    return { place: { source, node: position === 0 ? node.left : node.right }, isExact: true };
  }
  const negation = error.nodeAt(throwing.pos, "unary");
  if (negation !== undefined && position === 1) {
    return { place: { source: negation.source, node: negation.node.operand }, isExact: true };
  }
  const call = error.callAt(throwing.pos);
  if (call === undefined) return undefined;
  const name = /'(.*)' builtin$/s.exec(throwing.message)?.[1] ?? "";
  const arity = arityOf(error, name);
  const { args } = call.node;
  const list = args.find((arg) => originOf(error, { source: call.source, node: arg }).place.node.kind === "list");
  const fn = /return value of the/.test(purpose) && isDirectCall(call.node, name) ? args[0] : undefined;
  if (fn !== undefined) {
    const { source, node } = originOf(error, { source: call.source, node: fn }).place;
    return node.kind === "lambda" ? { place: { source, node: resultOf(node) }, isExact: false } : undefined;
  }
  const isAboutItems = ordinal === undefined && /\b(?:element|value)\b/.test(purpose);
  const argument = isAboutItems && list !== undefined ? list : args[position - Math.max(arity - args.length, 0)];
  const isWhole = /^while evaluating the (?:(?:first|second|third|fourth) )?(?:argument|operand|error message)/.test(
    purpose,
  );
  const isDirect = isDirectCall(call.node, name);
  // A list is passed on as it is, whatever the function is called.
  if (argument === undefined || !(isDirect || (isAboutItems && argument === list))) return undefined;
  return { place: { source: call.source, node: argument }, isExact: isWhole };
}

function isDirectCall({ fn }: CallNode, name: string): boolean {
  return name === "" || lastNameOf(bare(fn)) === name;
}

/** What a function gives when it has all its arguments. */
function resultOf({ body }: LambdaNode): ExpressionNode {
  return body.kind === "lambda" ? resultOf(body) : body;
}

/** Builtins without a frame of their own have a position in that of their argument. */
function callOfPurpose(error: ErrorCase, purpose: string) {
  return /passed to builtins?\.(?:throw|abort|trace|addErrorContext|seq|deepSeq)/.test(purpose)
    ? error.trace.find(({ pos }) => pos !== noPos)
    : undefined;
}

function arityOf({ interpreter }: ErrorCase, name: string): number {
  const builtins = forcedValue(interpreter.globals.get("builtins"));
  const builtin = builtins instanceof AttrSet ? forcedValue(builtins.get(name)) : undefined;
  return builtin instanceof Builtin ? builtin.arity : 1;
}
