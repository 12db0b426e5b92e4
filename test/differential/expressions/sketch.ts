// Expressions before they are text: a sketch is written down once it is known which variables are in scope, so that
// shrinking a part of a program never leaves another part with a variable that is gone.
import type { Arbitrary } from "fast-check";
import type { Kind, Scope } from "./scope.ts";

/** Text in which gaps are still to be filled with white space, and how loosely its outermost operator binds. */
export interface Code {
  readonly text: string;
  readonly level: number;
}

export type Sketch = (scope: Scope) => Code;

/** Expressions of every kind, for what is built of them. */
export type Expressions = Readonly<Record<Kind, Arbitrary<Sketch>>>;

/** How loosely things bind: what stands in a place must not bind more loosely than the place allows. */
export const level = {
  atom: 0,
  select: 1,
  call: 2,
  negate: 3,
  hasAttr: 4,
  concat: 5,
  multiply: 6,
  add: 7,
  not: 8,
  update: 9,
  order: 10,
  equal: 11,
  and: 12,
  or: 13,
  implies: 14,
  anything: 15,
} as const;

/** White space that has to be there. */
export const gap = "\u0001";
/** White space that may be there. */
export const slack = "\u0002";

/** The text of a sketch for a place, in parentheses where it needs some. */
export function write(sketch: Sketch, scope: Scope, place: number): string {
  const { text, level: binding } = sketch(scope);
  return binding <= place ? text : `(${slack}${text}${slack})`;
}

/** A text that is the same in every scope; its spaces are gaps. */
export function constant(text: string, binding: number = level.atom): Sketch {
  const code = { text: text.replaceAll(" ", gap), level: binding };
  return () => code;
}

/**
 * An expression with others in it: in the pattern, `#7` is the place of the next one and what may stand there, a space is
 * a gap and `~` slack.
 */
export function form(binding: number, pattern: string, parts: readonly Sketch[]): Sketch {
  const pieces = pattern
    .replaceAll(" ", gap)
    .replaceAll("~", slack)
    .split(/#(\d+)/);
  return (scope) => {
    let text = "";
    for (const [index, piece] of pieces.entries()) {
      text += index % 2 === 0 ? piece : write(parts[(index - 1) / 2] as Sketch, scope, Number(piece));
    }
    return { text, level: binding };
  };
}
