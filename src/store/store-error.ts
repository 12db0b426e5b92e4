// Faults of the store: bad names, hashes and archives, objects that are not here, a damaged database. Messages are
// byte strings; where C++ Nix has the same error, its text.

export type StoreErrorCode =
  /** A name or store path that Nix does not allow. */
  | "bad-path"
  /** A path that is not below `/nix/store`. */
  | "not-in-store"
  /** A text that is not a hash. */
  | "bad-hash"
  /** A hash algorithm or format that there is not. */
  | "unknown-hash-name"
  | "bad-derivation"
  | "bad-archive"
  /** A socket, a device: nothing that a store object can hold. */
  | "unsupported-file"
  /** The object is not in the store. */
  | "invalid-path"
  /** Contents whose hash is not the expected one. */
  | "hash-mismatch"
  /** An object whose references are not in the store yet. */
  | "missing-reference"
  /** The object cannot be deleted: it, or something that refers to it, is still needed. */
  | "in-use"
  /** The disk is full, a folder is not writable. */
  | "write-failed"
  /** The database cannot be opened, read or written. */
  | "database"
  /** Something Nix can do and ocinix cannot (yet). */
  | "unsupported";

/** A failed store operation. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StoreError";
    this.code = code;
  }
}
