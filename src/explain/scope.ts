// What the names of a source mean, told from its syntax alone: where a variable is defined, and which names it could
// have been. Names that a `with` brings are not known here.
import type {
  AttrNameNode,
  BindingNode,
  FormalNode,
  InheritNode,
  LambdaNode,
  NameNode,
  SyntaxNode,
  WithNode,
} from "./syntax-node.ts";
import { ancestorsOf } from "./syntax-search.ts";

export type Definition =
  /** `a = …;` or `a.b = …;` in a `let` or `rec`. */
  | { readonly kind: "binding"; readonly name: AttrNameNode; readonly binding: BindingNode }
  /** `inherit a;` or `inherit (x) a;` in one. */
  | { readonly kind: "inherit"; readonly name: AttrNameNode; readonly inherit: InheritNode }
  | { readonly kind: "formal"; readonly name: NameNode; readonly formal: FormalNode; readonly lambda: LambdaNode }
  | { readonly kind: "parameter"; readonly name: NameNode; readonly lambda: LambdaNode };

/** Names that a node brings into the scope of one of its parts. */
interface Scope {
  readonly node: SyntaxNode;
  readonly definitions: readonly Definition[];
}

/** The definition of a name as seen from a node; undefined for a global one, or one that only a `with` can bring. */
export function findDefinition(name: string, from: SyntaxNode): Definition | undefined {
  for (const { definitions } of scopesOf(from)) {
    const found = definitions.find((definition) => nameOf(definition) === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Every definition that can be seen from a node, innermost first. */
export function visibleDefinitions(from: SyntaxNode): Definition[] {
  const seen = new Set<string>();
  const visible: Definition[] = [];
  for (const { definitions } of scopesOf(from)) {
    for (const definition of definitions) {
      const name = nameOf(definition);
      if (seen.has(name)) continue;
      seen.add(name);
      visible.push(definition);
    }
  }
  return visible;
}

/** The `with` expressions whose sets a node can see, innermost first. */
export function withsAround(from: SyntaxNode): WithNode[] {
  const found: WithNode[] = [];
  let inside: SyntaxNode = from;
  for (const around of ancestorsOf(from)) {
    if (around.kind === "with" && around.body === inside) found.push(around);
    inside = around;
  }
  return found;
}

export function nameOf({ name }: Definition): string {
  return name.name as string;
}

/** The bindings of a set or `let` whose names are written out. */
export function definitionsOf(bindings: readonly (BindingNode | InheritNode)[]): Definition[] {
  return bindings.flatMap((binding): Definition[] => {
    if (binding.kind === "binding") {
      const [name] = binding.path;
      return name?.name === undefined ? [] : [{ kind: "binding", name, binding }];
    }
    return binding.names.flatMap((name) =>
      name.name === undefined ? [] : [{ kind: "inherit", name, inherit: binding }],
    );
  });
}

function* scopesOf(from: SyntaxNode): Generator<Scope, void, void> {
  let inside: SyntaxNode = from;
  // `inherit x` in a scope means the x around it.
  let skipsNext = from.kind === "attrName" && isInherited(from);
  for (const around of ancestorsOf(from)) {
    const definitions = definitionsIn(around, inside);
    if (definitions.length > 0) {
      if (skipsNext) skipsNext = false;
      else yield { node: around, definitions };
    } else if (skipsNext && (around.kind === "attrs" || around.kind === "let")) skipsNext = false;
    inside = around;
  }
}

function isInherited(name: AttrNameNode): boolean {
  return name.parent?.kind === "inherit" && name.parent.from === undefined;
}

function definitionsIn(node: SyntaxNode, inside: SyntaxNode): Definition[] {
  switch (node.kind) {
    case "let":
      return definitionsOf(node.bindings);
    case "attrs":
      return node.isRecursive ? definitionsOf(node.bindings) : [];
    case "lambda": {
      if (inside === node.param) return [];
      const { param, formals } = node;
      return [
        ...(formals?.list ?? []).map(
          (formal): Definition => ({ kind: "formal", name: formal.name, formal, lambda: node }),
        ),
        ...(param === undefined ? [] : [{ kind: "parameter" as const, name: param, lambda: node }]),
      ];
    }
    default:
      return [];
  }
}

/** The last name of `a.b.f` or `f`. */
export function lastNameOf(node: SyntaxNode): string | undefined {
  if (node.kind === "variable") return node.name;
  return node.kind === "select" ? node.path.at(-1)?.name : undefined;
}
