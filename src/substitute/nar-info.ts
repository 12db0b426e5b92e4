// The `.narinfo` files of binary caches. Stricter than C++ Nix: no field may come twice, every hash is SHA-256, and the URL
// of the archive has to stay below the cache.
import { sortedUnique } from "../store/byte-order.ts";
import { formatHash, formatPrefixedHash, parseBareHash, parsePrefixedHash } from "../store/hash.ts";
import type { PathInfo } from "../store/path-info.ts";
import { StoreError } from "../store/store-error.ts";
import { hashPartOfStorePath, parseCanonicalStorePath, storeDir } from "../store/store-path.ts";
import { CacheError } from "./cache-error.ts";
import { isSignature } from "./signing-key.ts";

export interface NarInfo extends PathInfo {
  /** Where the archive is, from the cache's root. */
  readonly url: string;
  /** The name of a compression, known or not. */
  readonly compression: string;
  /** SHA-256 of the compressed archive, in base16; not every cache says it. */
  readonly fileHash: string | undefined;
  /** In bytes; not every cache says it. */
  readonly fileSize: number | undefined;
}

const single = ["StorePath", "URL", "Compression", "FileHash", "FileSize", "NarHash", "NarSize", "References"] as const;
const optional = ["Deriver", "CA"] as const;
type Field = (typeof single)[number] | (typeof optional)[number];
const known: ReadonlySet<string> = new Set([...single, ...optional]);

/**
 * Reads a narinfo (a byte string). `whence` is what errors call it; with `hashPart`, it has to be about that object.
 * Unknown fields are left out, as in C++ Nix. Throws CacheError `corrupt-cache`.
 */
export function parseNarInfo(text: string, whence: string, hashPart?: string): NarInfo {
  const corrupt = (problem: string): CacheError =>
    new CacheError("corrupt-cache", `NAR info file '${whence}' is corrupt: ${problem}`);
  const fields = new Map<Field, string>();
  const sigs: string[] = [];
  if (!text.endsWith("\n")) throw corrupt("expecting '\\n' at its end");
  for (const [index, line] of text.slice(0, -1).split("\n").entries()) {
    const at = ` at line ${index + 1}`;
    const [, name, value] = /^([^:]+):(?: (.*))?$/s.exec(line) ?? [];
    if (name === undefined) throw corrupt(`expecting ':'${at}`);
    if (name === "Sig") {
      if (!isSignature(value ?? "")) throw corrupt(`bad signature${at}`);
      sigs.push(value!);
    }
    if (!isKnown(name)) continue;
    if (fields.has(name)) throw corrupt(`extra ${name}${at}`);
    fields.set(name, value ?? "");
  }
  const field = (name: Field): string => {
    const value = fields.get(name);
    if (value === undefined || value === "") throw corrupt(`${name} missing`);
    return value;
  };
  const size = (name: Field): number => {
    const value = field(name);
    if (!/^\d{1,16}$/.test(value) || !Number.isSafeInteger(Number(value))) throw corrupt(`invalid ${name}`);
    return Number(value);
  };
  const storePath = (text: string): string => within(corrupt, () => parseCanonicalStorePath(text));
  const hash = (name: Field): string =>
    within(corrupt, () => {
      const parsed = parsePrefixedHash(field(name));
      if (parsed.algorithm !== "sha256") throw corrupt(`${name} is not a sha256`);
      return formatHash(parsed, "base16");
    });
  const path = storePath(field("StorePath"));
  if (hashPart !== undefined && hashPartOfStorePath(path) !== hashPart) {
    throw corrupt(`it is about '${path}', not about an object with the hash part '${hashPart}'`);
  }
  const url = field("URL");
  if (!staysInCache(url)) throw corrupt(`its URL '${url}' leads out of the cache`);
  const narSize = size("NarSize");
  if (narSize === 0) throw corrupt("NarSize missing or zero");
  const references = (fields.get("References") ?? "").split(/\s+/).filter((word) => word !== "");
  const deriver = fields.get("Deriver") ?? "";
  const ca = fields.get("CA") ?? "";
  return {
    path,
    url,
    // What C++ Nix takes a missing field for.
    compression: fields.get("Compression") || "bzip2",
    fileHash: fields.has("FileHash") ? hash("FileHash") : undefined,
    fileSize: fields.has("FileSize") ? size("FileSize") : undefined,
    narHash: hash("NarHash"),
    narSize,
    references: sortedUnique(references.map((name) => storePath(`${storeDir}/${name}`))),
    deriver: deriver === "" || deriver === "unknown-deriver" ? undefined : storePath(`${storeDir}/${deriver}`),
    ca: ca === "" ? undefined : ca,
    ...(sigs.length > 0 && { sigs: sortedUnique(sigs) }),
    registrationTime: 0,
  };
}

/** The text of a narinfo, as C++ Nix writes it. */
export function formatNarInfo(info: NarInfo): string {
  const base = (path: string): string => path.slice(storeDir.length + 1);
  const hash = (digits: string): string => formatPrefixedHash(parseBareHash(digits, "sha256"), "nix32");
  const lines = [
    `StorePath: ${info.path}`,
    `URL: ${info.url}`,
    `Compression: ${info.compression}`,
    ...(info.fileHash === undefined ? [] : [`FileHash: ${hash(info.fileHash)}`]),
    ...(info.fileSize === undefined ? [] : [`FileSize: ${info.fileSize}`]),
    `NarHash: ${hash(info.narHash)}`,
    `NarSize: ${info.narSize}`,
    `References: ${info.references.map(base).join(" ")}`,
    ...(info.deriver === undefined ? [] : [`Deriver: ${base(info.deriver)}`]),
    ...(info.sigs ?? []).map((signature) => `Sig: ${signature}`),
    ...(info.ca === undefined ? [] : [`CA: ${info.ca}`]),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function isKnown(name: string): name is Field {
  return known.has(name);
}

/**
 * Whether a relative URL names something below the place that it is relative to: no scheme, no host, no step upwards,
 * escaped or not. A query is allowed, since some caches have one.
 */
export function staysInCache(url: string): boolean {
  if (/[\x00-\x20\x7f-\xff\\#]/.test(url) || /^[a-z][a-z\d+.-]*:/i.test(url)) return false;
  return url
    .replace(/\?.*/s, "")
    .split("/")
    .every((step) => step !== "" && !/%(?:2f|5c|00)/i.test(step) && !/^(?:\.|%2e){1,2}$/i.test(step));
}

function within<Result>(corrupt: (problem: string) => CacheError, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw error instanceof StoreError ? corrupt(error.message) : error;
  }
}
