// TOML in programs. The parser is a library's; its messages differ from those of C++ Nix.
import { parse, TomlDate, TomlError } from "smol-toml";
import { expectPlainString } from "../evaluator/expect.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { bytesFromText, textFromBytes } from "../source/bytes.ts";
import { NixError } from "../source/nix-error.ts";
import type { Pos } from "../source/position.ts";
import { AttrSet } from "../value/attr-set.ts";
import type { BuiltinDefinition } from "../value/function.ts";
import { intFromBigInt, type Lazy, NixFloat, type Value } from "../value/value.ts";

export const tomlBuiltins: readonly BuiltinDefinition<Interpreter>[] = [
  {
    name: "fromTOML",
    parameters: ["e"],
    doc: "The value of a TOML text. Dates and times need the feature parse-toml-timestamps.",
    global: true,
    run: (interpreter, pos, e: Lazy) => {
      const purpose = "while evaluating the argument passed to builtins.fromTOML";
      const text = expectPlainString(interpreter, e, pos, purpose);
      return new TomlReader(interpreter, pos).read(text);
    },
  },
];

class TomlReader {
  private readonly interpreter: Interpreter;
  private readonly pos: Pos;

  constructor(interpreter: Interpreter, pos: Pos) {
    this.interpreter = interpreter;
    this.pos = pos;
  }

  read(text: string): Value {
    let table: unknown;
    try {
      table = parse(textFromBytes(text), { integersAsBigInt: true });
    } catch (error) {
      if (error instanceof TomlError) throw this.fault(bytesFromText(error.message.trimEnd()));
      throw error;
    }
    return this.convert(table);
  }

  private convert(value: unknown): Value {
    if (typeof value === "boolean") return value;
    if (typeof value === "number") return new NixFloat(value);
    if (typeof value === "bigint") {
      const integer = intFromBigInt(value);
      if (integer === undefined) throw this.fault(`the integer ${value} does not fit 64 bits`);
      return integer;
    }
    if (typeof value === "string") return this.text(value);
    if (value instanceof TomlDate) {
      if (!this.interpreter.settings.experimentalFeatures.has("parse-toml-timestamps")) {
        throw this.fault("Dates and times are not supported");
      }
      return AttrSet.from([
        ["_type", "timestamp"],
        ["value", value.toISOString()],
      ]);
    }
    if (Array.isArray(value)) return value.map((item) => this.convert(item));
    const entries = Object.entries(value as Readonly<Record<string, unknown>>);
    return AttrSet.from(entries.map(([name, member]) => [this.text(name), this.convert(member)] as const));
  }

  private text(text: string): string {
    if (text.includes("\0")) throw this.fault("a text contains null bytes, which no Nix string can hold");
    return bytesFromText(text);
  }

  private fault(message: string): NixError {
    return new NixError("eval", `while parsing TOML: ${message}`, this.pos);
  }
}
