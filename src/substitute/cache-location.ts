// Where a binary cache is: a store URL with its parameters, `file:///dir?compression=zstd` or `https://host/path?priority=10`.
import { CacheError } from "./cache-error.ts";

export interface CacheLocation {
  /** Without parameters and trailing slashes; what messages and the sent requests start with. */
  readonly url: string;
  /** The folder of a `file:` cache, absolute (a byte string). */
  readonly dir?: string;
  /** Lower is asked earlier; absent for what the cache itself says. */
  readonly priority?: number;
  /** What it has need not be signed. */
  readonly isTrusted: boolean;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Whether this is the URL of a binary cache, of a kind that ocinix knows. */
export function isCacheUrl(text: string): boolean {
  return /^(?:file|https?):\/\//.test(text);
}

/** Reads a store URL (a byte string). Throws CacheError `unsupported-cache`. */
export function parseCacheLocation(text: string): CacheLocation {
  const unsupported = (problem: string): CacheError =>
    new CacheError("unsupported-cache", `'${text}' is not a binary cache that ocinix can use: ${problem}`);
  if (!isCacheUrl(text)) throw unsupported("it has to start with 'file://', 'http://' or 'https://'");
  const [, base = "", query = ""] = /^([^?]*)\??(.*)$/s.exec(text) ?? [];
  const parameters = new Map<string, string>();
  for (const pair of query.split("&").filter((part) => part !== "")) {
    const equals = pair.indexOf("=");
    if (equals < 0) throw unsupported(`its parameter '${pair}' has no value`);
    parameters.set(decoded(pair.slice(0, equals)), decoded(pair.slice(equals + 1)));
  }
  const priority = parameters.get("priority");
  if (priority !== undefined && !/^-?\d{1,9}$/.test(priority)) throw unsupported("its priority is not a number");
  const common = {
    ...(priority !== undefined && { priority: Number(priority) }),
    isTrusted: parameters.get("trusted") === "true" || parameters.get("trusted") === "1",
    parameters,
  };
  const url = base.replace(/\/+$/, "");
  if (!base.startsWith("file:")) {
    if (!URL.canParse(base)) throw unsupported("it is not a valid URL");
    return { url, ...common };
  }
  const dir = decoded(url.slice("file://".length));
  if (!dir.startsWith("/") || dir.includes("\0")) throw unsupported("it has to name an absolute folder");
  return { url, dir, ...common };
}

function decoded(text: string): string {
  return text.replace(/%([\da-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}
