// What the thread that stores and the thread that transfers tell each other.
import type { CacheErrorCode } from "./cache-error.ts";
import type { CacheInfo } from "./cache-info.ts";
import type { CacheLocation } from "./cache-location.ts";
import type { DownloadOptions } from "./download.ts";
import type { NarInfo } from "./nar-info.ts";

export type TransferRequest =
  | { readonly id: number; readonly type: "cacheInfo"; readonly cache: CacheLocation }
  | {
      readonly id: number;
      readonly type: "narInfos";
      readonly cache: CacheLocation;
      readonly hashParts: readonly string[];
    }
  | { readonly id: number; readonly type: "nar"; readonly cache: CacheLocation; readonly info: NarInfo }
  /** So many bytes were taken: as many more may be sent. */
  | { readonly id: number; readonly type: "taken"; readonly bytes: number }
  /** Nobody waits for it any more. */
  | { readonly id: number; readonly type: "cancel" };

export interface Fault {
  readonly type: "fault";
  /** Undefined for a bug. */
  readonly code: CacheErrorCode | undefined;
  readonly message: string;
}

export type TransferAnswer = { readonly id: number } & (
  | Fault
  | { readonly type: "cacheInfo"; readonly info: CacheInfo }
  /** In the order of the question. */
  | { readonly type: "narInfos"; readonly infos: readonly (NarInfo | Fault | undefined)[] }
  | { readonly type: "chunk"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: "end" }
);

export interface TransferSetup {
  /** One count for every answer and every second: what the other thread waits for. */
  readonly signal: Int32Array;
  readonly download: DownloadOptions;
  /** As many small files are asked for at a time. */
  readonly connections: number;
  /** As many bytes of one archive are sent ahead. */
  readonly ahead: number;
}
