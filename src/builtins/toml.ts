// TOML in programs.
import { expectPlainString } from "../evaluator/expect.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { refuseNullBytes } from "../evaluator/null-bytes.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos } from "../source/position.ts";
import { AttrSet } from "../value/attr-set.ts";
import type { BuiltinDefinition } from "../value/function.ts";
import type { Lazy, Value } from "../value/value.ts";
import { parseToml, TomlReport } from "./toml-parser.ts";
import type { TomlValue } from "./toml-value.ts";

export const tomlBuiltins: readonly BuiltinDefinition<Interpreter>[] = [
  {
    name: "fromTOML",
    parameters: ["e"],
    doc: "The value of a TOML 1.0 text. Dates and times need the feature `parse-toml-timestamps`.",
    global: true,
    run: (interpreter, _pos, e: Lazy) => {
      const purpose = "while evaluating the argument passed to builtins.fromTOML";
      const text = expectPlainString(interpreter, e, noPos, purpose);
      try {
        return tomlValue(parseToml(text, "fromTOML"), interpreter.settings.experimentalFeatures.has(timestampFeature));
      } catch (error) {
        throw error instanceof TomlReport ? failure(error.message) : error;
      }
    },
  },
];

const timestampFeature = "parse-toml-timestamps";

/** The colours, which C++ Nix gives to all that messages quote, show here: they keep the report's last line end. */
function failure(message: string): NixError {
  return new NixError("eval", `while parsing TOML: \x1b[35;1m${message}\x1b[0m`);
}

function tomlValue(toml: TomlValue, withTimestamps: boolean): Value {
  switch (toml.kind) {
    case "scalar":
      if (typeof toml.value === "string") refuseNul(toml.value);
      return toml.value;
    case "timestamp":
      if (!withTimestamps) throw failure("Dates and times are not supported");
      return AttrSet.from([
        ["_type", "timestamp"],
        ["value", toml.text],
      ]);
    case "array":
      return toml.items.map((item) => tomlValue(item, withTimestamps));
    case "table":
      return AttrSet.from(
        [...toml.members].map(([name, member]) => {
          refuseNul(name);
          return [name, tomlValue(member, withTimestamps)] as const;
        }),
      );
  }
}

/** C++ Nix wraps its own error like one of the parser, with the prefix that it has already. */
function refuseNul(text: string): void {
  try {
    refuseNullBytes(text);
  } catch (error) {
    throw error instanceof NixError ? failure(`error: ${error.message}`) : error;
  }
}
