// Texts that nest or go on for long, by what they are made of.

/** A text of `depth` levels or items. */
export const nestedTexts: Readonly<Record<string, (depth: number) => string>> = {
  parentheses: (depth) => around("(", "1", ")", depth),
  lists: (depth) => around("[", "", "]", depth),
  sets: (depth) => around("{ a = ", "1", "; }", depth),
  recursiveSets: (depth) => around("rec { a = ", "1", "; }", depth),
  lets: (depth) => around("let a = 1; in ", "a", "", depth),
  letsInBindings: (depth) => around("let a = ", "1", "; in a", depth),
  legacyLets: (depth) => around("let { body = ", "1", "; }", depth),
  functions: (depth) => around("a: ", "a", "", depth),
  formals: (depth) => around("{ a }@b: ", "a", "", depth),
  defaults: (depth) => around("{ a ? ", "1", " }: a", depth),
  strings: (depth) => around('"a${', "1", '}"', depth),
  indentedStrings: (depth) => around("''\n  a ${", "1", "}''", depth),
  paths: (depth) => around("./a${", "1", "}", depth),
  names: (depth) => around("a.${", "a", "}", depth),
  conditions: (depth) => around("if ", "a", " then 1 else 2", depth),
  alternatives: (depth) => around("if a then 1 else ", "2", "", depth),
  withs: (depth) => around("with a; ", "a", "", depth),
  asserts: (depth) => around("assert a; ", "a", "", depth),
  negations: (depth) => around("!", "a", "", depth),
  minuses: (depth) => around("- ", "a", "", depth),
  operands: (depth) => around("1 + (", "1", ")", depth),
  fallbacks: (depth) => around("a.b or ", "a", "", depth),
  concatenations: (depth) => around("a ++ ", "a", "", depth),
  sums: (depth) => around("a + ", "a", "", depth),
  mixedOperators: (depth) => around("a -> a + a * a ++ a // ", "a", "", depth),
  arguments: (depth) => around("a ", "a", "", depth),
  selections: (depth) => around("a.", "a", "", depth),
  attrPath: (depth) => `{ ${around("a.", "b", "", depth)} = 1; }`,
  attrs: (depth) => `{ ${numbered((index) => `a${index} = 1;`, depth)} }`,
  mergedAttrs: (depth) => `{ ${numbered((index) => `a = { b${index} = 1; };`, depth)} }`,
  manyFormals: (depth) => `{ ${numbered((index) => `a${index},`, depth)} }: 1`,
  items: (depth) => `[ ${"a ".repeat(depth * 10)}]`,
  escapes: (depth) => `"${'\\n\\"'.repeat(depth * 20)}"`,
  indentedEscapes: (depth) => `''${"''\\n\n  '''x".repeat(depth * 20)}''`,
  comments: (depth) => `${"/* a */ # b\n /** c */".repeat(depth)} 1`,
};

/** The same without an end. */
export const brokenTexts: Readonly<Record<string, (depth: number) => string>> = {
  parentheses: (depth) => "(".repeat(depth),
  sets: (depth) => "{ a = ".repeat(depth),
  strings: (depth) => '"${'.repeat(depth),
  functions: (depth) => "a: ".repeat(depth),
};

function around(before: string, middle: string, after: string, depth: number): string {
  return before.repeat(depth) + middle + after.repeat(depth);
}

function numbered(make: (index: number) => string, count: number): string {
  return Array.from({ length: count }, (_, index) => make(index)).join(" ");
}
