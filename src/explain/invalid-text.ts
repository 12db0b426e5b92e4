// Strings that a builtin could not read as what it needs: paths, regular expressions, JSON and TOML.
import type { Explanation } from "./diagnostic.ts";
import { type ErrorCase, label, type Placed } from "./error-case.ts";
import { suggestReplacing } from "./rewriting.ts";
import type { CallNode, ExpressionNode } from "./syntax-node.ts";
import { bare } from "./syntax-search.ts";
import { originOf } from "./value-origin.ts";

export function explainInvalidPath(error: ErrorCase): Explanation | undefined {
  const text = /^string '(.*)' doesn't represent an absolute path$/s.exec(error.message)?.[1];
  const place = firstArgument(error);
  if (error.message.startsWith("a string that refers to a store path")) {
    const sum = error.operatorAt(error.innerPos);
    if (sum === undefined) return undefined;
    const { source, node } = sum;
    const left = { source, node: node.left };
    const written = source.text.slice(node.left.start, node.left.end);
    return {
      primary: label(sum, "a path plus a string that needs something of the store"),
      suggestions: [suggestReplacing(left, `"\${${written}}"`, "make a string of the path first")],
    };
  }
  if (place === undefined || text === undefined) return undefined;
  const { place: origin, isElsewhere } = originOf(error, place);
  const isWritten = origin.node.kind === "string" && origin.node.text === text && /^[\w.][\w./+-]*$/.test(text);
  const relative = /^\.\.?\//.test(text) ? text : `./${text}`;
  return {
    primary: label(place, "this does not begin with a `/`"),
    labels: isElsewhere ? [label(origin, "it is written here")] : [],
    suggestions: isWritten
      ? [suggestReplacing(origin, relative, "for a path from the folder of this file, leave the quotes out")]
      : [{ text: 'for a path from the folder of this file: `./. + "/..."`' }],
  };
}

export function explainRegularExpression(error: ErrorCase): Explanation | undefined {
  const place = firstArgument(error);
  if (place === undefined) return undefined;
  const origin = originOf(error, place);
  return {
    primary: label(place, "this is not a valid regular expression"),
    labels:
      origin.isElsewhere && origin.place.node.kind === "string" ? [label(origin.place, "it is written here")] : [],
    notes: [
      "regular expressions are POSIX extended ones: no `\\d`, `\\w` or `(?...)`, and `\\` is written `\\\\` in a string",
    ],
  };
}

export function explainInvalidData(error: ErrorCase): Explanation | undefined {
  const place = firstArgument(error);
  if (place === undefined) return undefined;
  const reads = /parse|syntax|TOML|unsigned json/.test(error.message);
  return { primary: label(place, reads ? "this text cannot be read" : "this cannot be written as such a text") };
}

/** The first argument of the builtin call that failed. */
function firstArgument(error: ErrorCase): Placed<ExpressionNode> | undefined {
  for (const pos of error.positions.slice(0, 4)) {
    const call: Placed<CallNode> | undefined = error.callAt(pos);
    const [first] = call?.node.args ?? [];
    if (call !== undefined && first !== undefined) return { source: call.source, node: bare(first) };
  }
  return undefined;
}
