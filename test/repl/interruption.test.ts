// An evaluation that is interrupted, at whatever call, leaves everything as it was: evaluated again, it gives what it
// would have given, and what it had found out already stays.
import { describe, expect, it } from "vitest";
import { Interruption } from "../../src/host/interrupt-watch.ts";
import { sessionInMemory } from "./session-in-memory.ts";

const files = {
  "/imported.nix": "{ n }: rec { list = builtins.genList (i: i * n) 5; total = builtins.foldl' builtins.add 0 list; }",
};

const expressions = [
  "let f = n: if n == 0 then 0 else 1 + f (n - 1); in f 30",
  "map (x: x * x) (builtins.filter (x: x > 2) [ 1 2 3 4 5 ])",
  "builtins.sort (a: b: a < b) [ 5 3 9 1 7 ]",
  "builtins.foldl' (a: b: a + b) 0 (builtins.genList (x: x) 20)",
  "map (x: x.key) (builtins.genericClosure { startSet = [ { key = 5; } ]; operator = x: if x.key == 0 then [ ] else [ { key = x.key - 1; } ]; })",
  "map (x: x.key) (builtins.genericClosure { startSet = map (n: { key = [ ((x: x) n) ]; }) [ 2 1 2 ]; operator = x: [ ]; })",
  "rec { a = b + 1; b = c + 1; c = builtins.length (map d [ 1 2 3 ]); d = x: x; }",
  "let set = { __functor = self: x: self.add x; add = x: x + 1; }; in map set [ 1 2 ]",
  "toString (map (x: x + 1) [ 1 2 ]) + toString { __toString = self: (x: x) ''text''; }",
  "builtins.mapAttrs (name: value: { inherit name; value = value * 2; }) { a = 1; b = 2; }",
  "with { f = x: y: x + y; }; builtins.zipAttrsWith (n: vs: builtins.foldl' f 0 vs) [ { a = 1; } { a = 2; b = 3; } ]",
  "(import /imported.nix { n = 3; })",
  "builtins.toJSON { a = map (x: x) [ 1 2 ]; b = (x: x) null; }",
  'let x = builtins.tryEval ((x: throw x) "caught"); in [ x.success (builtins.tryEval ((x: x) 1)).value ]',
  '(derivation { name = "n"; system = "s"; builder = "b"; value = map (x: x) [ "a" ]; }).drvPath',
  "builtins.seq (builtins.deepSeq (map (x: [ x ]) [ 1 2 ]) 1) ({ a ? (x: x) 1, b ? a + 1 }: a + b) { }",
];

/** Enters the expression as a variable and prints it, after an interruption at each of these calls. */
function printed(expr: string, interruptAt: readonly number[]): { readonly text: string; readonly calls: number } {
  const { repl, printed, reported } = sessionInMemory(files);
  let calls = 0;
  let stops: readonly number[] = [];
  repl.session.evaluation.interpreter.allowInterrupts(() => {
    if (stops.includes(calls++)) throw new Interruption();
  });
  repl.submit(`x = ${expr}`);
  for (const stop of interruptAt) {
    calls = 0;
    stops = [stop];
    repl.submit(":p x");
    expect(reported().map((error) => error instanceof Interruption)).toEqual([true]);
  }
  stops = [];
  calls = 0;
  printed();
  repl.submit(":p x");
  expect(reported()).toEqual([]);
  return { text: printed(), calls };
}

describe("an interruption leaves no trace", () => {
  it.for(expressions)("%s", (expr) => {
    const { text, calls } = printed(expr, []);
    expect(calls).toBeGreaterThan(1);
    for (let stop = 0; stop < calls; stop++) expect(printed(expr, [stop]).text).toBe(text);
    // What was done before the first stop is not done again, so the second one has to come earlier.
    expect(printed(expr, [calls - 1, 0]).text).toBe(text);
  });

  it("and is none of the errors that a program can catch", () => {
    const { repl, reported, printed } = sessionInMemory();
    let isStopped = true;
    repl.session.evaluation.interpreter.allowInterrupts(() => {
      if (isStopped) throw new Interruption();
    });
    const inputs = [
      ["builtins.tryEval ((x: x) 1)", ""],
      ['builtins.addErrorContext "c" ((x: x) 1)', ""],
      ["[ ((x: x) 1) 2 ]", "[\n  "],
    ] as const;
    for (const [expr, begun] of inputs) {
      repl.submit(expr);
      expect(reported().map((error) => error instanceof Interruption)).toEqual([true]);
      expect(printed()).toBe(`${begun}\n`);
    }
    isStopped = false;
    repl.submit("(x: x) 1");
    expect(printed()).toBe("1\n\n");
  });
});

describe("what can be interrupted", () => {
  it("is as deep as anything else may be", () => {
    const { repl, reported, printed } = sessionInMemory({}, { settings: { maxCallDepth: 50 } });
    repl.session.evaluation.interpreter.allowInterrupts(() => {});
    repl.submit("f = n: if n == 0 then 0 else 1 + f (n - 1)");
    expect(reported().map(String)).toEqual(["NixError: undefined variable 'f'"]);
    repl.submit("f = let f = n: if n == 0 then 0 else 1 + f (n - 1); in f");
    printed();
    repl.submit("f 5");
    expect(printed()).toBe("5\n\n");
    repl.submit("f 100");
    expect(reported().map(String)).toEqual(["NixError: stack overflow; max-call-depth exceeded"]);
    repl.submit("f 6");
    expect(printed()).toBe("\n6\n\n");
  });
});
