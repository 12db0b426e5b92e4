// Hashes as Nix computes and writes them: base16, nix32, base64 and SRI, with or without the algorithm in front.
// Surprise: a text with wrong characters is reported as having length 0, because that is what C++ Nix reports.
import { createHash, hash as digest, type Hash as NodeHash } from "node:crypto";
import { Blake3 } from "./blake3.ts";
import { decodeNix32, encodeNix32, nix32Length } from "./nix32.ts";
import { StoreError } from "./store-error.ts";

export type HashAlgorithm = "md5" | "sha1" | "sha256" | "sha512" | "blake3";

export type HashFormat = "base16" | "nix32" | "base64" | "sri";

/** A digest and the algorithm that made it. */
export interface Hash {
  readonly algorithm: HashAlgorithm;
  readonly bytes: Uint8Array;
}

const sizes: Readonly<Record<HashAlgorithm, number>> = { md5: 16, sha1: 20, sha256: 32, sha512: 64, blake3: 32 };

const formatNames: Readonly<Record<HashFormat, string>> = {
  base16: "base16",
  nix32: "nix32",
  base64: "Base64",
  sri: "SRI",
};

export function isHashAlgorithm(name: string): name is HashAlgorithm {
  return Object.hasOwn(sizes, name);
}

/** Throws StoreError `unknown-hash-name`. Whether a program may name `blake3`, its caller has to know. */
export function parseHashAlgorithm(name: string): HashAlgorithm {
  if (isHashAlgorithm(name)) return name;
  throw new StoreError(
    "unknown-hash-name",
    `unknown hash algorithm '${name}', expect 'blake3', 'md5', 'sha1', 'sha256', or 'sha512'`,
  );
}

/** Throws StoreError `unknown-hash-name`. `base32` is the old name of `nix32`, which Nix accepts with a warning. */
export function parseHashFormat(name: string): HashFormat {
  switch (name) {
    case "base16":
    case "nix32":
    case "base64":
    case "sri":
      return name;
    case "base32":
      return "nix32";
    default:
      throw new StoreError(
        "unknown-hash-name",
        `unknown hash format '${name}', expect 'base16', 'base32', 'base64', or 'sri'`,
      );
  }
}

/** Hashes raw bytes, or the bytes of a byte string. */
export function hashBytes(algorithm: HashAlgorithm, contents: Uint8Array | string): Hash {
  const data = typeof contents === "string" ? Buffer.from(contents, "latin1") : contents;
  return { algorithm, bytes: algorithm === "blake3" ? blake3(data) : digest(algorithm, data, "buffer") };
}

/** The base16 form of what `hashBytes` gives, at less cost. */
export function hashBase16(algorithm: HashAlgorithm, contents: Uint8Array | string): string {
  if (algorithm === "blake3") {
    const data = typeof contents === "string" ? Buffer.from(contents, "latin1") : contents;
    return Buffer.from(blake3(data)).toString("hex");
  }
  return digest(algorithm, typeof contents === "string" ? hashable(contents) : contents, "hex");
}

/** The SHA-256 of a byte string as a byte string, which costs less than a buffer. */
export function sha256(contents: string): string {
  return digest("sha256", hashable(contents), "binary");
}

/** Node hashes the UTF-8 of a string, which for ASCII is the bytes themselves. */
function hashable(contents: string): Uint8Array | string {
  return Buffer.byteLength(contents) === contents.length ? contents : Buffer.from(contents, "latin1");
}

/** Hashes contents that come in pieces. */
export class Hasher {
  readonly algorithm: HashAlgorithm;
  private readonly state: NodeHash | Blake3;

  constructor(algorithm: HashAlgorithm) {
    this.algorithm = algorithm;
    this.state = algorithm === "blake3" ? new Blake3() : createHash(algorithm);
  }

  update(chunk: Uint8Array): void {
    this.state.update(chunk);
  }

  /** May be called once. */
  finish(): Hash {
    return { algorithm: this.algorithm, bytes: this.state.digest() };
  }
}

function blake3(contents: Uint8Array): Uint8Array {
  return new Blake3().update(contents).digest();
}

/** Folds a digest to fewer bytes by XOR, as store paths do. */
export function compressHash(bytes: Uint8Array, size: number): Uint8Array {
  const folded = new Uint8Array(size);
  bytes.forEach((byte, i) => {
    folded[i % size]! ^= byte;
  });
  return folded;
}

/** `base16`, `nix32` and `base64` give bare digits, `sri` gives `<algorithm>-<base64>`. */
export function formatHash(hash: Hash, format: HashFormat): string {
  switch (format) {
    case "base16":
      return bufferOf(hash).toString("hex");
    case "nix32":
      return encodeNix32(hash.bytes);
    case "base64":
      return bufferOf(hash).toString("base64");
    case "sri":
      return `${hash.algorithm}-${bufferOf(hash).toString("base64")}`;
  }
}

