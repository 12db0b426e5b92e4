// How V8 says that the stack is full.

const message = "Maximum call stack size exceeded";

/** Mostly it is a RangeError; from a regular expression that still has to be compiled, a SyntaxError. */
export function isStackOverflow(error: unknown): boolean {
  if (error instanceof RangeError) return error.message === message;
  return error instanceof SyntaxError && error.message.endsWith(": Stack overflow");
}

/** For where the stack of C++ Nix is full, and V8's is not. */
export function stackOverflow(): RangeError {
  return new RangeError(message);
}
