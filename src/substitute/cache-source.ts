// Binary caches as the place where a build gets outputs that it need not make. Caches are asked only when something is
// missing, and one that does not answer is no reason not to build.
import type { StorePath } from "../store/eval-store.ts";
import type { LocalStore } from "../store/local-store.ts";
import { CacheError } from "./cache-error.ts";
import { Substituter, type SubstituterOptions } from "./substituter.ts";
import { type TransferOptions, Transfers } from "./transfers.ts";

export class CacheSource {
  private readonly transfers: Transfers;
  private readonly substituter: Substituter;
  private readonly warn: (message: string) => void;
  /** Each is said once. */
  private readonly said = new Set<string>();

  constructor(transfer: TransferOptions, options: SubstituterOptions) {
    this.transfers = new Transfers(transfer);
    this.warn = (message) => {
      if (!this.said.has(message)) options.warn(message);
      this.said.add(message);
    };
    this.substituter = new Substituter(this.transfers, { ...options, warn: this.warn });
  }

  /** Whether caches have these objects with all that is missing of what they refer to, signed as it has to be. */
  has(paths: readonly StorePath[], local: Pick<LocalStore, "isValid">): boolean {
    try {
      this.substituter.plan(paths, local, true);
      return true;
    } catch (error) {
      if (!(error instanceof CacheError)) throw error;
      if (error.code !== "not-in-cache") this.warn(error.message);
      return false;
    }
  }

  /** Throws CacheError and StoreError. */
  substitute(paths: Iterable<StorePath>, local: LocalStore): void {
    this.substituter.substitute(paths, local);
  }

  close(): void {
    this.transfers.close();
  }
}
