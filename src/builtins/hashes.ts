// Hashes of strings, and the ways to write a hash down.
import { expectAttrs, expectPlainString, expectString } from "../evaluator/expect.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { writeWarning } from "../evaluator/warning.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos } from "../source/position.ts";
import {
  formatHash,
  type Hash,
  type HashAlgorithm,
  hashBase16,
  parseHash,
  parseHashAlgorithm,
  parseHashFormat,
} from "../store/hash.ts";
import type { AttrSet } from "../value/attr-set.ts";
import type { BuiltinDefinition } from "../value/function.ts";
import { textOf } from "../value/string-context.ts";
import type { Lazy } from "../value/value.ts";
import { programFault } from "./program-fault.ts";

export const hashBuiltins: readonly BuiltinDefinition<Interpreter>[] = [
  {
    name: "hashString",
    parameters: ["type", "s"],
    doc: "The hash of a string in base16, by md5, sha1, sha256 or sha512.",
    run: (interpreter, _pos, type: Lazy, s: Lazy) => {
      const typePurpose = "while evaluating the first argument passed to builtins.hashString";
      const name = expectPlainString(interpreter, type, noPos, typePurpose);
      const algorithm = algorithmNamed(interpreter, name);
      const purpose = "while evaluating the second argument passed to builtins.hashString";
      return hashBase16(algorithm, textOf(expectString(interpreter, s, noPos, purpose)));
    },
  },
  {
    name: "convertHash",
    parameters: ["args"],
    doc: "Writes the `hash` of a set in another format: `toHashFormat` is base16, nix32, base64 or sri. `hashAlgo` is needed when the hash does not name its algorithm.",
    run: (interpreter, _pos, args: Lazy) => {
      const purpose = "while evaluating the first argument passed to builtins.convertHash";
      const set = expectAttrs(interpreter, args, noPos, purpose);
      const hash = requiredText(interpreter, set, "hash");
      const algorithmName = optionalText(interpreter, set, "hashAlgo");
      const algorithm = algorithmName === undefined ? undefined : algorithmNamed(interpreter, algorithmName);
      const formatName = requiredText(interpreter, set, "toHashFormat");
      if (formatName === "base32") writeWarning(interpreter, '"base32" is a deprecated alias for hash format "nix32".');
      const format = programFault(() => parseHashFormat(formatName));
      return formatHash(hashNamed(interpreter, hash, algorithm), format);
    },
  },
];

/** The algorithm that a program named. Throws NixError. */
export function algorithmNamed(interpreter: Interpreter, name: string): HashAlgorithm {
  if (name === "sha256") return name;
  if (name === "blake3") interpreter.requireFeature("blake3-hashes");
  return programFault(() => parseHashAlgorithm(name));
}

/** The hash that a program wrote, which may name its algorithm. Throws NixError. */
export function hashNamed(interpreter: Interpreter, text: string, algorithm?: HashAlgorithm): Hash {
  if (/^blake3[:-]/.test(text)) interpreter.requireFeature("blake3-hashes");
  return programFault(() => parseHash(text, algorithm));
}

function optionalText(interpreter: Interpreter, set: AttrSet, name: string): string | undefined {
  const value = set.get(name);
  if (value === undefined) return undefined;
  return expectPlainString(interpreter, value, noPos, `while evaluating the attribute '${name}'`);
}

function requiredText(interpreter: Interpreter, set: AttrSet, name: string): string {
  const text = optionalText(interpreter, set, name);
  if (text !== undefined) return text;
  const error = new NixError("missingAttribute", `attribute '${name}' missing`);
  throw error.addTrace(`while locating the attribute '${name}'`, noPos);
}
