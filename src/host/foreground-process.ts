// A program in the foreground: it has our standard streams, and the signals that reach us are meant for it. The one
// asynchronous thing of the host, because signals are only seen while JavaScript does not run.
import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import { isatty } from "node:tty";
import { fileErrorReason } from "./file-error-reason.ts";
import { FileError } from "./host.ts";

export interface ForegroundExit {
  /** As a shell gives it: 128 + the signal's number for a program that a signal ended. */
  readonly status: number;
  /** A signal ended the program itself, so it could not clean up. */
  readonly killed: boolean;
}

const passedOn: readonly NodeJS.Signals[] = ["SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2"];
/** A terminal sends these to the program as well, as it is in the same process group. */
const ofKeyboard: readonly NodeJS.Signals[] = ["SIGINT", "SIGQUIT"];

/**
 * Runs a program (its path and arguments are byte strings) to its end on our standard streams. SIGTERM, SIGHUP, SIGUSR1
 * and SIGUSR2 are passed on to it and do not end this process; SIGINT and SIGQUIT are passed on unless standard input is
 * a terminal, which sends them itself. Throws FileError when the program cannot be started.
 */
export async function runInForeground(
  program: string,
  args: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string } = {},
): Promise<ForegroundExit> {
  let child: ChildProcess | undefined;
  const pass = (signal: NodeJS.Signals): void => {
    child?.kill(signal);
  };
  const ignore = (): void => {};
  // Not `process.stdin`: merely touching it makes a pipe non-blocking for the program as well.
  const ofTerminal = isatty(0);
  const listeners = [
    ...passedOn.map((signal) => [signal, pass] as const),
    ...ofKeyboard.map((signal) => [signal, ofTerminal ? ignore : pass] as const),
  ];
  // Before the program starts: a signal that came in between would end us and leave it behind.
  for (const [signal, listener] of listeners) process.on(signal, listener);
  try {
    const started = spawn(text(program), args.map(text), {
      stdio: "inherit",
      ...(options.cwd !== undefined && { cwd: text(options.cwd) }),
      ...(options.env !== undefined && {
        env: Object.fromEntries(Object.entries(options.env).map(([name, value]) => [text(name), text(value)])),
      }),
    });
    child = started;
    return await new Promise((resolve, reject) => {
      started.on("error", (error: NodeJS.ErrnoException) => {
        reject(new FileError(error.code ?? "EIO", program, fileErrorReason(error.code ?? "EIO")));
      });
      started.on("exit", (code, signal) => {
        resolve(
          signal === null
            ? { status: code ?? 1, killed: false }
            : { status: 128 + constants.signals[signal], killed: true },
        );
      });
    });
  } finally {
    for (const [signal, listener] of listeners) process.off(signal, listener);
  }
}

function text(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("utf8");
}
