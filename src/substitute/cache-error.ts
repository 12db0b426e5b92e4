// Faults of binary caches: what they do not have, cannot send, or should not have sent. Messages are byte strings. Nothing
// of an object is in the store when one of these is thrown for it; objects that were finished before it stay.

export type CacheErrorCode =
  /** The cache says that it does not have the file. */
  | "not-in-cache"
  /** No answer, or not one that could be used, after all attempts. */
  | "unreachable"
  /** The cache sent something else than it announced. */
  | "corrupt-cache"
  /** No trusted key has signed the object. */
  | "unsigned"
  /** A key that is none. */
  | "bad-key"
  /** A store URL or a compression that ocinix cannot use. */
  | "unsupported-cache"
  /** The cache cannot be written. */
  | "cache-not-writable";

/** A failed operation on a binary cache. */
export class CacheError extends Error {
  readonly code: CacheErrorCode;

  constructor(code: CacheErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "CacheError";
    this.code = code;
  }
}
