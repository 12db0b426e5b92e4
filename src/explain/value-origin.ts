// Where a value was written: from an expression back through names, parentheses, selections and arguments, as far as
// the syntax alone, and the calls in the trace, can tell. A guess is never made: where it is unsure, it ends.
import type { Source } from "../source/position.ts";
import { type ErrorCase, type Placed, textOfNode } from "./error-case.ts";
import { type Definition, findDefinition } from "./scope.ts";
import type {
  AttrNameNode,
  AttrsNode,
  ExpressionNode,
  FormalNode,
  LambdaNode,
  SyntaxNode,
  VariableNode,
} from "./syntax-node.ts";
import { bare } from "./syntax-search.ts";

export interface Origin {
  /** The expression that made the value, or the parameter that it came in by. */
  readonly place: Placed<ExpressionNode> | Placed<FormalNode>;
  /** Whether that is another place than the one asked about. */
  readonly isElsewhere: boolean;
}

const longestWay = 20;

export function originOf(error: ErrorCase, from: Placed<ExpressionNode>): Origin {
  return new OriginSearch(error).search(from);
}

class OriginSearch {
  private readonly error: ErrorCase;
  private steps = 0;

  constructor(error: ErrorCase) {
    this.error = error;
  }

  search({ source, node }: Placed<ExpressionNode>): Origin {
    let place: Placed<ExpressionNode> | Placed<FormalNode> = { source, node: bare(node) };
    let isElsewhere = false;
    while (this.steps++ < longestWay && place.node.kind !== "formal") {
      const next: Placed<ExpressionNode> | Placed<FormalNode> | undefined = this.step(place as Placed<ExpressionNode>);
      if (next === undefined) break;
      place = next.node.kind === "formal" ? next : { source: next.source, node: bare(next.node) };
      isElsewhere = true;
    }
    return { place, isElsewhere };
  }

  private step({ source, node }: Placed<ExpressionNode>): Placed<ExpressionNode> | Placed<FormalNode> | undefined {
    if (node.kind === "variable") return this.ofName(source, node.name, node);
    if (node.kind === "select") {
      const { target, path } = node;
      return this.ofAttribute(this.search({ source, node: target }).place, path);
    }
    return undefined;
  }

  private ofName(
    source: Source,
    name: string,
    from: VariableNode | AttrNameNode,
  ): Placed<ExpressionNode> | Placed<FormalNode> | undefined {
    const definition = findDefinition(name, from);
    return definition && this.ofDefinition(source, definition);
  }

  private ofDefinition(
    source: Source,
    definition: Definition,
  ): Placed<ExpressionNode> | Placed<FormalNode> | undefined {
    switch (definition.kind) {
      case "binding": {
        const { binding } = definition;
        return binding.path.length === 1 ? { source, node: binding.value } : undefined;
      }
      case "inherit": {
        const { name, inherit } = definition;
        if (inherit.from === undefined) return this.ofName(source, name.name as string, name);
        return this.ofAttribute(this.search({ source, node: inherit.from }).place, [name]);
      }
      case "parameter": {
        const argument = argumentFor(this.error, { source, node: definition.lambda });
        return argument;
      }
      case "formal": {
        const { formal, lambda } = definition;
        const argument = argumentFor(this.error, { source, node: lambda });
        const passed = argument && this.search(argument).place;
        const found = passed && this.ofAttributeNamed(passed, formal.name.name);
        return found ?? { source, node: formal };
      }
    }
  }

  /** Follows a path into sets that are written out. */
  private ofAttribute(
    set: Placed<ExpressionNode> | Placed<FormalNode>,
    path: readonly AttrNameNode[],
  ): Placed<ExpressionNode> | Placed<FormalNode> | undefined {
    let current = set;
    for (const [index, { name }] of path.entries()) {
      const found: Placed<ExpressionNode> | Placed<FormalNode> | undefined =
        name === undefined ? undefined : this.ofAttributeNamed(current, name);
      if (found === undefined || found.node.kind === "formal") return index === path.length - 1 ? found : undefined;
      current = index === path.length - 1 ? found : this.search(found as Placed<ExpressionNode>).place;
    }
    return current;
  }

