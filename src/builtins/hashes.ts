// Hashes of strings, and the ways to write a hash down.
import { expectAttrs, expectPlainString, expectString } from "../evaluator/expect.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { NixError } from "../source/nix-error.ts";
import type { Pos } from "../source/position.ts";
import {
  formatHash,
  type HashAlgorithm,
  hashBase16,
  parseHash,
  parseHashAlgorithm,
  parseHashFormat,
} from "../store/hash.ts";
import type { BuiltinDefinition } from "../value/function.ts";
import { textOf } from "../value/string-context.ts";
import type { Lazy } from "../value/value.ts";
import { programFault } from "./program-fault.ts";

export const hashBuiltins: readonly BuiltinDefinition<Interpreter>[] = [
  {
    name: "hashString",
    parameters: ["type", "s"],
    doc: "The hash of a string in base16, by md5, sha1, sha256 or sha512.",
    run: (interpreter, pos, type: Lazy, s: Lazy) => {
      const name = expectPlainString(
        interpreter,
        type,
        pos,
        "while evaluating the first argument passed to builtins.hashString",
      );
      const algorithm = algorithmOf(name, pos);
      const text = expectString(
        interpreter,
        s,
        pos,
        "while evaluating the second argument passed to builtins.hashString",
      );
      return hashBase16(algorithm, textOf(text));
    },
  },
  {
    name: "convertHash",
    parameters: ["args"],
    doc: "Writes the `hash` of a set in another format: `toHashFormat` is base16, nix32, base64 or sri.",
    run: (interpreter, pos, args: Lazy) => {
      const set = expectAttrs(
        interpreter,
        args,
        pos,
        "while evaluating the first argument passed to builtins.convertHash",
      );
      const textOfAttribute = (name: string): string | undefined => {
        const value = set.get(name);
        if (value === undefined) return undefined;
        return expectPlainString(interpreter, value, pos, `while evaluating the attribute '${name}'`);
      };
      const required = (name: string): string => {
        const text = textOfAttribute(name);
        if (text !== undefined) return text;
        throw new NixError("missingAttribute", `attribute '${name}' missing`, pos).addTrace(
          `while locating the attribute '${name}'`,
          pos,
        );
      };
      const hash = required("hash");
      const algorithm = textOfAttribute("hashAlgo");
      const format = required("toHashFormat");
      return programFault(() =>
        formatHash(
          parseHash(hash, algorithm === undefined ? undefined : parseHashAlgorithm(algorithm)),
          parseHashFormat(format),
        ),
      );
    },
  },
];

function algorithmOf(name: string, pos: Pos): HashAlgorithm {
  try {
    return parseHashAlgorithm(name);
  } catch {
    throw new NixError("eval", `unknown hash algorithm '${name}'`, pos);
  }
}
