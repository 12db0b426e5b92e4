// Where outputs come from that need not be built here. What it is, only who starts a build knows: binary caches.
import type { StorePath } from "../store/eval-store.ts";
import type { LocalStore } from "../store/local-store.ts";

export interface OutputSource {
  /** Whether these objects can be had with all they refer to, as far as that is not valid already. Does not throw. */
  has(paths: readonly StorePath[], local: Pick<LocalStore, "isValid">): boolean;
  /** Puts them into the store, each as soon as it is complete. Throws an error with a `code` for what cannot be had after all. */
  substitute(paths: Iterable<StorePath>, local: LocalStore): void;
  /** Nothing may be asked afterwards. */
  close(): void;
}
