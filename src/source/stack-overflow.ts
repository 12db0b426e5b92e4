// How V8 says that the stack is full.

/** Mostly it is a RangeError; from a regular expression that still has to be compiled, a SyntaxError. */
export function isStackOverflow(error: unknown): boolean {
  if (error instanceof RangeError) return error.message === "Maximum call stack size exceeded";
  return error instanceof SyntaxError && error.message.endsWith(": Stack overflow");
}
