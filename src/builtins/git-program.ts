// The machine's git program, asked about one repository. It changes nothing there, and the repository's own
// configuration cannot make it run other programs.
import { FileError, type Host, type ProcessResult } from "../host/host.ts";
import { NixError } from "../source/nix-error.ts";

const guards = ["-c", "safe.directory=*", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"];

interface GitOptions {
  /** What it reads, a byte string. */
  readonly input?: string;
  /** More variables. */
  readonly env?: Readonly<Record<string, string>>;
}

export class GitProgram {
  readonly host: Host;
  /** The folder that it is started in. */
  private readonly dir: string;

  constructor(host: Host, dir: string) {
    this.host = host;
    this.dir = dir;
  }

  /** Standard output as a byte string; undefined when git fails. Throws NixError where there is no git. */
  ask(args: readonly string[], options?: GitOptions): string | undefined {
    const { status, stdout } = this.run(args, options);
    return status === 0 ? bufferOf(stdout).toString("latin1") : undefined;
  }

  /** The same for what cannot fail in a good repository. */
  output(args: readonly string[], options?: GitOptions): string {
    return this.outputBytes(args, options).toString("latin1");
  }

  outputBytes(args: readonly string[], options?: GitOptions): Buffer {
    const { status, stdout } = this.run(args, options);
    if (status === 0) return bufferOf(stdout);
    throw new NixError("file", `'git ${args[0]}' failed in the Git repository '${this.dir}'`);
  }

  private run(args: readonly string[], { input = "", env = {} }: GitOptions = {}): ProcessResult {
    const { host, dir } = this;
    const inherited = ["PATH", "HOME"].flatMap((name) => {
      const value = host.env(name);
      return value === undefined ? [] : [[name, value] as const];
    });
    try {
      return host.run("git", [...guards, ...args], {
        input: Buffer.from(input, "latin1"),
        cwd: dir,
        env: { ...Object.fromEntries(inherited), LC_ALL: "C", GIT_OPTIONAL_LOCKS: "0", ...env },
      });
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      throw new NixError(
        "unsupported",
        `cannot read the Git repository '${dir}': the program 'git' ${reasonOf(error)}`,
      );
    }
  }
}

function reasonOf({ code, reason }: FileError): string {
  return code === "ENOENT" ? "is not in PATH" : `cannot be started: ${reason}`;
}

function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
