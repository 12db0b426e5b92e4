// Whole programs: an expression in some layout, and how it is evaluated and printed.
import fc from "fast-check";
import { bytesFromText } from "../../../src/source/bytes.ts";
import type { Program } from "../reference.ts";
import { expression } from "./expression.ts";
import { fillGaps, layout } from "./layout.ts";
import { Scope } from "./scope.ts";

interface Printing {
  readonly flags: readonly string[];
  readonly isNixEval: boolean;
}

const instantiate = (...flags: readonly string[]): fc.Arbitrary<Printing> =>
  fc.constant({ flags: ["--eval", ...flags], isNixEval: false });
const nixEval = (...flags: readonly string[]): fc.Arbitrary<Printing> => fc.constant({ flags, isNixEval: true });

const printing = fc.oneof(
  { arbitrary: instantiate(), weight: 2 },
  { arbitrary: instantiate("--strict"), weight: 6 },
  { arbitrary: instantiate("--json"), weight: 1 },
  { arbitrary: instantiate("--json", "--strict"), weight: 1 },
  { arbitrary: instantiate("--xml"), weight: 1 },
  { arbitrary: instantiate("--xml", "--strict"), weight: 2 },
  { arbitrary: instantiate("--raw"), weight: 1 },
  { arbitrary: nixEval(), weight: 3 },
  { arbitrary: nixEval("--json"), weight: 1 },
  { arbitrary: nixEval("--raw"), weight: 1 },
);

/** Of `nix-instantiate`: what is selected, and what functions on the way are given. */
const selection = fc.oneof(
  { arbitrary: fc.constant([]), weight: 12 },
  {
    arbitrary: fc.constantFrom("a", "s", "r", "r.n", "drv", "1", "0.a", "r.s.x").map((path) => ["-A", path]),
    weight: 1,
  },
  { arbitrary: fc.constant(["--arg", "n", "1 + 1", "--argstr", "s", "text"]), weight: 1 },
);

const features = ["ca-derivations", "impure-derivations", "dynamic-derivations", "pipe-operators"];

const settings = fc.oneof(
  { arbitrary: fc.constant([]), weight: 20 },
  {
    arbitrary: fc.constantFrom("9", "14", "25", "60").map((depth) => ["--option", "max-call-depth", depth]),
    weight: 1,
  },
  { arbitrary: fc.constant(["--option", "trace-verbose", "true"]), weight: 1 },
  { arbitrary: fc.constant(["--option", "abort-on-warn", "true"]), weight: 1 },
  { arbitrary: fc.constant(["--option", "restrict-eval", "true", "-I", "files=."]), weight: 1 },
  { arbitrary: fc.constant(["--option", "pure-eval", "true"]), weight: 1 },
  { arbitrary: fc.constant(["-I", "files=.", "-I", "./tree"]), weight: 2 },
  {
    arbitrary: fc
      .tuple(fc.constantFrom("absolute-path", "short-path"), fc.constantFrom("warn", "fatal"))
      .map(([name, lintLevel]) => ["--option", `lint-${name}-literals`, lintLevel]),
    weight: 1,
  },
  { arbitrary: fc.constant(["--extra-experimental-features", features.join(" ")]), weight: 4 },
);

/** What is added to the store can be read again, and nothing is built. */
const withoutBuilding = ["--option", "allow-import-from-derivation", "false"];
const writing = ["--read-write-mode"];

const trace = fc.constantFrom<readonly string[]>([], ["--show-trace"]);

export const program: fc.Arbitrary<Program> = fc
  .tuple(expression, layout, printing, selection, trace, settings)
  .map(([sketch, choices, { flags, isNixEval }, selected, ...more]) => ({
    // On a command line it must not look like a flag.
    text: bytesFromText(fillGaps(sketch(Scope.empty).text, choices).replace(/^-/, isNixEval ? "0 -" : "-")),
    flags: [...flags, ...withoutBuilding, ...(isNixEval ? [] : [...selected, ...writing]), ...more.flat()],
    isNixEval,
  }));
