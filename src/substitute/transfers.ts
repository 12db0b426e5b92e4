// Transfers for a program that waits: evaluation, building and storing are synchronous, the network is not, so a thread of
// its own does the transferring. It runs ahead, by a bounded number of bytes for each archive.
import path from "node:path";
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads";
import { CacheError } from "./cache-error.ts";
import type { CacheInfo } from "./cache-info.ts";
import type { CacheLocation } from "./cache-location.ts";
import type { DownloadOptions } from "./download.ts";
import type { NarInfo } from "./nar-info.ts";
import type { Fault, TransferAnswer, TransferRequest, TransferSetup } from "./transfer-message.ts";

export interface TransferOptions {
  readonly download: DownloadOptions;
  /** As many small files are asked for at a time. */
  readonly connections: number;
}

/** An archive on its way. */
export interface NarTransfer {
  /** May be drawn once; a piece is there until the next one is drawn. Throws CacheError, at the latest at the end. */
  readonly chunks: Iterable<Uint8Array>;
  /** Ends it, drawn or not. */
  cancel(): void;
}

const ahead = 2 << 20;
/** The thread gives a sign of life each second. */
const silenceMs = 20_000;
/** A machine that slept makes one silence. */
const longestSilences = 3;

type Question<Request> = Request extends { id: number } ? Omit<Request, "id"> : never;

export class Transfers {
  private readonly options: TransferOptions;
  private readonly signal = new Int32Array(new SharedArrayBuffer(4));
  private readonly answers = new Map<number, TransferAnswer[]>();
  private thread: { readonly worker: Worker; readonly port: MessagePort } | undefined;
  private count = 0;

  constructor(options: TransferOptions) {
    this.options = options;
  }

  /** Whether anything has been asked yet. */
  get isRunning(): boolean {
    return this.thread !== undefined;
  }

  /** Throws CacheError. */
  cacheInfo(cache: CacheLocation): CacheInfo {
    const answer = this.wait(this.ask({ type: "cacheInfo", cache }), true);
    if (answer.type !== "cacheInfo") throw unexpected(answer);
    return answer.info;
  }

  /** What a cache knows of the objects with these hash parts, in their order. A fault is about one of them only. */
  narInfos(cache: CacheLocation, hashParts: readonly string[]): readonly (NarInfo | CacheError | undefined)[] {
    const answer = this.wait(this.ask({ type: "narInfos", cache, hashParts }), true);
    if (answer.type !== "narInfos") throw unexpected(answer);
    return answer.infos.map((info) => (info !== undefined && "type" in info ? errorOf(info) : info));
  }

  /** Starts to get an archive. */
  nar(cache: CacheLocation, info: NarInfo): NarTransfer {
    const id = this.ask({ type: "nar", cache, info });
    return { chunks: this.chunks(id), cancel: () => this.finish(id) };
  }

  /** Ends everything; a new question starts anew. */
  close(): void {
    this.thread?.worker.terminate();
    this.thread?.port.close();
    this.thread = undefined;
  }

  private *chunks(id: number): Generator<Uint8Array, void, void> {
    try {
      for (;;) {
        const answer = this.wait(id, false);
        if (answer.type === "end") return;
        if (answer.type !== "chunk") throw unexpected(answer);
        const { bytes } = answer;
        const { length } = bytes;
        yield bytes;
        // Frees the memory now. The garbage collector would let much of it gather first.
        bytes.buffer.transfer(0);
        this.send({ id, type: "taken", bytes: length });
      }
    } finally {
      this.finish(id);
    }
  }

  private finish(id: number): void {
    if (this.answers.delete(id)) this.send({ id, type: "cancel" });
  }

  private ask(question: Question<TransferRequest>): number {
    const id = this.count++;
    this.answers.set(id, []);
    this.send({ id, ...question } as TransferRequest);
    return id;
  }

  private send(request: TransferRequest): void {
    this.thread ??= this.start();
    this.thread.port.postMessage(request);
  }

  private wait(id: number, isLast: boolean): TransferAnswer {
    const mine = this.answers.get(id);
    let silences = 0;
    for (;;) {
      const answer = mine?.shift();
      if (answer !== undefined) {
        if (isLast) this.answers.delete(id);
        if (answer.type === "fault") throw errorOf(answer);
        return answer;
      }
      const seen = Atomics.load(this.signal, 0);
      const received = this.thread && receiveMessageOnPort(this.thread.port);
      if (received) {
        const message = received.message as TransferAnswer;
        this.answers.get(message.id)?.push(message);
      } else if (Atomics.wait(this.signal, 0, seen, silenceMs) !== "timed-out") silences = 0;
      else if (++silences >= longestSilences) throw new Error("the thread that transfers files does not answer");
    }
  }

  private start(): { readonly worker: Worker; readonly port: MessagePort } {
    const { port1, port2 } = new MessageChannel();
    const setup: TransferSetup = { ...this.options, signal: this.signal, ahead };
    // Beside this file in the sources, and beside the bundle.
    const file = `transfer-worker.${import.meta.url.endsWith(".ts") ? "ts" : "js"}`;
    const worker = new Worker(path.join(import.meta.dirname, file), {
      workerData: { port: port2, setup },
      transferList: [port2],
      execArgv: [],
      // What it makes is short-lived; the flags of the program are for evaluations.
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    });
    worker.unref();
    return { worker, port: port1 };
  }
}

function errorOf({ code, message }: Fault): CacheError {
  if (code === undefined) throw new Error(message);
  return new CacheError(code, message);
}

function unexpected({ type }: TransferAnswer): Error {
  return new Error(`unexpected answer '${type}'`);
}
