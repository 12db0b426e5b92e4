// What keeps a derivation from being built. Messages are byte strings that name the derivation and say what to do.
import type { StorePath } from "../store/eval-store.ts";

export type BuildErrorCode =
  /** The builder is a program, and running those is not in this version. */
  | "needs-sandbox"
  /** No built-in builder has this name. */
  | "unknown-builder"
  /** A URL that would have to be downloaded. */
  | "needs-download"
  /** An attribute that the built-in builder needs is missing or of the wrong type. */
  | "bad-attribute"
  /** Something that the derivation names is not there. */
  | "missing-input"
  /** Two things want the same place in the output. */
  | "collision"
  /** A fixed output is something else than it was to be. */
  | "hash-mismatch"
  /** An output refers to what it must not refer to, or is too large. */
  | "output-rejected"
  /** Something that Nix can build and ocinix cannot (yet). */
  | "unsupported";

/** A derivation that was not built; nothing of it is in the store, what was built before it is. */
export class BuildError extends Error {
  readonly code: BuildErrorCode;
  /** Undefined only while the error is still inside the builder, which does not know for whom it builds. */
  readonly drvPath: StorePath | undefined;

  constructor(code: BuildErrorCode, message: string, options?: ErrorOptions & { readonly drvPath?: StorePath }) {
    super(message, options);
    this.name = "BuildError";
    this.code = code;
    this.drvPath = options?.drvPath;
  }
}
