// What the exit status of ocinix says. `instantiate` differs in one point: there a usage error is 1, as in Nix.

export const exitStatus = {
  success: 0,
  /** The program, the build or the container failed. */
  failure: 1,
  /** The command line made no sense. */
  usage: 2,
  /** What was fetched has another hash than the program says. */
  hashMismatch: 102,
  /** A bug of ocinix. */
  bug: 70,
  /** Whoever read our output went away: what the shell reports for a program that SIGPIPE ended. */
  brokenPipe: 141,
} as const;
