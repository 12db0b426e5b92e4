// Programs that never end: a value that needs itself, with the way round; and calls nested too deeply, with the function
// that repeats.
import { noPos, type Pos, type Source } from "../source/position.ts";
import { InfiniteRecursionError } from "../value/thunk.ts";
import type { CodeLabel, Explanation, Suggestion } from "./diagnostic.ts";
import { type ErrorCase, type Placed, rangeOf, rangeOfParameters } from "./error-case.ts";
import { findDefinition, lastNameOf } from "./scope.ts";
import type { LambdaNode, SyntaxNode } from "./syntax-node.ts";
import { allNodes, ancestorsOf, bare, nodesAround } from "./syntax-search.ts";

/** One step of the way round: the definition that is being evaluated, and the expression in it that needs the next. */
interface Step {
  readonly pos: Pos;
  readonly defined: string | undefined;
  readonly needed: string | undefined;
}

const mostSteps = 6;
/** In names. */
const longestPath = 4;

export function explainInfiniteRecursion(error: ErrorCase): Explanation | undefined {
  const whole = error.error.cause instanceof InfiniteRecursionError ? error.error.cause : error.error;
  const cycle = whole instanceof InfiniteRecursionError ? whole.cycle : [];
  const steps = [...new Set(cycle)]
    .filter((pos) => error.isUsers(pos))
    .map((pos) => stepAt(error, pos))
    .reverse();
  const at =
    useAmong(error, [error.innerPos, ...error.trace.slice(0, 3).map(({ pos }) => pos)]) ?? steps.at(-1)?.pos ?? noPos;
  if (at === noPos) return undefined;
  const use = error.nodeAt(at, "select") ?? error.nodeAt(at, "variable");
  const text = "this needs the value that is being computed";
  const primary = use === undefined ? error.labelAt(at, text) : { range: rangeOf(use), text };
  const labels: CodeLabel[] = [];
  const needed = steps.map((step) => step.needed);
  for (const [index, step] of steps.slice(0, mostSteps).entries()) {
    if (step.pos === at || steps.length === 1) continue;
    const owner = step.defined ?? needed.at(index - 1);
    const subject = owner === undefined ? "" : `'${owner}' `;
    const text = step.needed === undefined ? "this is on the way" : `${index + 1}. ${subject}needs '${step.needed}'`;
    const found = error.labelAt(step.pos, text);
    if (found !== undefined) labels.push(found);
  }
  const notes = wayRound(steps);
  return { primary, labels, notes, suggestions: [...selfReference(error, at)] };
}

/** `a -> b -> a`, when all of it is known and there is more than one step. */
function wayRound(steps: readonly Step[]): string[] {
  const needed = steps.map((step) => step.needed);
  const owners = steps.map(({ defined }, index) => defined ?? needed.at(index - 1));
  if (steps.length < 2 || owners.includes(undefined)) return [];
  // The last one may need the first by another name.
  const [first, last] = [owners[0], needed.at(-1)];
  const isFirst = last === undefined || lastStep(last) === lastStep(first ?? "");
  const way = isFirst ? owners : [...owners, last];
  return [`the way round: ${[...way, first].join(" -> ")}`];
}

/** The first of these positions that is a use of a name, and not its definition; else the first one. */
function useAmong(error: ErrorCase, positions: readonly Pos[]): Pos | undefined {
  const users = positions.filter((pos) => error.isUsers(pos));
  return (
    users.find((pos) => error.nodeAt(pos, "variable") !== undefined || error.nodeAt(pos, "select") !== undefined) ??
    users[0]
  );
}

function stepAt(error: ErrorCase, pos: Pos): Step {
  const located = error.locate(pos);
  if (located === undefined) return { pos, defined: undefined, needed: undefined };
  const around = nodesAround(located.root, located.offset);
  const innermost = around.at(-1);
  const binding = around.findLast((node) => node.kind === "binding" || node.kind === "formal");
  // An attribute that is forced for a selection is named by where it is defined.
  const isDefinition = innermost?.kind === "attrName" && innermost.parent?.kind === "binding";
  const defined = binding === undefined ? undefined : definedPath(binding);
  const needed = isDefinition ? defined : neededText(located.source, around, located.offset);
  return { pos, defined: isDefinition ? undefined : defined, needed };
}

