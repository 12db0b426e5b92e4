// Derivations whose attributes are not right: the errors of Nix name only the derivation.
import type { Explanation } from "./diagnostic.ts";
import type { ErrorCase, Placed } from "./error-case.ts";
import type { AttrsNode } from "./syntax-node.ts";
import { nodesAround } from "./syntax-search.ts";

export function explainDerivation(error: ErrorCase): Explanation | undefined {
  const missing = /^required attribute '(.*)' missing$/.exec(error.message)?.[1];
  const set = attributesOf(error);
  if (missing === undefined || set === undefined) return undefined;
  const { source, node } = set;
  const last = node.bindings.at(-1);
  const at = last?.end ?? node.end - 1;
  return {
    primary: {
      range: { source, start: node.start, end: node.start + 1 },
      text: `these attributes have no '${missing}'`,
    },
    suggestions: [
      { text: "add it", edit: { range: { source, start: at, end: at }, replacement: ` ${missing} = ...;` } },
    ],
  };
}

/** The set that a derivation was made of, by the place of its name. */
function attributesOf(error: ErrorCase): Placed<AttrsNode> | undefined {
  const pos = error.positions.find((candidate) => error.isUsers(candidate));
  const located = pos === undefined ? undefined : error.locate(pos);
  if (located === undefined) return undefined;
  const node = nodesAround(located.root, located.offset).findLast((around) => around.kind === "attrs");
  return node?.kind === "attrs" ? { source: located.source, node } : undefined;
}
