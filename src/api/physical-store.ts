// The store folder of an evaluation. It is opened when something is asked of it, made only when something is to be
// written: most evaluations never touch it, and opening a database takes longer than they do.
import type { Host } from "../host/host.ts";
import type { StorePath } from "../store/eval-store.ts";
import { LocalStore } from "../store/local-store.ts";
import type { PathInfo } from "../store/path-info.ts";
import type { ObjectLookup } from "../store/virtual-store.ts";

export class PhysicalStore implements ObjectLookup {
  /** An absolute path (a byte string). */
  readonly dir: string;
  private readonly host: Host;
  private opened: LocalStore | undefined;

  constructor(host: Host, dir: string) {
    this.host = host;
    this.dir = dir;
  }

  /**
   * The store, made where there is none, for adding to it: what is found valid is safe from garbage collectors from now
   * on. Throws StoreError `database` or `write-failed`.
   */
  open(): LocalStore {
    const store = this.openForReading();
    store.protect();
    return store;
  }

  /** The same for who only looks, which keeps no collector waiting. */
  openForReading(): LocalStore {
    this.opened ??= LocalStore.open(this.host, this.dir);
    return this.opened;
  }

  isValid(path: StorePath): boolean {
    return this.existing()?.isValid(path) ?? false;
  }

  pathInfo(path: StorePath): PathInfo {
    return this.openForReading().pathInfo(path);
  }

  realPath(path: StorePath): string {
    return this.openForReading().realPath(path);
  }

  close(): void {
    this.opened?.close();
    this.opened = undefined;
  }

  private existing(): LocalStore | undefined {
    if (this.opened !== undefined) return this.opened;
    return this.host.files.stat(`${this.dir}/nix/var/nix/db/db.sqlite`) === undefined
      ? undefined
      : this.openForReading();
  }
}
