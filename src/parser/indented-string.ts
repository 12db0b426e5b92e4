// What `''…''` stands for: the indentation that all its lines share is removed. Lines of spaces only do not count, and
// what follows the last line's end is dropped when it is only spaces.
import { newline, space } from "../lexer/ascii.ts";
import { noPos, type Pos } from "../source/position.ts";
import type { Expr } from "./ast.ts";

export type IndentedPart =
  | { readonly pos: Pos; readonly text: string; readonly isEscape: boolean }
  | { readonly pos: Pos; readonly expr: Expr };

/** Removes the indentation. Pieces of text stay apart and empty ones vanish, as `--parse` shows. */
export function stripIndentation(pos: Pos, parts: readonly IndentedPart[]): Expr {
  const indent = commonIndentation(parts);
  const stripped: { pos: Pos; expr: Expr }[] = [];
  let atLineStart = true;
  let column = 0;
  for (const [index, part] of parts.entries()) {
    if ("expr" in part) {
      stripped.push(part);
      atLineStart = false;
      column = 0;
      continue;
    }
    const { text } = part;
    let value = "";
    let from = 0;
    for (let i = 0; i < text.length; ) {
      if (atLineStart) {
        const lineStart = i;
        while (text.charCodeAt(i) === space) i++;
        const dropped = Math.min(i - lineStart, Math.max(indent - column, 0));
        if (dropped > 0) {
          value += text.slice(from, lineStart);
          from = lineStart + dropped;
        }
        column += i - lineStart;
        if (i === text.length) break;
        column = 0;
        atLineStart = text.charCodeAt(i) === newline;
        i++;
      } else {
        const lineEnd = text.indexOf("\n", i);
        i = lineEnd < 0 ? text.length : lineEnd + 1;
        atLineStart = lineEnd >= 0;
      }
    }
    value += text.slice(from);
    if (index === parts.length - 1) value = value.replace(/\n *$/, "\n");
    if (value !== "") stripped.push({ pos: part.pos, expr: { kind: "string", pos: noPos, value } });
  }
  const [first] = stripped;
  if (first === undefined) return { kind: "string", pos: noPos, value: "" };
  if (stripped.length === 1 && first.expr.kind === "string") return first.expr;
  return { kind: "concatStrings", pos, forceString: true, parts: stripped };
}

function commonIndentation(parts: readonly IndentedPart[]): number {
  let smallest = 1_000_000;
  let atLineStart = true;
  let column = 0;
  for (const part of parts) {
    if ("expr" in part || part.isEscape) {
      if (atLineStart) smallest = Math.min(smallest, column);
      atLineStart = false;
      continue;
    }
    const { text } = part;
    for (let i = 0; i < text.length; ) {
      if (atLineStart) {
        const unit = text.charCodeAt(i);
        if (unit === space) column++;
        else if (unit === newline) column = 0;
        else {
          atLineStart = false;
          smallest = Math.min(smallest, column);
        }
        i++;
      } else {
        const lineEnd = text.indexOf("\n", i);
        i = lineEnd < 0 ? text.length : lineEnd + 1;
        if (lineEnd >= 0) {
          atLineStart = true;
          column = 0;
        }
      }
    }
  }
  return smallest;
}
