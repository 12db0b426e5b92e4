// Ed25519 keys and signatures as Nix writes them: `<name>:<base64>`. A secret key is the seed followed by the public key,
// 64 bytes, which is libsodium's form and not that of PKCS #8.
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import { formatPrefixedHash, parseBareHash } from "../store/hash.ts";
import type { PathInfo } from "../store/path-info.ts";
import { CacheError } from "./cache-error.ts";

export interface PublicKey {
  readonly name: string;
  /** 32 bytes. */
  readonly bytes: Buffer;
}

export interface SecretKey {
  readonly name: string;
  /** The seed (32 bytes) and the public key. */
  readonly bytes: Buffer;
}

const seedSize = 32;
const signatureSize = 64;
// What stands before the 32 bytes of a key in PKCS #8 and in SubjectPublicKeyInfo (RFC 8410).
const secretPrefix = Buffer.from("302e020100300506032b657004220420", "hex");
const publicPrefix = Buffer.from("302a300506032b6570032100", "hex");

/** A new key, from the system's source of randomness. */
export function generateSecretKey(name: string): SecretKey {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const seed = privateKey.export({ format: "der", type: "pkcs8" }).subarray(-seedSize);
  return { name, bytes: Buffer.concat([seed, publicKey.export({ format: "der", type: "spki" }).subarray(-seedSize)]) };
}

/** Reads a secret key; the text is never in a message. Throws CacheError `bad-key`. */
export function parseSecretKey(text: string): SecretKey {
  const key = parseNamed(text);
  if (key === undefined) throw new CacheError("bad-key", "secret key is corrupt: it has to be '<name>:<base64>'");
  if (key.bytes.length !== 2 * seedSize) throw new CacheError("bad-key", "secret key is not valid");
  return key;
}

/** Reads a public key. Throws CacheError `bad-key`. */
export function parsePublicKey(text: string): PublicKey {
  const key = parseNamed(text);
  if (key === undefined) {
    throw new CacheError("bad-key", `public key '${text}' is corrupt: it has to be '<name>:<base64>'`);
  }
  if (key.bytes.length !== seedSize) throw new CacheError("bad-key", `public key '${text}' is not valid`);
  return key;
}

export function publicKeyOf({ name, bytes }: SecretKey): PublicKey {
  return { name, bytes: bytes.subarray(seedSize) };
}

/** `<name>:<base64>`, without a newline. */
export function formatKey({ name, bytes }: PublicKey | SecretKey): string {
  return `${name}:${bytes.toString("base64")}`;
}

/** What a signature is of: the object's path, NAR hash, NAR size and references. */
export function fingerprint({ path, narHash, narSize, references }: PathInfo): string {
  const hash = formatPrefixedHash(parseBareHash(narHash, "sha256"), "nix32");
  return `1;${path};${hash};${narSize};${[...references].sort().join(",")}`;
}

/** A signature of what is known of an object, `<key name>:<base64>`. */
export function signInfo(info: PathInfo, { name, bytes }: SecretKey): string {
  const key = createPrivateKey({
    key: Buffer.concat([secretPrefix, bytes.subarray(0, seedSize)]),
    format: "der",
    type: "pkcs8",
  });
  return `${name}:${sign(null, Buffer.from(fingerprint(info), "latin1"), key).toString("base64")}`;
}

/** Whether the text could be a signature at all. */
export function isSignature(text: string): boolean {
  return parseNamed(text)?.bytes.length === signatureSize;
}

/** Whether one of the keys has signed what is known of the object. */
export function isSignedBy(info: PathInfo, keys: readonly PublicKey[]): boolean {
  const message = Buffer.from(fingerprint(info), "latin1");
  return (info.sigs ?? []).some((text) => {
    const signature = parseNamed(text);
    if (signature?.bytes.length !== signatureSize) return false;
    return keys.some(
      ({ name, bytes }) => name === signature.name && verify(null, message, spki(bytes), signature.bytes),
    );
  });
}

function spki(bytes: Buffer) {
  return createPublicKey({ key: Buffer.concat([publicPrefix, bytes]), format: "der", type: "spki" });
}

function parseNamed(text: string): { readonly name: string; readonly bytes: Buffer } | undefined {
  const [, name, digits] = /^([^:\s]+):([A-Za-z0-9+/]+={0,2})\s*$/.exec(text) ?? [];
  if (name === undefined || digits === undefined || digits.length % 4 !== 0) return undefined;
  return { name, bytes: Buffer.from(digits, "base64") };
}
