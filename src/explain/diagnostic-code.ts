// What kinds of errors there are for tools: stable identifiers, listed in docs/errors.md. An error of the program is told
// by its kind, and by its message where a kind covers several codes.
import type { NixError, NixErrorKind } from "../source/nix-error.ts";

/** Every code and what it means; docs/errors.md has this table. */
export const diagnosticCodes = {
  "syntax-error": "the text is not Nix",
  "invalid-literal": "a number, path or string that cannot be written so",
  "duplicate-attribute": "an attribute is defined twice",
  "duplicate-argument": "a function has two parameters of one name",
  "dynamic-attribute": "a computed name where only a written one is allowed",
  "undefined-variable": "a name that means nothing where it stands",
  "missing-attribute": "a set without the attribute that is selected",
  "missing-argument": "a call without an argument that the function requires",
  "unexpected-argument": "a call with an argument that the function does not know",
  "wrong-type": "a value of another type than is needed",
  "cannot-coerce": "a value that cannot become a string",
  "cannot-add": "`+` between a number and something else",
  "cannot-compare": "values that have no order",
  "not-a-function": "a call of something that is no function",
  "division-by-zero": "a division by zero",
  "integer-overflow": "an integer result beyond 64 bits",
  "index-out-of-bounds": "a list without that item",
  "invalid-path": "a string where an absolute path is needed",
  "invalid-regular-expression": "a regular expression with a mistake in it, or too complex",
  "invalid-data": "JSON, TOML or XML that cannot be read or written",
  "assertion-failed": "an `assert` whose condition is false",
  throw: "the program called `throw`",
  abort: "the program called `abort`",
  "infinite-recursion": "a value that needs itself",
  "stack-overflow": "calls nested too deeply",
  "missing-file": "a file or folder that is not there",
  "file-error": "a file that cannot be read or written",
  "search-path": "`<name>` is not in the search path",
  restricted: "what pure or restricted evaluation forbids",
  "missing-feature": "an experimental feature that is off",
  unsupported: "what this version of ocinix cannot do",
  "store-error": "a fault of the store or of what is in it",
  "build-failed": "a build, not the evaluation, failed",
  "run-failed": "a container could not be run",
  "evaluation-error": "any other error of the program",
  usage: "a command line that makes no sense",
  bug: "a bug of ocinix",
} as const;

export type DiagnosticCode = keyof typeof diagnosticCodes;

/** For the kinds whose errors all have one code, and the code of those that no pattern knows. */
const codeOfKind: Readonly<Record<NixErrorKind, DiagnosticCode>> = {
  throw: "throw",
  assert: "assertion-failed",
  abort: "abort",
  type: "wrong-type",
  eval: "evaluation-error",
  undefinedVariable: "undefined-variable",
  missingArgument: "missing-argument",
  missingAttribute: "missing-attribute",
  infiniteRecursion: "infinite-recursion",
  stackOverflow: "stack-overflow",
  syntax: "syntax-error",
  restricted: "restricted",
  missingFeature: "missing-feature",
  file: "file-error",
  store: "store-error",
  hashMismatch: "store-error",
  unsupported: "unsupported",
  usage: "usage",
};

const patterns: readonly (readonly [kind: NixErrorKind, message: RegExp, code: DiagnosticCode])[] = [
  ["syntax", /^attribute '.*' already defined at /s, "duplicate-attribute"],
  ["syntax", /^duplicate formal function argument /, "duplicate-argument"],
  ["syntax", /^dynamic attributes not allowed/, "dynamic-attribute"],
  ["syntax", /^(?:invalid (?:integer|float) |path has a trailing slash|input string )/, "invalid-literal"],
  ["syntax", /^experimental Nix feature /, "missing-feature"],
  ["missingArgument", /' called with unexpected argument /, "unexpected-argument"],
  ["missingAttribute", /^list index /, "index-out-of-bounds"],
  ["type", /^cannot coerce /, "cannot-coerce"],
  ["type", /^attempt to call something which is not a function /, "not-a-function"],
  ["type", /^(?:cannot convert .* to JSON|this value cannot be shown as XML)/s, "invalid-data"],
  ["eval", /^division by zero$/, "division-by-zero"],
  ["eval", /^integer overflow in /, "integer-overflow"],
  ["eval", /^cannot compare /, "cannot-compare"],
  ["eval", /^cannot add /, "cannot-add"],
  ["eval", /^dynamic attribute '.*' already defined at /s, "duplicate-attribute"],
  ["eval", /^'builtins\.(?:elemAt|head|tail)' called /, "index-out-of-bounds"],
  ["eval", /^(?:string '.*' doesn't represent an absolute path|path '.*' is not in the Nix store)$/s, "invalid-path"],
  ["eval", /^a string that refers to a store path cannot be appended to a path$/, "invalid-path"],
  ["eval", /regular expression '/, "invalid-regular-expression"],
  ["eval", /^(?:\[json\.exception|unsigned json number|JSON serialization error|while parsing TOML)/, "invalid-data"],
  ["file", /^path '.*' does not exist$/s, "missing-file"],
  ["file", /: No such file or directory$/, "missing-file"],
  ["throw", /^file '.*' was not found in the Nix search path /s, "search-path"],
  ["throw", /^cannot look up '<.*>' in pure evaluation mode/s, "search-path"],
];

export function codeOf({ kind, message }: NixError): DiagnosticCode {
  const found = patterns.find(([patternKind, pattern]) => patternKind === kind && pattern.test(message));
  return found === undefined ? codeOfKind[kind] : found[2];
}
