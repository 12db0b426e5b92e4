// `ocinix hash …`: hashes of files and folders, and hashes in other formats, as `nix hash` prints them.
import { FileError, type Host } from "../host/host.ts";
import { NixError } from "../source/nix-error.ts";
import {
  formatHash,
  type Hash,
  type HashAlgorithm,
  Hasher,
  type HashFormat,
  parseHashAlgorithm,
  parseHashAndFormat,
  parseHashFormat,
} from "../store/hash.ts";
import { hashNar } from "../store/nar.ts";
import { StoreError } from "../store/store-error.ts";
import type { ParsedArguments } from "./arguments.ts";
import { exitStatus } from "./exit-status.ts";
import type { Session } from "./session.ts";
import { absolutePath, treeAt } from "./tree-operand.ts";
import { UsageError } from "./usage-error.ts";

export function hashFileCommand(parsed: ParsedArguments, session: Session): number {
  return printHashes(parsed, session, hashFile);
}

export function hashPathCommand(parsed: ParsedArguments, session: Session): number {
  const mode = parsed.value("mode") ?? "nar";
  if (mode === "git") throw unsupportedGit(session);
  if (mode !== "nar" && mode !== "flat") {
    throw new UsageError(`Unknown file ingestion method '${mode}', expect \`flat\`, \`nar\`, or \`git\``);
  }
  return printHashes(parsed, session, mode === "flat" ? hashFile : hashArchive);
}

/** `nix hash to-FORMAT`, which are old names for parts of `nix hash convert`. */
export function hashToCommand(format: HashFormat): (parsed: ParsedArguments, session: Session) => number {
  return (parsed, session) => {
    const algorithm = algorithmOf(parsed, session, ["type"]);
    session.warn("The old format conversion subcommands of `nix hash` were deprecated in favor of `nix hash convert`.");
    for (const text of parsed.operands) {
      session.print(`${formatHash(named(() => parseHashAndFormat(text, algorithm)).hash, format)}\n`);
    }
    return exitStatus.success;
  };
}

export function hashConvertCommand(parsed: ParsedArguments, session: Session): number {
  const algorithm = algorithmOf(parsed, session, ["hashAlgo"]);
  const from = parsed.value("from");
  const wanted = from === undefined ? undefined : formatNamed(from, session);
  const to = formatNamed(parsed.value("to") ?? "sri", session);
  for (const text of parsed.operands) {
    const { hash, format } = named(() => parseHashAndFormat(text, algorithm));
    if (wanted !== undefined && format !== wanted) {
      const message = `input hash '${text}' has format '${format}', but '--from ${wanted}' was specified`;
      throw new StoreError("bad-hash", message);
    }
    session.print(`${formatHash(hash, to)}\n`);
  }
  return exitStatus.success;
}

type HashPath = (host: Host, name: string, algorithm: HashAlgorithm) => Hash;

function printHashes(parsed: ParsedArguments, session: Session, hash: HashPath): number {
  const algorithm = algorithmOf(parsed, session, ["type", "algo"]) ?? "sha256";
  const format = formatOf(parsed, session);
  for (const name of parsed.operands) {
    session.print(`${formatHash(hash(session.host, name, algorithm), format)}\n`);
  }
  return exitStatus.success;
}

/** Of the contents; the file may be a pipe. */
function hashFile(host: Host, name: string, algorithm: HashAlgorithm): Hash {
  const hasher = new Hasher(algorithm);
  try {
    if (name === "") throw new FileError("ENOENT", name, "No such file or directory");
    for (const chunk of host.files.readChunks(absolutePath(host, name))) hasher.update(chunk);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const what = error.code === "EISDIR" ? "read of 65536 bytes" : `opening file "${name}"`;
    throw new NixError("file", `${what}: ${error.reason}`);
  }
  return hasher.finish();
}

/** Of the NAR. */
function hashArchive(host: Host, name: string, algorithm: HashAlgorithm): Hash {
  return hashNar(treeAt(host, absolutePath(host, name)), algorithm).narHash;
}

function formatOf(parsed: ParsedArguments, session: Session): HashFormat {
  const last = parsed.lastOf(["format", "sri", "base64", "base32", "base16"]);
  if (last === "format") return formatNamed(parsed.value("format")!, session);
  return last === undefined ? "sri" : last === "base32" ? "nix32" : last;
}

function formatNamed(name: string, session: Session): HashFormat {
  if (name === "base32") session.warn('"base32" is a deprecated alias for hash format "nix32".');
  return named(() => parseHashFormat(name));
}

/** The hash algorithm that the last of these options names. Throws UsageError, and NixError when its feature is off. */
export function algorithmOf(
  parsed: ParsedArguments,
  { config }: Session,
  keys: readonly string[],
): HashAlgorithm | undefined {
  const key = parsed.lastOf(keys);
  if (key === undefined) return undefined;
  const algorithm = named(() => parseHashAlgorithm(parsed.value(key)!));
  if (algorithm === "blake3") config?.require("blake3-hashes");
  return algorithm;
}

/** The error for the mode `git`, which only its feature knows. */
export function unsupportedGit({ config }: Session): NixError {
  config?.require("git-hashing");
  return new NixError("unsupported", "hashes of Git trees are something that ocinix does not compute");
}

/** An unknown name on the command line is a mistake of usage. */
function named<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof StoreError && error.code === "unknown-hash-name") throw new UsageError(error.message);
    throw error;
  }
}
