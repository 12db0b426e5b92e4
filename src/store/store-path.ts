// Store paths: how they are computed from what they name, read, and checked. The rules are those of the Nix manual,
// "Store path specification"; the logical prefix is always /nix/store, wherever the files really are.
import type { IngestionMethod, StorePath } from "./eval-store.ts";
import { compressHash, formatHash, formatPrefixedHash, type Hash, hashBase16, hashBytes, sha256 } from "./hash.ts";
import { encodeNix32 } from "./nix32.ts";
import { StoreError } from "./store-error.ts";

export const storeDir = "/nix/store";

const storePrefix = "/nix/store/";
const hashLength = 32;
const maxNameLength = 211;
const illegalNameCharacter = /[^0-9a-zA-Z+\-._?=]/;
const illegalHashCharacter = /[^0-9a-z]|[eout]/;

/** Throws StoreError `bad-path` with Nix's text unless this may be the name of a store object. */
export function checkName(name: string): void {
  const problem = nameProblem(name);
  if (problem !== undefined) throw new StoreError("bad-path", problem);
}

function nameProblem(name: string): string | undefined {
  if (name === "") return "name must not be empty";
  if (name.length > maxNameLength) return `name '${name}' must be no longer than ${maxNameLength} characters`;
  if (name === "." || name === "..") return `name '${name}' is not valid`;
  if (name.startsWith(".-") || name.startsWith("..-")) {
    const dots = name.slice(0, name.indexOf("-"));
    return `name '${name}' is not valid: first dash-separated component must not be '${dots}'`;
  }
  if (!illegalNameCharacter.test(name)) return undefined;
  return `name '${name}' contains illegal character '${illegalNameCharacter.exec(name)?.[0]}'`;
}

function pathOfBaseName(baseName: string): StorePath {
  const problem = baseNameProblem(baseName);
  if (problem !== undefined) throw new StoreError("bad-path", problem);
  return storePrefix + baseName;
}

function baseNameProblem(baseName: string): string | undefined {
  if (baseName.length < hashLength + 1) return `'${baseName}' is too short to be a valid store path`;
  if (baseName[hashLength] !== "-") {
    return `'${baseName}' can't name a store path because the hash part is not followed by a '-'`;
  }
  const illegal = illegalHashCharacter.exec(baseName.slice(0, hashLength))?.[0];
  if (illegal !== undefined) return `store path '${baseName}' contains illegal base-32 character '${illegal}'`;
  const problem = nameProblem(baseName.slice(hashLength + 1));
  return problem === undefined ? undefined : `path '${baseName}' is not a valid store path: ${problem}`;
}

/** Reads the path of a store object; `.`, `..` and double slashes are resolved in the text. Throws StoreError. */
export function parseStorePath(path: string): StorePath {
  if (path === "") throw new StoreError("bad-path", "empty path is not a valid store path");
  const canonical = canonicalPath(path);
  const slash = canonical.lastIndexOf("/");
  if (canonical.slice(0, slash) !== storeDir) {
    throw new StoreError("not-in-store", `path '${canonical}' is not in the Nix store`);
  }
  return pathOfBaseName(canonical.slice(slash + 1));
}

/** Reads the path of a store object in exactly the form in which Nix writes it. Throws StoreError. */
export function parseCanonicalStorePath(path: string): StorePath {
  if (!path.startsWith(storePrefix)) throw new StoreError("not-in-store", `path '${path}' is not in the Nix store`);
  return pathOfBaseName(path.slice(storePrefix.length));
}

/** Whether this is the path of a store object (not of something inside one). */
export function isStorePath(path: string): boolean {
  const canonical = path === "" ? path : canonicalPath(path);
  return canonical.startsWith(storePrefix) && baseNameProblem(canonical.slice(storePrefix.length)) === undefined;
}

/** Whether the path is below `/nix/store`, whatever it is. */
export function isInStore(path: string): boolean {
  return path.length > storePrefix.length && path.startsWith(storePrefix);
}

/**
 * Splits a path below `/nix/store` into the object and the rest, which is empty or starts with `/`. Throws StoreError
 * `not-in-store` or `bad-path`.
 */
export function toStorePath(path: string): { readonly path: StorePath; readonly rest: string } {
  if (!isInStore(path)) throw new StoreError("not-in-store", `path '${path}' is not in the Nix store`);
  const slash = path.indexOf("/", storePrefix.length);
  if (slash < 0) return { path: parseStorePath(path), rest: "" };
  const rest = canonicalPath(path.slice(slash));
  return { path: parseStorePath(path.slice(0, slash)), rest: rest === "/" ? "" : rest };
}

/** The name part of a store path. */
export function nameOfStorePath(path: StorePath): string {
  return path.slice(storePrefix.length + hashLength + 1);
}

/** The 32 characters of nix32 that start a store path's last component. */
export function hashPartOfStorePath(path: StorePath): string {
  return path.slice(storePrefix.length, storePrefix.length + hashLength);
}