/** The last name of a path. */
function lastStep(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

/** The name of a definition, with those of the sets that it is in, as far as they are within one function. */
function definedPath(definition: SyntaxNode): string | undefined {
  if (definition.kind === "formal") return definition.name.name;
  const names = ownPath(definition);
  for (const around of ancestorsOf(definition)) {
    if (around.kind === "lambda" || around.kind === "let" || names.length >= longestPath) break;
    names.unshift(...ownPath(around));
  }
  return names.length === 0 ? undefined : names.join(".");
}

function ownPath(node: SyntaxNode): string[] {
  return node.kind === "binding" ? node.path.map(({ name }) => name ?? "...") : [];
}

/** `x` or `a.b`, as it is written. */
function neededText(source: Source, around: readonly SyntaxNode[], offset: number): string | undefined {
  const beginning = around.filter(({ start }) => start === offset);
  const use =
    beginning.findLast(({ kind }) => kind === "select") ?? beginning.findLast(({ kind }) => kind === "variable");
  if (use === undefined) return undefined;
  const text = source.text.slice(use.start, use.end);
  return text.length <= 40 && !/\s/.test(text) ? text : use.kind === "select" ? lastNameOf(use) : undefined;
}

/** What is usually meant by a definition that uses its own name. */
function* selfReference(error: ErrorCase, pos: Pos): Generator<Suggestion, void, void> {
  const located = error.locate(pos);
  if (located === undefined) return;
  const { source, offset, root } = located;
  const around = nodesAround(root, offset);
  const binding = around.findLast((node) => node.kind === "binding");
  if (binding?.kind !== "binding") return;
  const name = binding.path[0]?.name;
  for (const node of around.filter(({ start }) => start === offset).toReversed()) {
    if (node.kind === "variable" && node.name === name) {
      const definition = findDefinition(node.name, node);
      if (definition?.kind !== "binding" || definition.binding !== binding) continue;
      const owner = binding.parent;
      const outer = owner === undefined ? undefined : findDefinition(node.name, owner);
      const isAlone = bare(binding.value) === node && binding.path.length === 1;
      const construct = owner?.kind === "let" ? "`let`" : "`rec`";
      if (outer !== undefined && isAlone) {
        const edit = { range: rangeOf({ source, node: binding }), replacement: `inherit ${node.name};` };
        yield {
          text: `in a ${construct}, '${node.name}' means the one that is being defined; for the outer one`,
          edit,
        };
      } else if (outer !== undefined) {
        yield {
          text: `in a ${construct}, '${node.name}' means the one that is being defined, not the outer one: give one of them another name`,
        };
      } else yield { text: `in a ${construct}, '${node.name}' means the one that is being defined here` };
      return;
    }
    if (node.kind === "select" && node.path[0]?.name === name) {
      const overlay = overlayOf(node.target);
      if (overlay === undefined) continue;
      const edit = { range: rangeOf({ source, node: node.target }), replacement: overlay.before };
      yield {
        text: `'${overlay.after}' has the definition that is being made here; '${overlay.before}' has the one before`,
        edit,
      };
      return;
    }
  }
}

/** The parameters of `final: prev: …`, when an expression is the first of them. */
function overlayOf(target: SyntaxNode): { readonly after: string; readonly before: string } | undefined {
  if (target.kind !== "variable") return undefined;
  const definition = findDefinition(target.name, target);
  if (definition?.kind !== "parameter") return undefined;
  const inner = bare(definition.lambda.body);
  if (inner.kind !== "lambda" || inner.param === undefined) return undefined;
  return { after: target.name, before: inner.param.name };
}

export function explainStackOverflow(error: ErrorCase): Explanation | undefined {
  const counts = new Map<string, { readonly pos: Pos; readonly message: string; count: number }>();
  for (const { message, pos } of error.trace) {
    if (pos === noPos) continue;
    const key = `${pos} ${message}`;
    const entry = counts.get(key);
    if (entry === undefined) counts.set(key, { pos, message, count: 1 });
    else entry.count++;
  }
  const most = Math.max(0, ...[...counts.values()].map(({ count }) => count));
  if (most < 10) {
    const primary = error.labelAt(error.innermostPos, "this was one call too many");
    return primary && { primary };
  }
  const often = [...counts.values()].filter(({ count }) => count > most / 2);
  const functions = often.filter(({ message }) => /^while calling (?!the ')/.test(message));
  const sites = often.filter(({ message }) => message === "from call site" || /^while calling the '/.test(message));
  const lambdas = functions.map(({ pos }) => error.nodeAt(pos, "lambda")).filter((found) => found !== undefined);
  const names = functions.map(({ message }) => message.replace("while calling ", ""));
  const labels = lambdas.slice(0, 3).map((lambda, index): CodeLabel => {
    return {
      range: rangeOfParameters(lambda),
      text: `${names[index]} was called ${functions[index]!.count} times, one within the other`,
    };
  });
  const site = sites.find(({ pos }) => error.isUsers(pos)) ?? sites[0] ?? often[0];
  const primary =
    site && error.labelAt(site.pos, lambdas.length === 1 ? "it calls itself here" : "the calls repeat here");
  return {
    primary,
    labels,
    notes:
      names.length === 0
        ? []
        : [
            `${names.length === 1 ? "this function repeats" : "these functions repeat"}: ${[...new Set(names)].join(", ")}`,
          ],
    suggestions: endings(lambdas),
  };
}

/** A function that always calls itself has no end. */
function endings(lambdas: readonly Placed<LambdaNode>[]): Suggestion[] {
  const decides = lambdas.some(({ node }) => {
    for (const inner of allNodes(node.body)) {
      if (inner.kind === "if" || inner.kind === "assert" || inner.kind === "select") return true;
      if (inner.kind === "binary" && ["&&", "||", "->"].includes(inner.operator)) return true;
    }
    return false;
  });
  if (lambdas.length === 0) return [];
  if (decides)
    return [{ text: "check the condition that should end it: the calls nest up to `max-call-depth` (10000)" }];
  return [{ text: "there is no `if` in it: it has no case in which it does not call itself" }];
}
