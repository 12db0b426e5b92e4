// The corpus of texts: regular expressions, JSON and TOML, good and broken. cases.json holds the inputs, one code unit a
// byte; outcomes.json what C++ Nix makes of them. See regenerate.ts.
import cases from "./cases.json" with { type: "json" };

/** Expressions whose values are compared, and which all have one. */
export const regexResults: readonly string[] = (cases.regexResults as unknown as (readonly [string, string])[]).map(
  ([regex, text]) => {
    const args = `${nixString(regex)} ${nixString(text)}`;
    return `[ (builtins.match ${args}) (builtins.split ${args}) ]`;
  },
);

/** Expressions whose value or message is compared. */
export const outcomes = {
  regexSyntax: cases.regexSyntax.map((regex) => `builtins.match ${nixString(regex)} ""`),
  json: cases.json.map((text) => `builtins.fromJSON ${nixString(text)}`),
  toml: cases.toml.map((text) => `builtins.fromTOML ${nixString(text)}`),
} as const satisfies Record<string, readonly string[]>;

export type OutcomeGroup = keyof typeof outcomes;

/** A literal for a byte string. */
export function nixString(bytes: string): string {
  const escaped = bytes
    .replace(/["\\]|\$(?=\{)/g, "\\$&")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t");
  return `"${escaped}"`;
}

/** The message at the end of a report, as it is laid out but without the report's margin. */
export function messageOf(report: string): string {
  const start = "error: ";
  return report.slice(report.lastIndexOf(start) + start.length).replaceAll(/\n {7}/g, "\n");
}