  private ofAttributeNamed(
    { source, node }: Placed,
    name: string,
  ): Placed<ExpressionNode> | Placed<FormalNode> | undefined {
    if (node.kind !== "attrs") return undefined;
    const binding = bindingOf(node, name);
    if (binding === undefined) return undefined;
    if (binding.kind === "value") return { source, node: binding.value };
    const { inherit, inherited } = binding;
    if (inherit.from === undefined) return this.ofName(source, name, inherited);
    return this.ofAttribute(this.search({ source, node: inherit.from }).place, [inherited]);
  }
}

function bindingOf(set: AttrsNode, name: string) {
  for (const binding of set.bindings) {
    if (binding.kind === "binding") {
      const [first, second] = binding.path;
      if (first?.name === name && second === undefined) return { kind: "value" as const, value: binding.value };
      continue;
    }
    const inherited = binding.names.find((candidate) => candidate.name === name);
    if (inherited !== undefined) return { kind: "inherit" as const, inherit: binding, inherited };
  }
  return undefined;
}

/** The argument that a running function was called with, when the trace says where that was. */
export function argumentFor(error: ErrorCase, lambda: Placed<LambdaNode>): Placed<ExpressionNode> | undefined {
  const { index, last, count } = stageOf(lambda.node);
  const pos = lambda.source.base + last.start;
  const { trace } = error;
  const at = trace.findIndex(({ message, pos: framePos }) => framePos === pos && message.startsWith("while calling "));
  const site = at < 0 ? undefined : trace[at + 1];
  if (site === undefined || site.message !== "from call site") return undefined;
  const call = error.callAt(site.pos);
  if (call === undefined || !isCallOf(call.node.fn, lambda, call.source)) return undefined;
  // `import ./file.nix { … }` calls the function in the file with the second argument.
  const skipped = isImport(call.node.fn) ? 1 : 0;
  const { args } = call.node;
  const argument = args.length < skipped + count ? undefined : args[skipped + index];
  return argument && { source: call.source, node: argument };
}

/** Which of the functions `a: b: …` that are called together this is, and the last of them. */
function stageOf(lambda: LambdaNode): { readonly index: number; readonly last: LambdaNode; readonly count: number } {
  let index = 0;
  let last = lambda;
  let count = 1;
  if (lambda.formals !== undefined) return { index, last, count };
  for (let outer: SyntaxNode | undefined = lambda.parent; isPlain(outer); outer = outer.parent) {
    index++;
    count++;
  }
  for (let inner: SyntaxNode = lambda.body; isPlain(inner); inner = inner.body) {
    last = inner;
    count++;
  }
  return { index, last, count };
}

function isImport(callee: ExpressionNode): boolean {
  const fn = bare(callee);
  return fn.kind === "variable" && fn.name === "import";
}

function isPlain(node: SyntaxNode | undefined): node is LambdaNode {
  return node?.kind === "lambda" && node.formals === undefined;
}

/** Whether a callee names the function, or is it. */
function isCallOf(callee: ExpressionNode, lambda: Placed<LambdaNode>, source: Source): boolean {
  const fn = bare(callee);
  let outermost: SyntaxNode = lambda.node;
  while (isPlain(outermost.parent)) outermost = outermost.parent;
  if (fn === outermost) return true;
  const name = fn.kind === "variable" ? fn.name : fn.kind === "select" ? fn.path.at(-1)?.name : undefined;
  if (name === undefined) return false;
  const around = outermost.parent;
  if (around?.kind === "binding") return around.path.at(-1)?.name === name;
  // A file that is a function: it is called by whatever name it was imported under.
  return around === undefined && textOfNode({ source, node: fn }) !== "";
}
