// Derivations as `nix derivation show` writes them: version 4 of the format, where paths are names in the store folder.
import { normalDerivationJson } from "../builtins/derivation-json.ts";
import { quoteJson } from "../evaluator/json.ts";
import type { Derivation, DerivationOutput, DynamicInput, DynamicInputs } from "../store/derivation.ts";
import type { StorePath } from "../store/eval-store.ts";
import { formatHash, type HashAlgorithm, parseBareHash } from "../store/hash.ts";
import { storeDir } from "../store/store-path.ts";

const version = 4;

/** Several derivations by their store paths. */
export function derivationsJson(derivations: ReadonlyMap<string, Derivation>): string {
  const members = [...derivations].map(([drvPath, derivation]): [string, string] => [
    baseName(drvPath),
    derivationJson(derivation),
  ]);
  return object({ derivations: object(Object.fromEntries(members)), version: String(version) });
}

/** One derivation. Throws NixError where it has a text that is not UTF-8. */
function derivationJson({
  name,
  outputs,
  inputDrvs,
  dynamicInputs,
  inputSrcs,
  system,
  builder,
  args,
  env,
}: Derivation): string {
  const structured = env.get("__json");
  const variables = [...env].filter(([variable]) => variable !== "__json");
  const drvs = [...inputDrvs].map(([path, wanted]): [string, string] => [
    baseName(path),
    inputJson({ outputs: wanted, dynamic: dynamicInputs?.get(path) ?? new Map() }),
  ]);
  return object({
    args: array(args),
    builder: quoteJson(builder),
    env: object(Object.fromEntries(variables.map(([variable, text]) => [variable, quoteJson(text)]))),
    inputs: object({ drvs: object(Object.fromEntries(drvs)), srcs: array(inputSrcs.map(baseName)) }),
    name: quoteJson(name),
    outputs: object(Object.fromEntries([...outputs].map(([output, one]) => [output, outputJson(one)]))),
    ...(structured !== undefined && { structuredAttrs: normalDerivationJson(structured) }),
    system: quoteJson(system),
    version: String(version),
  });
}

function inputJson({ outputs, dynamic }: DynamicInput): string {
  return object({ dynamicOutputs: dynamicJson(dynamic), outputs: array(outputs) });
}

function dynamicJson(inputs: DynamicInputs): string {
  return object(Object.fromEntries([...inputs].map(([output, input]) => [output, inputJson(input)])));
}

/** What is known of an output: its path, its hash, how it will be hashed, or nothing. */
function outputJson({ path, hashAlgo, hash }: DerivationOutput): string {
  if (hashAlgo === "") return object(path === "" ? {} : { path: quoteJson(baseName(path)) });
  const [, prefix = "", algorithm = ""] = /^(?:(r|text|git):)?(.*)$/s.exec(hashAlgo)!;
  const method = quoteJson(prefix === "r" ? "nar" : prefix || "flat");
  if (hash === "") return object({ hashAlgo: quoteJson(algorithm), method });
  if (hash === "impure") return object({ hashAlgo: quoteJson(algorithm), impure: "true", method });
  return object({ hash: quoteJson(formatHash(parseBareHash(hash, algorithm as HashAlgorithm), "sri")), method });
}

function array(texts: readonly string[]): string {
  return `[${texts.map(quoteJson).join()}]`;
}

/** An object of texts that are JSON already, with its names in byte order. */
function object(members: Readonly<Record<string, string>>): string {
  const names = Object.keys(members).sort();
  return `{${names.map((name) => `${quoteJson(name)}:${members[name]}`).join()}}`;
}

/** A store path without the store's folder. */
function baseName(path: StorePath): string {
  return path.slice(storeDir.length + 1);
}
