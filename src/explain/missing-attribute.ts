// A set without the attribute that is selected: what it has instead.
import { noPos } from "../source/position.ts";
import { AttrSet } from "../value/attr-set.ts";
import { printAttrName } from "../value/print.ts";
import type { CodeLabel, CodeRange, Explanation, Suggestion } from "./diagnostic.ts";
import { type ErrorCase, label, type Placed, rangeOf, textOfNode } from "./error-case.ts";
import { builtinNames, forcedValue, libraryNames } from "./known-names.ts";
import { listed, nearNames, oneOf } from "./near-names.ts";
import { asOperand } from "./rewriting.ts";
import type { AttrNameNode, ExpressionNode, SelectNode } from "./syntax-node.ts";
import { nodesAt } from "./syntax-search.ts";

/** The name, or the expression that gives it. */
type Missing = Placed<AttrNameNode> | Placed<ExpressionNode>;

export function explainMissingAttribute(error: ErrorCase): Explanation | undefined {
  const { subject, message } = error;
  const name = /^attribute '(.*?)' (?:missing$|in selection path)/s.exec(message)?.[1];
  if (name === undefined || !(subject instanceof AttrSet)) return undefined;
  const plain = /^"(.*)"$/s.exec(name)?.[1] ?? name;
  const missing = missingName(error, plain);
  const [names, count] = [subject.names, subject.size];
  const suggestions = [...nameSuggestions(error, plain, missing, names)];
  if (suggestions.length === 0) suggestions.push(...membersElsewhere(error, plain, missing, subject));
  if (suggestions.length === 0) suggestions.push(...fallbackSuggestion(missing));
  const definition = [...definitionLabel(error, subject, missing)];
  const isVisible = definition.some(({ range }) => range.end - range.start > "rec {".length);
  const members = `the set has: ${listed(names.map(printAttrName))}`;
  const notes = isVisible || count === 0 ? [] : [count > 30 ? `the set has ${count} attributes` : members];
  const text = count === 0 ? "the set is empty" : `the set has no '${plain}'`;
  const [only] = definition;
  return {
    primary: missing === undefined ? only && { ...only, text } : label(missing, text),
    labels: definition,
    notes,
    suggestions,
  };
}

/** The name in the selection or `inherit` that failed. */
function missingName(error: ErrorCase, name: string): Missing | undefined {
  // The first frames may be about what was found of a longer path.
  for (const pos of error.positions.slice(0, 4)) {
    const located = error.locate(pos);
    if (located === undefined) continue;
    const { source, offset, root } = located;
    for (const node of nodesAt(root, offset).toReversed()) {
      if (node.kind === "attrName" && node.name === name) return { source, node };
      if (node.kind !== "select") continue;
      const step = node.path.findLast((candidate) => candidate.name === name) ?? soleComputed(node);
      if (step !== undefined) return { source, node: step };
    }
  }
  return argumentOfGetAttr(error);
}

/** The name in `builtins.getAttr name set`. */
function argumentOfGetAttr(error: ErrorCase): Placed<ExpressionNode> | undefined {
  const frame = error.trace.find(({ pos }) => pos !== noPos);
  const call = frame?.message === "while calling the 'getAttr' builtin" ? error.callAt(frame.pos) : undefined;
  const [first] = call?.node.args.length === 2 ? call.node.args : [];
  return call && first && { source: call.source, node: first };
}

function soleComputed({ path }: SelectNode): AttrNameNode | undefined {
  const computed = path.filter((step) => step.name === undefined);
  return computed.length === 1 ? computed[0] : undefined;
}

function nameSuggestions(
  error: ErrorCase,
  name: string,
  missing: Missing | undefined,
  names: readonly string[],
): Suggestion[] {
  const near = [...new Set([...error.error.suggestions, ...nearNames(names, name)])].slice(0, 4);
  const [best] = near;
  if (best === undefined) return [];
  const text = `did you mean ${oneOf(near)}?`;
  if (missing?.node.kind !== "attrName" || missing.node.name === undefined) return [{ text }];
  return [{ text, edit: { range: rangeOf(missing), replacement: printAttrName(best) } }];
}

