// A program of the machine as a filter: bytes into its standard input, bytes out of its standard output, both in pieces
// and no faster than whoever takes them.
import { fileErrorReason } from "./file-error-reason.ts";
import { FileError } from "./host.ts";

/**
 * What the program makes of the bytes. Throws FileError when it cannot be started, and Error with what it said on standard
 * error when it fails; what the source throws passes. The program is gone when this ends, however it does.
 */
export async function* filterThrough(
  program: string,
  args: readonly string[],
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, void> {
  const { spawn } = process.getBuiltinModule("node:child_process");
  const { Readable } = process.getBuiltinModule("node:stream");
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"] });
  let fault: unknown;
  const ended = new Promise<number | null>((resolve) => {
    child.once("error", (error) => {
      const code = "code" in error ? String(error.code) : "EIO";
      fault ??= new FileError(code, program, fileErrorReason(code));
      resolve(null);
    });
    child.once("close", (status) => resolve(status));
  });
  let said = "";
  child.stderr.setEncoding("latin1").on("data", (text: string) => {
    said = (said + text).slice(0, 1000);
  });
  // A program that fails closes its input, which is then no fault of its own.
  child.stdin.on("error", () => {});
  const input = Readable.from(source, { objectMode: false });
  input.once("error", (error) => {
    fault ??= error;
    child.kill("SIGKILL");
  });
  input.pipe(child.stdin);
  try {
    for await (const chunk of child.stdout) yield chunk as Uint8Array;
    const status = await ended;
    if (fault !== undefined) throw fault;
    if (status !== 0) throw new Error(said.trim() || `${program} ended with status ${status}`);
  } finally {
    input.destroy();
    child.kill("SIGKILL");
  }
}
