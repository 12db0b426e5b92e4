// JSON for a person: the text that a machine would read, over lines and indented by two, as Nix prints it.

const token = /"(?:[^"\\]|\\.)*"|[[\]{},:]|[^"[\]{},:]+/gs;

/** Indents a JSON text without any white space. */
export function indentJson(compact: string): string {
  let margin = "\n";
  let result = "";
  let last = "";
  for (const [part] of compact.matchAll(token)) {
    const closes = part === "]" || part === "}";
    if (closes) margin = margin.slice(0, -2);
    const isEmpty = closes && (last === "[" || last === "{");
    if (closes ? !isEmpty : /^[[{,]$/.test(last)) result += margin;
    result += part === ":" ? ": " : part;
    if (part === "[" || part === "{") margin += "  ";
    last = part;
  }
  return result;
}
