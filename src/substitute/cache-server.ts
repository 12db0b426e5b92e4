// The local store as a binary cache over HTTP, which C++ Nix can substitute from. Nothing is stored for it: archives are
// made as they are sent.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { formatHash, parseBareHash } from "../store/hash.ts";
import type { LocalStore } from "../store/local-store.ts";
import { narOf } from "../store/nar.ts";
import type { PathInfo } from "../store/path-info.ts";
import { hashPartOfStorePath } from "../store/store-path.ts";
import { formatCacheInfo } from "./cache-info.ts";
import { type Compression, compressed, compressionSuffixes } from "./compression.ts";
import { formatListing } from "./listing-file.ts";
import { formatNarInfo } from "./nar-info.ts";
import { type SecretKey, signInfo } from "./signing-key.ts";

export interface CacheServerOptions {
  readonly local: LocalStore;
  /** Of archives. Only those without compression can be resumed. */
  readonly compression: Compression;
  /** Lower is asked earlier. */
  readonly priority: number;
  /** Everything is signed with these, besides the signatures that it has. */
  readonly secretKeys: readonly SecretKey[];
  /** Told of every request that was answered (a line of ASCII). */
  readonly onRequest?: (line: string) => void;
}

/** A server that does not listen yet. */
export function createCacheServer(options: CacheServerOptions): Server {
  const answers = new CacheAnswers(options);
  return createServer((request, response) => {
    response.once("close", () => {
      const url = JSON.stringify(request.url ?? "").slice(1, -1);
      options.onRequest?.(`${request.method} ${url} ${response.statusCode}`);
    });
    answers.give(request, response).catch(() => {
      // Whoever waits has to learn that this is not the end.
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end("the store could not be read\n");
    });
  });
}

class CacheAnswers {
  private readonly options: CacheServerOptions;

  constructor(options: CacheServerOptions) {
    this.options = options;
  }

  async give(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { allow: "GET, HEAD" }).end();
      return;
    }
    const path = (request.url ?? "").replace(/\?.*/s, "");
    const small = this.smallFile(path);
    if (small !== undefined) {
      const body = Buffer.from(small.text, small.encoding);
      response.writeHead(200, { "content-type": small.type, "content-length": body.length });
      response.end(request.method === "HEAD" ? undefined : body);
      return;
    }
    const info = this.objectOfArchive(path);
    if (info !== undefined) return await this.archive(info, request, response);
    response.writeHead(404, { "content-type": "text/plain" }).end("there is no such file\n");
  }

  private smallFile(path: string) {
    const { local, priority } = this.options;
    if (path === "/nix-cache-info") {
      return { text: formatCacheInfo(priority), encoding: "latin1", type: "text/x-nix-cache-info" } as const;
    }
    const [, hashPart = "", kind] = /^\/([0-9a-z]{32})\.(narinfo|ls)$/.exec(path) ?? [];
    const object = kind === undefined ? undefined : local.pathWithHashPart(hashPart);
    if (object === undefined) return undefined;
    if (kind === "ls") {
      return { text: formatListing(local.readTree(object)), encoding: "utf8", type: "application/json" } as const;
    }
    return { text: this.narInfo(local.pathInfo(object)), encoding: "latin1", type: "text/x-nix-narinfo" } as const;
  }

  private narInfo(info: PathInfo): string {
    const { compression, secretKeys } = this.options;
    const sigs = new Set([...(info.sigs ?? []), ...secretKeys.map((key) => signInfo(info, key))]);
    const isPlain = compression === "none";
    return formatNarInfo({
      ...info,
      sigs: [...sigs].sort(),
      compression,
      url: `nar/${this.archiveName(info)}`,
      fileHash: isPlain ? info.narHash : undefined,
      fileSize: isPlain ? info.narSize : undefined,
    });
  }

  /** With the hash in it, so that it never is the name of two different archives. */
  private archiveName({ path, narHash }: PathInfo): string {
    const hash = formatHash(parseBareHash(narHash, "sha256"), "nix32");
    return `${hashPartOfStorePath(path)}-${hash}.nar${compressionSuffixes[this.options.compression]}`;
  }

  private objectOfArchive(path: string): PathInfo | undefined {
    const { local } = this.options;
    const [, hashPart] = /^\/nar\/([0-9a-z]{32})-/.exec(path) ?? [];
    const object = hashPart === undefined ? undefined : local.pathWithHashPart(hashPart);
    if (object === undefined) return undefined;
    const info = local.pathInfo(object);
    return path === `/nar/${this.archiveName(info)}` ? info : undefined;
  }

  private async archive(info: PathInfo, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { local, compression } = this.options;
    const isPlain = compression === "none";
    const [, digits] = /^bytes=(\d{1,15})-$/.exec(isPlain ? (request.headers.range ?? "") : "") ?? [];
    const start = digits === undefined ? 0 : Number(digits);
    if (start > 0 && start >= info.narSize) {
      response.writeHead(416, { "content-range": `bytes */${info.narSize}` }).end();
      return;
    }
    response.writeHead(digits === undefined ? 200 : 206, {
      "content-type": "application/x-nix-nar",
      ...(isPlain && { "accept-ranges": "bytes", "content-length": info.narSize - start }),
      ...(digits !== undefined && { "content-range": `bytes ${start}-${info.narSize - 1}/${info.narSize}` }),
    });
    if (request.method === "HEAD") {
      response.end();
      return;
    }
    async function* nar(): AsyncGenerator<Uint8Array, void, void> {
      let skip = start;
      for (const chunk of narOf(local.readTree(info.path), info.path)) {
        const rest = chunk.subarray(Math.min(skip, chunk.length));
        skip -= chunk.length - rest.length;
        if (rest.length > 0) yield rest;
      }
    }
    await pipeline(Readable.from(compressed(compression, nar()), { objectMode: false }), response);
  }
}
