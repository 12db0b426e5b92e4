// What nix.conf and the command line say about binary caches: which keys are trusted, and how files are transferred.
import { cacheFolder } from "../host/cache-folder.ts";
import { bytesFromBuffer } from "../source/bytes.ts";
import { AbsenceCache } from "../substitute/absence-cache.ts";
import { type CacheLocation, isCacheUrl, parseCacheLocation } from "../substitute/cache-location.ts";
import { CacheSource } from "../substitute/cache-source.ts";
import type { DownloadOptions } from "../substitute/download.ts";
import { type PublicKey, parsePublicKey, parseSecretKey, type SecretKey } from "../substitute/signing-key.ts";
import type { TransferOptions } from "../substitute/transfers.ts";
import type { NixConfig } from "./nix-config.ts";
import type { Session } from "./session.ts";
import { absolutePath } from "./tree-operand.ts";

/** More only compete for the same line. */
const mostConnections = 16;

export function transferOptions(config: NixConfig): TransferOptions {
  const connections = config.integer("http-connections");
  const download: DownloadOptions = {
    attempts: Math.max(1, config.integer("filetransfer-retry-attempts")),
    delayMs: config.integer("filetransfer-retry-delay"),
    rateLimitedDelayMs: config.integer("filetransfer-retry-delay-rate-limited"),
    maxDelayMs: config.integer("filetransfer-retry-max-delay"),
    stallMs: Math.max(1, config.integer("stalled-download-timeout")) * 1000,
  };
  // In Nix 0 means that there is no limit.
  return { download, connections: connections === 0 ? mostConnections : Math.min(connections, mostConnections) };
}

/** The keys of `trusted-public-keys`. Throws CacheError `bad-key`. */
export function trustedKeys(config: NixConfig): readonly PublicKey[] {
  return config.words("trusted-public-keys").map(parsePublicKey);
}

/** The caches of `substituters` that ocinix can use; `warn` is told of the others. Throws CacheError for a bad URL. */
function substituters(config: NixConfig, warn: (message: string) => void): readonly CacheLocation[] {
  if (!config.boolean("substitute")) return [];
  return config.words("substituters").flatMap((url) => {
    if (isCacheUrl(url)) return [parseCacheLocation(url)];
    warn(`the substituter '${url}' is left out: ocinix knows 'file://', 'http://' and 'https://'`);
    return [];
  });
}

/** Reads a file with a secret key. Throws FileError and CacheError `bad-key`. */
export function secretKeyFrom(file: string, { host }: Session): SecretKey {
  return parseSecretKey(bytesFromBuffer(host.files.readFile(absolutePath(host, file))));
}

/** The keys that a cache's URL names, with which all that is written to it is signed. Throws as `secretKeyFrom`. */
export function secretKeysOf({ parameters }: CacheLocation, session: Session): readonly SecretKey[] {
  const files = [parameters.get("secret-key") ?? "", ...(parameters.get("secret-keys") ?? "").split(",")];
  return files.filter((file) => file !== "").map((file) => secretKeyFrom(file, session));
}

/**
 * The caches that `substituters` names, for builds; undefined where nobody has set it. Its default, cache.nixos.org, is left
 * out, since nothing of the embedded package set is there.
 */
export function outputSourceOf(session: Session): CacheSource | undefined {
  const { config } = session;
  if (config === undefined || !config.isSet("substituters")) return undefined;
  const warn = (message: string): void => session.warn(message);
  const caches = substituters(config, warn);
  if (caches.length === 0) return undefined;
  return new CacheSource(transferOptions(config), {
    caches,
    trustedKeys: trustedKeys(config),
    requireSigs: config.boolean("require-sigs"),
    absences: absencesOf(session, config),
    warn,
    onCopy: (path, { url }) => {
      if (!session.isQuiet) session.host.writeError(`copying path '${path}' from '${url}'...\n`);
    },
  });
}

function absencesOf({ host }: Session, config: NixConfig): AbsenceCache | undefined {
  const dir = cacheFolder(host, "absent");
  if (dir === undefined) return undefined;
  return new AbsenceCache(host, dir, config.integer("narinfo-cache-negative-ttl"));
}
