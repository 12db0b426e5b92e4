// Computed names where a scope has to be known before anything is evaluated.
import type { Explanation } from "./diagnostic.ts";
import { type ErrorCase, label } from "./error-case.ts";

export function explainDynamicAttribute(error: ErrorCase): Explanation | undefined {
  const text = "a name here has to be written out";
  const found = error.nodeAt(error.innerPos, "let");
  if (found === undefined) {
    const primary = error.labelAt(error.innerPos, text);
    return { primary, suggestions: [{ text: "select such an attribute: `{ name = set.name; }`" }] };
  }
  const { source, node } = found;
  const binding = node.bindings.find(
    (candidate) => candidate.kind === "binding" && candidate.path[0]?.computed !== undefined,
  );
  const name = binding?.kind === "binding" ? binding.path[0] : undefined;
  if (name === undefined) return undefined;
  return {
    primary: label({ source, node: name }, text),
    suggestions: [{ text: "a set can have it: `let names = { ... }; in`" }],
  };
}
