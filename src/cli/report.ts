// The one place where errors become words on standard error and an exit status. What is nobody's fault but ours ends
// here too, in one line that says how to report it.
import { FileError } from "../host/host.ts";
import { bytesFromText } from "../source/bytes.ts";
import { type Reportable, renderError } from "../source/error-report.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos } from "../source/position.ts";
import { isStackOverflow } from "../source/stack-overflow.ts";
import type { CommandSpec } from "./arguments.ts";
import { exitStatus } from "./exit-status.ts";
import type { Session } from "./session.ts";
import { UsageError } from "./usage-error.ts";
import { version } from "./version.ts";

/** Prints the error and gives the exit status. `command` is undefined when it is not known yet. */
export function reportError(error: unknown, session: Session, command?: CommandSpec): number {
  if (!(error instanceof Error)) return reportBug(error, session);
  if (error instanceof NixError) {
    reportFailure(error, session, error);
    // Nix has one class for its command line and for some texts in programs, such as names of hash algorithms.
    if (error.kind === "usage" && command?.style !== undefined) adviseHelp(session, command);
    return error.kind === "hashMismatch" ? exitStatus.hashMismatch : exitStatus.failure;
  }
  if (error instanceof UsageError) {
    reportFailure(plain(error.message, error.suggestions), session, error);
    adviseHelp(session, command);
    return command?.usageStatus ?? exitStatus.usage;
  }
  if (error instanceof FileError) return reportFailure(plain(`${error.path}: ${error.reason}`), session, error);
  if (isStackOverflow(error)) {
    return reportFailure(plain("stack overflow (possible infinite recursion)"), session, error);
  }
  const code = faultCode(error);
  if (code === "EPIPE") return exitStatus.brokenPipe;
  return code === undefined ? reportBug(error, session) : reportFailure(plain(error.message), session, error);
}

/** Prints an error as Nix does, or as the session's reporter does it for the cause. */
function reportFailure(error: Reportable, session: Session, cause: unknown): number {
  const { positions, showTrace, color, host, reporter } = session;
  host.writeError(reporter?.report(error, cause, session) ?? renderError(error, positions, { showTrace, color }));
  return exitStatus.failure;
}

function adviseHelp(session: Session, command: CommandSpec | undefined): void {
  if (session.reporter?.advises === false) return;
  const program = command ? `ocinix ${command.name}` : "ocinix";
  session.host.writeError(`Try '${program} --help' for more information.\n`);
}

function reportBug(error: unknown, session: Session): number {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const debugging = session.host.env("OCINIX_DEBUG") !== undefined;
  const advice = debugging
    ? `\n${error instanceof Error ? error.stack : ""}`
    : "; please report it with what you evaluated and what OCINIX_DEBUG=1 prints";
  reportFailure(plain(bytesFromText(`this is a bug of ocinix ${version}: ${text}${advice}`)), session, error);
  return exitStatus.bug;
}

function plain(message: string, suggestions: readonly string[] = []): Reportable {
  return { message, pos: noPos, trace: [], suggestions };
}

/** The `code` of errors that say what went wrong outside of the program; those of Node's own checks are bugs. */
function faultCode(error: Error): string | undefined {
  const code = "code" in error ? error.code : undefined;
  return typeof code === "string" && !code.startsWith("ERR_") ? code : undefined;
}
