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
const { files } = createNodeHost();
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
        for await (const bytes of cache.nar(request.info)) {
          if (sending.credit <= 0) await new Promise<void>((resolve) => (sending.resume = resolve));
          if (sending.isCancelled) return;
          sending.credit -= bytes.length;
          // A piece may be a view of a larger buffer, all of which would be sent; Node lends out small ones several times.
          const isWhole = bytes.length === bytes.buffer.byteLength && bytes.length > Buffer.poolSize;
          const whole = isWhole ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
          send({ id, type: "chunk", bytes: whole }, [whole.buffer]);
        }
        send({ id, type: "end" });
      } finally {
        sendings.delete(id);
      }
    }
  }
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