/** The same with the algorithm in front: `sha256:<digits>`, and for `sri` nothing more than it has. */
export function formatPrefixedHash(hash: Hash, format: HashFormat): string {
  const digits = formatHash(hash, format);
  return format === "sri" ? digits : `${hash.algorithm}:${digits}`;
}

function bufferOf(hash: Hash): Buffer {
  return Buffer.from(hash.bytes.buffer, hash.bytes.byteOffset, hash.bytes.byteLength);
}

/**
 * Reads a hash in any form: `<algorithm>:<digits>`, `<algorithm>-<base64>` (SRI), or bare digits where the algorithm is
 * given. The length tells the base. Throws StoreError `bad-hash` or `unknown-hash-name` with the texts of C++ Nix.
 */
export function parseHash(text: string, algorithm?: HashAlgorithm): Hash {
  return parseHashAndFormat(text, algorithm).hash;
}

/** `parseHash`, and in which format the text was. */
export function parseHashAndFormat(
  text: string,
  algorithm?: HashAlgorithm,
): { readonly hash: Hash; readonly format: HashFormat } {
  return parseAny(text, (parsed) => {
    if (parsed === undefined && algorithm === undefined) {
      throw new StoreError(
        "bad-hash",
        `hash '${text}' does not include a type, nor is the type otherwise known from context`,
      );
    }
    if (parsed !== undefined && algorithm !== undefined && parsed !== algorithm) {
      throw new StoreError("bad-hash", `hash '${text}' should have type '${algorithm}'`);
    }
    return (parsed ?? algorithm)!;
  });
}

/** Reads a hash that has to name its algorithm. Throws StoreError `bad-hash`. */
export function parsePrefixedHash(text: string): Hash {
  return parseAny(text, (parsed) => {
    if (parsed === undefined) throw new StoreError("bad-hash", `hash '${text}' does not include a type`);
    return parsed;
  }).hash;
}

/** Reads bare digits in base16, nix32 or base64, told apart by their length. Throws StoreError `bad-hash`. */
export function parseBareHash(digits: string, algorithm: HashAlgorithm): Hash {
  return decodeHash(digits, algorithm, formatOfLength(digits, algorithm));
}

/** A hash of zeros, which Nix assumes (with a warning by the caller) where a program says `hash = ""`. */
export function emptyHash(algorithm: HashAlgorithm): Hash {
  return { algorithm, bytes: new Uint8Array(sizes[algorithm]) };
}

function parseAny(text: string, resolve: (parsed: HashAlgorithm | undefined) => HashAlgorithm) {
  let digits = text;
  let parsed: HashAlgorithm | undefined;
  let isSri = false;
  let separator = text.indexOf(":");
  if (separator < 0) {
    separator = text.indexOf("-");
    isSri = separator >= 0;
  }
  if (separator >= 0) {
    parsed = parseHashAlgorithm(text.slice(0, separator));
    digits = text.slice(separator + 1);
  }
  const algorithm = resolve(parsed);
  const format = isSri ? "sri" : formatOfLength(digits, algorithm);
  return { hash: decodeHash(digits, algorithm, format), format };
}

function formatOfLength(digits: string, algorithm: HashAlgorithm): HashFormat {
  const size = sizes[algorithm];
  if (digits.length === size * 2) return "base16";
  if (digits.length === nix32Length(size)) return "nix32";
  if (digits.length === Math.ceil(size / 3) * 4) return "base64";
  throw new StoreError("bad-hash", `hash '${digits}' has wrong length for hash algorithm '${algorithm}'`);
}

function decodeHash(digits: string, algorithm: HashAlgorithm, format: HashFormat): Hash {
  const bytes = decodeDigits(digits, format);
  if (bytes.length !== sizes[algorithm]) {
    throw new StoreError(
      "bad-hash",
      `invalid ${formatNames[format]} hash '${digits}', length ${bytes.length} != expected length ${sizes[algorithm]}`,
    );
  }
  return { algorithm, bytes };
}

const base16Digits = /^[0-9a-fA-F]*$/;
const base64Digits = /^[A-Za-z0-9+/\n]*(?:=|$)/;
const nothing = new Uint8Array(0);

function decodeDigits(digits: string, format: HashFormat): Uint8Array {
  switch (format) {
    case "base16":
      return base16Digits.test(digits) ? Buffer.from(digits, "hex") : nothing;
    case "nix32":
      try {
        return decodeNix32(digits);
      } catch {
        return nothing;
      }
    case "base64":
    case "sri":
      // Everything after the first `=` is ignored, as in C++ Nix.
      return base64Digits.test(digits) ? Buffer.from(digits.split("=", 1)[0]!, "base64") : nothing;
  }
}
