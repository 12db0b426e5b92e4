// What C++ Nix makes of regular expressions is in text-corpus; here is what it cannot say: that our three ways of running
// one agree, and that none of them takes for ever.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PosixRegex } from "../../src/builtins/posix-regex.ts";
import { RegexError } from "../../src/builtins/regex-error.ts";
import { translateRegex } from "../../src/builtins/regex-native.ts";
import { compileRegex } from "../../src/builtins/regex-program.ts";
import { RegexSearcher } from "../../src/builtins/regex-search.ts";
import { parseRegex } from "../../src/builtins/regex-syntax.ts";

const { regex: anyRegex } = fc.letrec<{ regex: string; branch: string; item: string; atom: string }>((tie) => ({
  regex: fc.array(tie("branch"), { minLength: 1, maxLength: 3 }).map((branches) => branches.join("|")),
  branch: fc.array(tie("item"), { maxLength: 4 }).map((items) => items.join("")),
  item: fc
    .tuple(tie("atom"), fc.constantFrom("", "", "", "*", "+", "?", "{2}", "{0,2}", "{1,}", "{0}", "**"))
    .map(([atom, quantifier]) => (/^[$^]$/.test(atom) ? atom : atom + quantifier)),
  atom: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom("a", "b", "c", ".", "[ab]", "[^a]", "^", "$", "()"),
    tie("regex").map((inner) => `(${inner})`),
  ),
}));
/** Nested `{2}` of a long expression multiply; what is left out takes seconds and shows nothing that short ones do not. */
const regex = anyRegex.filter((source) => source.length <= 40);
/** Plain backtracking can take exponential time; beyond this it goes on with a memory. */
const manySteps = 20_000;
const text = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 9 }).map((bytes) => bytes.join(""));

function ownMatches(source: string, subject: string, stepsWithoutMemory: number): (readonly number[] | undefined)[] {
  const program = compileRegex(parseRegex(source));
  // What is remembered holds for one kind of run: a searcher either matches the whole text or looks through it.
  const [whole, search] = [1, 2].map(() => new RegexSearcher(program, subject, stepsWithoutMemory));
  const run = (searcher: RegexSearcher, start: number, toEnd: boolean, notEmpty: boolean) =>
    searcher.matchAt(start, toEnd, notEmpty) ? [...searcher.best] : undefined;
  const starts = [...subject, ""].map((_, start) => start);
  return [
    run(whole!, 0, true, false),
    ...starts.map((start) => run(search!, start, false, false)),
    ...starts.map((start) => run(search!, start, false, true)),
  ];
}

describe("running an expression", () => {
  it("gives the same with and without a memory of what was tried", () => {
    fc.assert(
      fc.property(regex, text, (source, subject) => {
        expect(ownMatches(source, subject, 0)).toEqual(ownMatches(source, subject, manySteps));
      }),
      { numRuns: 2000 },
    );
  });

  it("gives the same in JavaScript's engine, where that is used", () => {
    let translated = 0;
    fc.assert(
      fc.property(regex, text, (source, subject) => {
        const native = translateRegex(parseRegex(source));
        if (native === undefined) return;
        translated++;
        const [whole] = ownMatches(source, subject, manySteps);
        const groups = whole?.slice(2).flatMap((_, i, slots) => (i % 2 === 0 ? [slots.slice(i, i + 2)] : []));
        const parts = groups?.map(([start, end]) => ((end as number) < 0 ? null : subject.slice(start, end)));
        expect(PosixRegex.of(source).match(subject)).toEqual(parts);
      }),
      { numRuns: 2000 },
    );
    expect(translated).toBeGreaterThan(500);
  });

  it("uses JavaScript's engine for what programs match most", () => {
    const common = [
      "[0-9]+(\\.[0-9]+)*",
      "(.*)-([0-9].*)",
      "[[:space:]]*(.*[^[:space:]])[[:space:]]*",
      "[a-zA-Z0-9+._?-][a-zA-Z0-9+._?=-]*",
      "([^:]*):(.*)",
      "(https?|ftp)://([^/]+)(/.*)?",
    ];
    expect(common.filter((source) => translateRegex(parseRegex(source)) === undefined)).toEqual([]);
  });
});

describe("expressions that make backtracking engines slow", () => {
  const many = "a".repeat(2000);

  it.each([
    ["(a|a)*b", many, undefined],
    ["(a|a)*", many, ["a"]],
    ["(a*)*b", many, undefined],
    ["(a*)*", many, [""]],
    ["((a*)*)*b", many, undefined],
    ["(a|aa|aaa)*b", many, undefined],
    ["(a?){100}a{100}", "a".repeat(100), [""]],
    ["((a|b)*|(a|c)*)*d", many, undefined],
    ["(.*)(.*)(.*)(.*)(.*)x", many, undefined],
    ["(x+x+)+y", "x".repeat(2000), undefined],
    ["([a-z]+)+[0-9]", many, undefined],
    ["((a*)*(b*)*(c*)*(d*)*(e*)*)*x", "abcde".repeat(40), undefined],
    [`${"(a*)*".repeat(30)}b`, "a".repeat(60), undefined],
    [`(${"(a?)*".repeat(12)})*b`, "a".repeat(40), undefined],
  ] as const)("%s", (source, subject, groups) => {
    expect(PosixRegex.of(source).match(subject)).toEqual(groups);
  });

  it("search a long text that does not match", () => {
    for (const source of ["a+b", "(a|ab)+c", "(a*)*b", "(aa|a)*b|c", ".*.*x"]) {
      expect(PosixRegex.of(source).matchAll(many)).toEqual([]);
    }
  });

  it("search a very long text that does not match, where every start could fail in many ways", () => {
    const long = "a".repeat(50_000);
    for (const source of ["((a*)*)*b", "((a|b)*|(a|c)*)*d", "((((a?)*)?)*)*b", "((a{0,5}){0,5}){0,5}b"]) {
      expect(PosixRegex.of(source).matchAll(long)).toEqual([]);
      expect(PosixRegex.of(source).match(long)).toBe(undefined);
    }
  });

  it("find every byte of a long text", () => {
    const long = "ab\n".repeat(20_000);
    for (const source of ["\n", "(\n|x)", "(\n)|(x*y)", "(\n+)(a|ab)?"]) {
      expect(PosixRegex.of(source).matchAll(long)).toHaveLength(20_000);
    }
    expect(PosixRegex.of("").matchAll(long)).toHaveLength(60_001);
  });

  it("take one group through a long text", () => {
    const long = "ab".repeat(200_000);
    expect(PosixRegex.of("(a|b)*").match(long)).toEqual(["b"]);
    expect(PosixRegex.of("((a)|b)*").match(long)).toEqual(["b", "a"]);
    expect(PosixRegex.of("(.*)b").match(long)?.[0]).toHaveLength(long.length - 1);
  });
});

describe("reading an expression", () => {
  it("takes any nesting", () => {
    const deep = 20_000;
    expect(PosixRegex.of("(".repeat(deep) + ")".repeat(deep)).match("")).toHaveLength(deep);
    expect(() => PosixRegex.of("(".repeat(deep))).toThrow(RegexError);
  });

  it("ends at 100,000 states", () => {
    const tooLarge = { tooLarge: true };
    expect(() => PosixRegex.of("a".repeat(100_000))).toThrow(expect.objectContaining(tooLarge));
    expect(() => PosixRegex.of("(((a{100}){100}){100}){100}")).toThrow(expect.objectContaining(tooLarge));
    expect(() => PosixRegex.of("a{2147483647}")).toThrow(expect.objectContaining(tooLarge));
  });
});
