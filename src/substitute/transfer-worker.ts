// The thread that transfers: it asks caches, downloads and decompresses while the other one hashes and stores.
import { type MessagePort, workerData } from "node:worker_threads";
import { createNodeHost } from "../host/node-host.ts";
import { BinaryCache } from "./binary-cache.ts";
import { CacheError } from "./cache-error.ts";
import type { CacheLocation } from "./cache-location.ts";
import type { Fault, TransferAnswer, TransferRequest, TransferSetup } from "./transfer-message.ts";

interface Sending {
  /** How many bytes may still be sent. */
  credit: number;
  isCancelled: boolean;
  /** Goes on when there is credit again. */
  resume: (() => void) | undefined;
}

const { port, setup } = workerData as { readonly port: MessagePort; readonly setup: TransferSetup };
const { files, memory } = createNodeHost();
/** After so many bytes the garbage is collected: V8 would let a hundred MiB of buffers gather. */
const collectAfter = 32 << 20;
let uncollected = 0;
const pieceSize = 256 << 10;
const caches = new Map<string, BinaryCache>();
const sendings = new Map<number, Sending>();

port.on("message", (request: TransferRequest) => {
  if (request.type === "taken" || request.type === "cancel") return update(request);
  answer(request).catch((error: unknown) => send({ id: request.id, ...faultOf(error) }));
});
// A sign of life for whoever waits.
setInterval(signal, 1000);

async function answer(request: Exclude<TransferRequest, { type: "taken" | "cancel" }>): Promise<void> {
  const { id } = request;
  const cache = cacheAt(request.cache);
  switch (request.type) {
    case "cacheInfo":
      return send({ id, type: "cacheInfo", info: await cache.info() });
    case "narInfos": {
      const { hashParts } = request;
      const infos = new Array<Awaited<ReturnType<BinaryCache["narInfo"]>> | Fault>(hashParts.length);
      await inParallel(hashParts, async (hashPart, index) => {
        infos[index] = await cache.narInfo(hashPart).catch(faultOf);
      });
      return send({ id, type: "narInfos", infos });
    }
    case "nar": {
      const sending: Sending = { credit: setup.ahead, isCancelled: false, resume: undefined };
      sendings.set(id, sending);
      try {
        for await (const bytes of inPieces(cache.nar(request.info))) {
          if (sending.credit <= 0) await new Promise<void>((resolve) => (sending.resume = resolve));
          if (sending.isCancelled) return;
          sending.credit -= bytes.length;
          uncollected += bytes.length;
          send({ id, type: "chunk", bytes }, [bytes.buffer]);
          if (uncollected < collectAfter) continue;
          uncollected = 0;
          memory?.collect();
        }
        send({ id, type: "end" });
      } finally {
        sendings.delete(id);
      }
    }
  }
}

/**
 * The same bytes in pieces that own their memory, so that it can be given away. They are large, because the system gets
 * back what is large as soon as it is free; only the last is not.
 */
async function* inPieces(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
  let piece = new Uint8Array(pieceSize);
  let filled = 0;
  for await (const bytes of source) {
    for (let taken = 0; taken < bytes.length; ) {
      const part = bytes.subarray(taken, taken + pieceSize - filled);
      piece.set(part, filled);
      filled += part.length;
      taken += part.length;
      if (filled < pieceSize) continue;
      yield piece;
      piece = new Uint8Array(pieceSize);
      filled = 0;
    }
  }
  if (filled > 0) yield piece.slice(0, filled);
}

function update(request: Extract<TransferRequest, { type: "taken" | "cancel" }>): void {
  const sending = sendings.get(request.id);
  if (sending === undefined) return;
  if (request.type === "cancel") sending.isCancelled = true;
  else sending.credit += request.bytes;
  if (sending.credit <= 0 && !sending.isCancelled) return;
  const { resume } = sending;
  sending.resume = undefined;
  resume?.();
}

function cacheAt(location: CacheLocation): BinaryCache {
  let cache = caches.get(location.url);
  if (cache === undefined) {
    cache = new BinaryCache(location, files, setup.download);
    caches.set(location.url, cache);
  }
  return cache;
}

async function inParallel<Item>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const one = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      await work(items[index]!, index);
    }
  };
  await Promise.all(Array.from({ length: setup.connections }, one));
}

function faultOf(error: unknown): Fault {
  if (error instanceof CacheError) return { type: "fault", code: error.code, message: error.message };
  return {
    type: "fault",
    code: undefined,
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
  };
}

function send(message: TransferAnswer, moved: readonly ArrayBuffer[] = []): void {
  port.postMessage(message, [...moved]);
  signal();
}

function signal(): void {
  Atomics.add(setup.signal, 0, 1);
  Atomics.notify(setup.signal, 0);
}
