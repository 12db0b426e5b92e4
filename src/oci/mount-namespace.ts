// Commands that run with mounts of their own, which vanish with them. An ordinary user needs a user namespace for
// that, in which they are root; the shell in between is replaced by the command, so signals reach the latter.
import type { Host } from "../host/host.ts";
import { findProgram } from "./container-runtime.ts";

export interface Command {
  /** Absolute (a byte string). */
  readonly program: string;
  readonly args: readonly string[];
}

/**
 * The command after these shell commands, in a mount namespace that the host does not see. With `asUser` also in a user
 * namespace in which the calling user and group are 0. Undefined where the host has no unshare(1).
 */
export function inMountNamespace(
  host: Pick<Host, "files" | "env">,
  steps: readonly string[],
  command: Command,
  asUser: boolean,
): Command | undefined {
  const program = findProgram(host, "unshare");
  if (program === undefined) return undefined;
  return {
    program,
    args: [
      ...(asUser ? ["--user", "--map-root-user"] : []),
      ...["--mount", "--propagation", "slave", "sh", "-c", [...steps, 'exec "$0" "$@"'].join(" && ")],
      ...[command.program, ...command.args],
    ],
  };
}

/** Quotes an argument for sh(1). */
export function shellQuote(argument: string): string {
  return `'${argument.replaceAll("'", "'\\''")}'`;
}
