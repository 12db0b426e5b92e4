// What the store knows of an object besides its contents.
import type { StorePath } from "./eval-store.ts";

export interface PathInfo {
  readonly path: StorePath;
  /** SHA-256 of the NAR, in base16. */
  readonly narHash: string;
  /** In bytes. */
  readonly narSize: number;
  /** Sorted; holds the path itself where the contents do. */
  readonly references: readonly StorePath[];
  /** The derivation that built it. */
  readonly deriver: StorePath | undefined;
  /** The content address, as Nix writes it: `text:sha256:<nix32>`, `fixed:r:sha256:<nix32>`, … */
  readonly ca: string | undefined;
  /** Signatures as Nix writes them, `<key name>:<base64>`, sorted; absent where there are none. */
  readonly sigs?: readonly string[];
  /** Built here, so that no signature is needed to trust it. */
  readonly ultimate?: true;
  /** Seconds since 1970; 0 for an object that exists only virtually. */
  readonly registrationTime: number;
}
