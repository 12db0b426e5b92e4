// Numbers, paths and strings that cannot be written so.
import type { Explanation } from "./diagnostic.ts";
import type { ErrorCase } from "./error-case.ts";

export function explainInvalidLiteral(error: ErrorCase): Explanation | undefined {
  const { message, innerPos } = error;
  const source = error.interpreter.positions.sourceOf(innerPos);
  if (source === undefined) return undefined;
  const { text } = source;
  const offset = innerPos - source.base;
  const number = /^invalid (integer|float) '(.*)'$/.exec(message);
  if (number !== null) {
    const range = { source, start: offset, end: offset + number[2]!.length };
    const isInteger = number[1] === "integer";
    return {
      primary: { range, text: "this number is too large or too small" },
      notes: [isInteger ? "integers go up to 9223372036854775807" : "floats go from 2.2e-308 to 1.8e308"],
      suggestions: isInteger ? [{ text: "as a float, it keeps about 15 digits: write `.0` behind it" }] : [],
    };
  }
  if (message === "path has a trailing slash") {
    // The position is behind the path, or that of its token at the end of the text.
    const before = text.slice(0, offset);
    const start = /[\w.+~/-]*\/$/.exec(before)?.index ?? offset;
    const end = start === offset ? offset + /^[\w.+~/-]*/.exec(text.slice(offset))![0].length : offset;
    const range = { source, start, end: Math.max(end, start + 1) };
    return {
      primary: { range, text: "a path ends with a name" },
      suggestions: [
        { text: "leave the last slash out", edit: { range: { source, start: end - 1, end }, replacement: "" } },
      ],
    };
  }
  return { primary: error.labelAt(innerPos, "this text cannot be in a string") };
}
