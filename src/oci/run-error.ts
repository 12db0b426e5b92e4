// What keeps a container from being started. Messages are byte strings and say what to do next.

export type RunErrorCode =
  /** No container runtime, or not the one that was asked for. */
  | "no-runtime"
  /** The source of a bind mount is not there. */
  | "missing-source"
  /** The folder holds no bundle. */
  | "no-bundle"
  /** Neither an overlay nor a copy of the root file system could be made. */
  | "no-root";

/** A container that was not started; nothing of it is left. */
export class RunError extends Error {
  readonly code: RunErrorCode;

  constructor(code: RunErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "RunError";
    this.code = code;
  }
}
