// A call whose set of arguments does not fit the function: what is missing, and which name was passed in its place.
import { noPos } from "../source/position.ts";
import { AttrSet } from "../value/attr-set.ts";
import { printAttrName } from "../value/print.ts";
import type { CodeLabel, Explanation, Suggestion } from "./diagnostic.ts";
import { type ErrorCase, label, type Placed, rangeOf, rangeOfParameters } from "./error-case.ts";
import { openingOf } from "./missing-attribute.ts";
import { listed, nearNames, oneOf } from "./near-names.ts";
import type { AttrNameNode, ExpressionNode, LambdaNode } from "./syntax-node.ts";
import { bare } from "./syntax-search.ts";

export function explainWrongArgument(error: ErrorCase): Explanation | undefined {
  const [, , kind, quoted] =
    /^function '(.*)' called (without required|with unexpected) argument '(.*)'$/s.exec(error.message) ?? [];
  const lambda = error.nodeAt(error.innerPos, "lambda");
  if (quoted === undefined || lambda?.node.formals === undefined) return undefined;
  const name = /^"(.*)"$/s.exec(quoted)?.[1] ?? quoted;
  const argument = passedArgument(error);
  const passed = error.subject instanceof AttrSet ? error.subject : AttrSet.empty;
  return kind === "with unexpected"
    ? explainUnexpected(error, name, lambda, argument, passed)
    : explainMissing(error, name, lambda, argument, passed);
}

function explainMissing(
  error: ErrorCase,
  name: string,
  lambda: Placed<LambdaNode>,
  argument: Placed<ExpressionNode> | undefined,
  passed: AttrSet,
): Explanation {
  const formals = lambda.node.formals!;
  const known = formals.list.map((formal) => formal.name.name);
  const strangers = passed.names.filter((candidate) => !known.includes(candidate));
  const [meant] = nearNames(strangers, name);
  const labels = definitionLabels(error, lambda, name);
  const written = writtenAttr(error, argument, passed, meant);
  const suggestions: Suggestion[] = [];
  if (meant !== undefined) {
    const text = `you passed '${meant}'; did you mean '${name}'?`;
    suggestions.push(
      written === undefined ? { text } : { text, edit: { range: rangeOf(written), replacement: printAttrName(name) } },
    );
  }
  if (written !== undefined) {
    if (argument !== undefined && isWithin(written, argument))
      labels.push(label(shortArgument(argument), "in this call"));
    else labels.push(...callLabel(error, argument));
    return { primary: label(written, `there is no argument '${meant}'`), labels, suggestions, notes: notes() };
  }
  if (meant === undefined) {
    const still = formals.list.filter(
      ({ name: formal, fallback }) => fallback === undefined && formal.name !== name && !passed.has(formal.name),
    );
    if (still.length > 0) {
      const others = still.map((formal) => formal.name.name);
      suggestions.push({ text: `also missing: ${listed(others)}` });
    }
    suggestions.push(...insertion(argument, name));
  }
  const primary = primaryOf(error, argument, `'${name}' is not among these`);
  const whole = { range: rangeOfParameters(lambda), text: `this function was called without '${name}'` };
  return { primary: primary ?? whole, labels: primary === undefined ? [] : labels, suggestions, notes: notes() };

  function notes(): string[] {
    const names = passed.names.map(printAttrName);
    return [`the call passes: ${names.length === 0 ? "nothing" : listed(names)}`];
  }
}

function explainUnexpected(
  error: ErrorCase,
  name: string,
  lambda: Placed<LambdaNode>,
  argument: Placed<ExpressionNode> | undefined,
  passed: AttrSet,
): Explanation {
  const formals = lambda.node.formals!;
  const known = formals.list.map((formal) => formal.name.name);
  const near = [...new Set([...error.error.suggestions, ...nearNames(known, name)])].slice(0, 4);
  const written = writtenAttr(error, argument, passed, name);
  const definedAt = passed.positionOf(name);
  const suggestions: Suggestion[] = [];
  const [best] = near;
  if (best !== undefined) {
    const text = `did you mean ${oneOf(near)}?`;
    suggestions.push(
      written === undefined ? { text } : { text, edit: { range: rangeOf(written), replacement: printAttrName(best) } },
    );
  }
  const site = written?.source ?? error.interpreter.positions.sourceOf(definedAt);
  if (lambda.source === site && near.length === 0) {
    suggestions.push({ text: `to let the function ignore other arguments, end its list with \`...\`` });
  }
  const elsewhere =
    written === undefined && definedAt !== noPos ? error.labelAt(definedAt, "it is passed here") : undefined;
  const call =
    written !== undefined && argument !== undefined && !isWithin(written, argument) ? callLabel(error, argument) : [];
  return {
    primary:
      written !== undefined
        ? label(written, "the function has no such argument")
        : primaryOf(error, argument, `'${name}' is among these`),
    labels: [...definitionLabels(error, lambda, undefined), ...call, ...(elsewhere === undefined ? [] : [elsewhere])],
    notes: [known.length === 0 ? "it takes no arguments by name" : `it takes: ${listed(known)}`],
    suggestions,
  };
}

