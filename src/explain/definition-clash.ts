// Names that are defined twice: the place of the other definition is in the message.
import { showOrigin } from "../source/position.ts";
import type { CodeLabel, Explanation, Suggestion } from "./diagnostic.ts";
import { type ErrorCase, label } from "./error-case.ts";

export function explainDuplicateAttribute(error: ErrorCase): Explanation | undefined {
  const [, name, path, line, column] =
    /attribute '(.*)' already defined at (.*):(\d+):(\d+)$/s.exec(error.message) ?? [];
  const primary = error.labelAt(error.innerPos, `'${name}' is defined again here`);
  if (name === undefined || primary === undefined) return undefined;
  const { source } = primary.range;
  const earlier = path === showOrigin(source.origin) ? offsetOf(source.text, Number(line), Number(column)) : undefined;
  const labels: CodeLabel[] = [];
  if (earlier !== undefined) {
    labels.push({ range: nameAt(source, earlier), text: "and here" });
  }
  const suggestions: Suggestion[] =
    error.error.kind === "syntax"
      ? [
          {
            text: "only sets can be defined in parts, as in `a.b = 1; a.c = 2;`",
          },
        ]
      : [];
  return { primary, labels, suggestions };

  function nameAt(where: typeof source, start: number) {
    const written = /^(?:[\w.'-]|"[^"\n]*")+/.exec(where.text.slice(start))?.[0] ?? " ";
    return { source: where, start, end: start + written.length };
  }
}

export function explainDuplicateArgument(error: ErrorCase): Explanation | undefined {
  const name = /'(.*)'$/s.exec(error.message)?.[1];
  if (name === undefined) return undefined;
  const lambda = error.nodeAt(error.innerPos, "lambda");
  const formal = lambda?.node.formals?.list.find((candidate) => candidate.name.name === name);
  if (lambda?.node.param !== undefined && formal !== undefined) {
    const { source } = lambda;
    const names = [lambda.node.param, formal.name].sort((a, b) => a.start - b.start);
    return {
      primary: label({ source, node: names[1]! }, `'${name}' is a parameter already`),
      labels: [label({ source, node: names[0]! }, "the first one")],
    };
  }
  const primary = error.labelAt(error.innerPos, `'${name}' is a parameter already`);
  if (primary === undefined) return undefined;
  const { source, start } = primary.range;
  const before = source.text.slice(0, start);
  const earlier = [...before.matchAll(new RegExp(`(?<![\\w'-])${escaped(name)}(?![\\w'-])`, "g"))].at(-1);
  const labels =
    earlier === undefined
      ? []
      : [{ range: { source, start: earlier.index, end: earlier.index + name.length }, text: "the first one" }];
  return { primary, labels };
}

function escaped(name: string): string {
  return name.replaceAll(/[^\w]/g, "\\$&");
}

function offsetOf(text: string, line: number, column: number): number | undefined {
  const lineEnd = /\r\n|\r|\n/g;
  for (let number = 1; number < line; number++) if (lineEnd.exec(text) === null) return undefined;
  const offset = lineEnd.lastIndex + column - 1;
  return offset < text.length ? offset : undefined;
}
