// The error for a command line, or a configuration, that makes no sense.

/** The message is a byte string. */
export class UsageError extends Error {
  readonly suggestions: readonly string[];

  constructor(message: string, suggestions: readonly string[] = []) {
    super(message);
    this.name = "UsageError";
    this.suggestions = suggestions;
  }
}
