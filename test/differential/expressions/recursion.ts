// Functions that call themselves, mostly a few times.
import fc from "fast-check";
import type { Kind } from "./scope.ts";
import { type Expressions, gap, level, type Sketch, write } from "./sketch.ts";

export function recursion(expressions: Expressions, kind: Kind): fc.Arbitrary<Sketch> {
  const counts = fc.oneof(
    { arbitrary: fc.integer({ min: 0, max: 12 }), weight: 40 },
    { arbitrary: fc.constantFrom(300, 4000), weight: 1 },
  );
  return fc.tuple(expressions[kind], expressions[kind], counts, fc.constantFrom("go", "seq", "tail")).map(
    ([base, step, count, shape]): Sketch =>
      (scope) => {
        const inner = scope.with(["n"]);
        const last = write(base, inner, level.anything);
        const next = write(step, inner, level.select);
        const again = `go${gap}(n${gap}-${gap}1)`;
        const more =
          shape === "go"
            ? `builtins.head${gap}[${gap}(${again})${gap}${next}${gap}]`
            : shape === "seq"
              ? `builtins.seq${gap}(${again})${gap}${next}`
              : again;
        const definition = `go${gap}=${gap}n:${gap}if${gap}n${gap}<${gap}1${gap}then${gap}${last}${gap}else${gap}${more};`;
        return { text: `let${gap}${definition}${gap}in${gap}go${gap}${count}`, level: level.anything };
      },
  );
}