/** The same name in `builtins`, in lib, or one level deeper; and packages that ocinix does not bring. */
function membersElsewhere(error: ErrorCase, name: string, missing: Missing | undefined, set: AttrSet): Suggestion[] {
  const { interpreter } = error;
  const whole =
    missing?.node.parent?.kind === "select" ? { source: missing.source, node: missing.node.parent } : undefined;
  const isSimple = whole?.node.kind === "select" && whole.node.path.length === 1;
  const replacing = (replacement: string, text: string): Suggestion =>
    whole !== undefined && isSimple ? { text, edit: { range: rangeOf(whole), replacement } } : { text };
  const found: Suggestion[] = [];
  if (set.has("builtins") && set.has("derivationStrict")) {
    if (libraryNames(interpreter).includes(name)) found.push(replacing(`lib.${name}`, "it is a function of lib"));
    return found;
  }
  if (builtinNames(interpreter).includes(name) && set.has("attrNames")) {
    found.push(replacing(`builtins.${name}`, "it is one of the builtins"));
  }
  for (const [index, outer] of set.names.entries()) {
    const inner = forcedValue(set.values[index]);
    if (!(inner instanceof AttrSet) || inner === set || !inner.has(name) || whole === undefined) continue;
    if (found.length > 1) break;
    const { start } = missing!.node;
    const edit = { range: { source: whole.source, start, end: start }, replacement: `${printAttrName(outer)}.` };
    found.push({ text: `it is in '${outer}'`, edit });
  }
  const isInLib = found.length === 0 && set.has("lib") && !set.has(name) && libraryNames(interpreter).includes(name);
  if (isInLib && whole !== undefined) {
    const { start } = missing!.node;
    const edit = { range: { source: whole.source, start, end: start }, replacement: "lib." };
    found.push({ text: "it is a function of lib", edit });
  }
  const isEmbedded = set.has("hostProgram") && set.has("lib");
  if (isEmbedded && found.length === 0) {
    found.push(
      {
        text: `for a program of this machine, \`hostProgram\` takes any that is in PATH: (pkgs.hostProgram "${name}")`,
      },
      {
        text: "the <nixpkgs> that comes with ocinix is small: point <nixpkgs> at real nixpkgs for more (-I nixpkgs=PATH)",
      },
    );
  }
  return found;
}

/** `x.y or default` */
function fallbackSuggestion(missing: Missing | undefined): Suggestion[] {
  const select = missing?.node.parent;
  if (missing === undefined || select?.kind !== "select" || select.fallback !== undefined) return [];
  const { source } = missing;
  const path = source.text.slice(select.path[0]!.start, select.path.at(-1)!.end);
  const target = asOperand({ source, node: select.target });
  return [{ text: `if it may be missing: \`${shortened(`${target}.${path}`)} or DEFAULT\`` }];
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length <= 50 ? line : `...${line.slice(-45)}`;
}

/** Where the set was written. */
function* definitionLabel(
  error: ErrorCase,
  set: AttrSet,
  missing: Placed | undefined,
): Generator<CodeLabel, void, void> {
  if (set.pos === noPos || !error.isUsers(set.pos)) return;
  const range = openingOf(error, set);
  if (
    range === undefined ||
    (missing !== undefined && range.source === missing.source && range.start === missing.node.start)
  )
    return;
  yield { range, text: "this is the set" };
}

/** `{` or `rec {`, or all of a set in one short line. */
export function openingOf(error: ErrorCase, set: AttrSet): CodeRange | undefined {
  const placed = error.nodeAt(set.pos, "attrs");
  if (placed === undefined) return undefined;
  const range = rangeOf(placed);
  const text = textOfNode(placed);
  if (text.length <= 60 && !/[\r\n]/.test(text)) return range;
  return { ...range, end: range.start + text.indexOf("{") + 1 };
}
