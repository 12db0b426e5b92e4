// Which of the lines that came at once belong together.
import { expect, it } from "vitest";
import { inputsIn } from "../../src/repl/pasted-input.ts";
import { sessionInMemory } from "./session-in-memory.ts";

const { repl } = sessionInMemory();
const inputs = (...lines: readonly string[]) => inputsIn(repl.session.evaluation, lines);

it("takes lines that can stand alone for inputs of their own", () => {
  expect(inputs("x = 1", "x + 1", ":t x")).toEqual(["x = 1", "x + 1", ":t x"]);
  expect(inputs("a = {", "  b = 1;", "}", "a.b")).toEqual(["a = {\n  b = 1;\n}", "a.b"]);
});

it("takes lines together that can not, or that are indented", () => {
  expect(inputs("{ a = 1; }", "// { b = 2; }")).toEqual(["{ a = 1; }\n// { b = 2; }"]);
  expect(inputs("f", "  x", "  y")).toEqual(["f\n  x\n  y"]);
  expect(inputs("let", "  x = 1;", "in x")).toEqual(["let\n  x = 1;\nin x"]);
});

it("leaves lines as they are that make no sense together either", () => {
  expect(inputs("1 +", ")", "2")).toEqual(["1 +", ")", "2"]);
});

it("keeps the last lines together when more has to come", () => {
  expect(inputs("1", "(2", "+")).toEqual(["1", "(2\n+"]);
});
