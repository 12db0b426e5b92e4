// Chevrotain's own checks of the grammar, which are left out when it is used: no ambiguity with one token of lookahead,
// no left recursion, no rule or production twice.
import { describe, expect, it } from "vitest";
import { NixGrammar } from "../../src/parser/grammar.ts";

describe("the grammar", () => {
  it("is valid and LL(1)", () => {
    expect(() => new NixGrammar(undefined, true)).not.toThrow();
  });
});