/** Resolves `.`, `..` and double slashes in the text of an absolute path. */
function canonicalPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** What store paths have of their hashes; used anew for each. */
const compressed = new Uint8Array(20);

/** The store path of a thing of this type whose (inner) hash is `<algorithm>:<base16>`. Throws for a bad name. */
export function makeStorePath(type: string, prefixedHash: string, name: string): StorePath {
  const digest = sha256(`${type}:${prefixedHash}:${storeDir}:${name}`);
  for (let i = 0; i < compressed.length; i++) compressed[i] = digest.charCodeAt(i);
  for (let i = compressed.length; i < digest.length; i++) compressed[i - compressed.length]! ^= digest.charCodeAt(i);
  const hashPart = encodeNix32(compressed);
  const problem = nameProblem(name);
  if (problem !== undefined) {
    throw new StoreError("bad-path", `path '${hashPart}-${name}' is not a valid store path: ${problem}`);
  }
  return `${storePrefix}${hashPart}-${name}`;
}

/** The path of an input-addressed output; `hashModulo` is SHA-256 in base16. */
export function makeOutputPath(outputName: string, hashModulo: string, derivationName: string): StorePath {
  return makeStorePath(`output:${outputName}`, `sha256:${hashModulo}`, nameOfOutput(derivationName, outputName));
}

/** The name of an output's store object: the derivation's, with the output's appended unless it is `out`. */
export function nameOfOutput(derivationName: string, outputName: string): string {
  return outputName === "out" ? derivationName : `${derivationName}-${outputName}`;
}

/** What a content-addressed object refers to. */
export interface References {
  /** Sorted, without the object itself. */
  readonly others: readonly StorePath[];
  /** The object contains its own path. */
  readonly self: boolean;
}

const noReferences: References = { others: [], self: false };

/**
 * The path of an object that is known by its contents: `hash` is of the file (`flat`, `text`) or of its NAR (`nar`).
 * Only `text`, and `nar` with sha256, may have references. Throws StoreError.
 */
export function makeContentAddressedPath(
  name: string,
  method: IngestionMethod,
  hash: Hash,
  references: References = noReferences,
): StorePath {
  if (method === "text") {
    if (references.self) throw new StoreError("unsupported", "self-reference not allowed with text hashing");
    return makeStorePath(typeWithReferences("text", references), formatPrefixedHash(hash, "base16"), name);
  }
  if (method === "git" && hash.algorithm !== "sha1" && hash.algorithm !== "sha256") {
    throw new StoreError(
      "unsupported",
      `Git file ingestion must use SHA-1 or SHA-256 hash, but instead using: ${hash.algorithm}`,
    );
  }
  if (method === "nar" && hash.algorithm === "sha256") {
    return makeStorePath(typeWithReferences("source", references), formatPrefixedHash(hash, "base16"), name);
  }
  if (references.self || references.others.length > 0) {
    throw new StoreError(
      "unsupported",
      `fixed output derivation '${name}' is not allowed to refer to other store paths.\n` +
        "You may need to use the 'unsafeDiscardReferences' derivation attribute, see the manual for more details.",
    );
  }
  const payload = `fixed:out:${prefixOfMethod(method)}${formatPrefixedHash(hash, "base16")}:`;
  return makeStorePath("output:out", `sha256:${hashBase16("sha256", payload)}`, name);
}

function typeWithReferences(type: string, references: References): string {
  return [type, ...references.others, ...(references.self ? ["self"] : [])].join(":");
}

/** What `.drv` files write before the algorithm: nothing, `r:` or `text:`. */
export function prefixOfMethod(method: IngestionMethod): string {
  switch (method) {
    case "flat":
      return "";
    case "nar":
      return "r:";
    case "text":
      return "text:";
    case "git":
      return "git:";
  }
}

/** The content address as Nix's databases and narinfo files write it. */
export function formatContentAddress(method: IngestionMethod, hash: Hash): string {
  const prefix = method === "text" ? "text:" : `fixed:${prefixOfMethod(method)}`;
  return prefix + formatPrefixedHash(hash, "nix32");
}

/** What a derivation writes for the path of its own output before that path is known. */
export function hashPlaceholder(outputName: string): string {
  return `/${formatHash(hashBytes("sha256", `nix-output:${outputName}`), "nix32")}`;
}

/**
 * What a derivation writes for an output of another one that has no known path before it is built. `via` are the outputs
 * that lead from `drvPath` to that one, where it is itself an output of a derivation.
 */
export function upstreamPlaceholder(drvPath: StorePath, outputName: string, via: readonly string[] = []): string {
  const drvName = nameOfStorePath(drvPath).slice(0, -".drv".length);
  const [first = outputName, ...later] = [...via, outputName];
  let hash = hashBytes("sha256", `nix-upstream-output:${hashPartOfStorePath(drvPath)}:${nameOfOutput(drvName, first)}`);
  for (const name of later) {
    hash = hashBytes("sha256", `nix-computed-output:${encodeNix32(compressHash(hash.bytes, 20))}:${name}`);
  }
  return `/${formatHash(hash, "nix32")}`;
}