/** The argument at the place of the call. */
function passedArgument(error: ErrorCase): Placed<ExpressionNode> | undefined {
  const site = error.trace.find(({ message }) => message === "from call site");
  const call = site && error.callAt(site.pos);
  if (call === undefined) return undefined;
  const { args } = call.node;
  const { subject } = error;
  const made = subject instanceof AttrSet ? subject.pos - call.source.base : -1;
  const written = args.find((arg) => bare(arg).kind === "attrs" && bare(arg).start === made);
  if (written !== undefined) return { source: call.source, node: written };
  const sets = args.filter((arg) => bare(arg).kind === "attrs");
  // Of several arguments it is not known which one it was.
  const argument = args.length === 1 ? args[0] : sets.length === 1 ? sets[0] : undefined;
  return argument && { source: call.source, node: argument };
}

/** Where an attribute of the argument is written: in the call itself, or where the set was made. */
function writtenAttr(
  error: ErrorCase,
  argument: Placed<ExpressionNode> | undefined,
  passed: AttrSet,
  name: string | undefined,
): Placed<AttrNameNode> | undefined {
  if (name === undefined) return undefined;
  const set = argument && bare(argument.node);
  const inherited =
    set?.kind === "attrs" ? set.bindings.flatMap((binding) => (binding.kind === "inherit" ? binding.names : [])) : [];
  const own = inherited.find((candidate) => candidate.name === name);
  if (argument !== undefined && own !== undefined) return { source: argument.source, node: own };
  const pos = passed.positionOf(name);
  const found = error.isUsers(pos) ? error.nodeAt(pos, "attrName") : undefined;
  return found?.node.name === name ? found : undefined;
}

function primaryOf(
  error: ErrorCase,
  argument: Placed<ExpressionNode> | undefined,
  text: string,
): CodeLabel | undefined {
  if (argument !== undefined) return label(shortArgument(argument), text);
  const site = error.trace.find(({ message }) => message === "from call site");
  if (site !== undefined && error.callAt(site.pos) !== undefined) return error.labelAt(site.pos, "in this call");
  const set = error.subject instanceof AttrSet && error.isUsers(error.subject.pos) ? error.subject : undefined;
  const range = set && openingOf(error, set);
  return range === undefined ? site && error.labelAt(site.pos, "in this call") : { range, text };
}

/** The whole argument if it is short, else what it begins with. */
function shortArgument({ source, node }: Placed<ExpressionNode>): Placed<ExpressionNode> {
  const set = bare(node);
  const text = source.text.slice(node.start, node.end);
  if (set.kind !== "attrs" || (text.length <= 60 && !/[\r\n]/.test(text))) return { source, node };
  const end = set.start + source.text.slice(set.start, set.end).indexOf("{") + 1;
  return { source, node: { ...set, end } };
}

function insertion(argument: Placed<ExpressionNode> | undefined, name: string): Suggestion[] {
  const set = argument && bare(argument.node);
  if (argument === undefined || set?.kind !== "attrs") return [];
  const last = set.bindings.at(-1);
  const at = last?.end ?? set.end - 1;
  const range = { source: argument.source, start: at, end: at };
  const lineBefore = /\n[ \t]*$/.exec(argument.source.text.slice(set.start, last?.start ?? set.start))?.[0];
  const space = last === undefined ? " " : "";
  return [{ text: `pass '${name}'`, edit: { range, replacement: `${lineBefore ?? " "}${name} = ...;${space}` } }];
}

function isWithin(inner: Placed, outer: Placed): boolean {
  return inner.source === outer.source && outer.node.start <= inner.node.start && inner.node.end <= outer.node.end;
}

/** The call, where the argument is not written in it. */
function callLabel(error: ErrorCase, argument: Placed<ExpressionNode> | undefined): CodeLabel[] {
  if (argument !== undefined) return [label(argument, "passed here")];
  const site = error.trace.find(({ message, pos }) => message === "from call site" && error.isUsers(pos));
  const call = site && error.callAt(site.pos);
  return call === undefined ? [] : [label(call, "in this call")];
}

/** The parameters of the function, or the one in question. */
function definitionLabels(error: ErrorCase, lambda: Placed<LambdaNode>, name: string | undefined): CodeLabel[] {
  const { source, node } = lambda;
  if (!error.isUsers(source.base + node.start)) return [];
  const formals = node.formals!;
  const formal = formals.list.find((candidate) => candidate.name.name === name);
  if (formal !== undefined) return [label({ source, node: formal }, "required here: it has no default")];
  const isShort = formals.end - formals.start <= 80;
  const range = isShort
    ? { source, start: formals.start, end: formals.end }
    : { source, start: formals.start, end: formals.start + 1 };
  return [{ range, text: "these are the arguments of the function" }];
}
