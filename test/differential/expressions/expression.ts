// Random expressions over the whole language. They are sketched by kind, so that most programs get far; about one value in
// 30 is of a random kind, so that every complaint is heard.
import fc from "fast-check";
import { blocks } from "./blocks.ts";
import { allCalls, callsOf, wildCall } from "./calls.ts";
import { constructions } from "./constructions.ts";
import { literals } from "./literals.ts";
import { type Kind, kinds } from "./scope.ts";
import { type Expressions, level, type Sketch } from "./sketch.ts";

const depth = { depthIdentifier: fc.createDepthIdentifier(), depthSize: 3, maxDepth: 7, withCrossShrink: true };

/** A variable of this kind, or the literal where there is none. */
function leaf(kind: Kind): fc.Arbitrary<Sketch> {
  const variable = fc.tuple(fc.nat(7), literals[kind]).map(
    ([choice, literal]): Sketch =>
      (scope) => {
        const name = scope.pick(kind, choice);
        return name === undefined ? literal(scope) : { text: name, level: level.atom };
      },
  );
  return fc.oneof({ arbitrary: literals[kind], weight: 2 }, { arbitrary: variable, weight: 3 });
}

function ofKind(expressions: Expressions, kind: Kind): fc.Arbitrary<Sketch> {
  const calls = callsOf(expressions, kind);
  return fc.oneof(
    depth,
    { arbitrary: leaf(kind), weight: 3 },
    { arbitrary: constructions(expressions, kind), weight: 4 },
    { arbitrary: blocks(expressions, kind), weight: 3 },
    ...(calls === undefined ? [] : [{ arbitrary: calls, weight: kind === "any" ? 1 : 3 }]),
    ...(kind === "any" ? [{ arbitrary: wildCall(expressions), weight: 2 }] : []),
  );
}

function byKind(make: (kind: Kind) => fc.Arbitrary<Sketch>): Expressions {
  return Object.fromEntries(kinds.map((kind) => [kind, make(kind)])) as Expressions;
}

/** An expression of any kind that is more than a literal. */
export const expression: fc.Arbitrary<Sketch> = fc.letrec<Record<Kind | "whole", Sketch>>((tie) => {
  // Inside others, an expression is now and then of a kind that nobody asked for.
  const parts = byKind((kind) => {
    if (kind === "any") return tie(kind);
    return fc.oneof({ arbitrary: tie(kind), weight: 30 }, { arbitrary: tie("any"), weight: 1 });
  });
  const whole = fc.oneof(
    { arbitrary: fc.oneof(...kinds.flatMap((kind) => [constructions(parts, kind), blocks(parts, kind)])), weight: 5 },
    { arbitrary: allCalls(parts), weight: 4 },
    { arbitrary: wildCall(parts), weight: 1 },
  );
  return { ...byKind((kind) => ofKind(parts, kind)), whole };
}).whole;
