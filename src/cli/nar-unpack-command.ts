// `ocinix nar unpack`: makes files of a Nix archive on standard input, as `nix-store --restore` does.
import { FileError, type Host } from "../host/host.ts";
import { NixError } from "../source/nix-error.ts";
import { type NarEvent, parseNar } from "../store/nar.ts";
import type { ParsedArguments } from "./arguments.ts";
import { exitStatus } from "./exit-status.ts";
import type { Session } from "./session.ts";
import { standardInputChunks } from "./standard-input.ts";
import { absolutePath } from "./tree-operand.ts";

/** Before the umask. */
const plainMode = 0o666;
const executableMode = 0o777;

export function narUnpackCommand(parsed: ParsedArguments, { host }: Session): number {
  const [name = ""] = parsed.operands;
  const unpacker = new Unpacker(host, name);
  for (const event of parseNar(standardInputChunks())) unpacker.unpack(event);
  return exitStatus.success;
}

class Unpacker {
  private readonly host: Host;
  /** As the command line says it; the path of each open folder, and of the root before it is made. */
  private readonly open: string[] = [];
  private readonly root: string;

  constructor(host: Host, root: string) {
    this.host = host;
    this.root = root;
  }

  /** Never replaces what exists, so that nothing is written outside of what it has made. */
  unpack(event: NarEvent): void {
    if (event.type === "end") {
      this.open.pop();
      return;
    }
    const shown = this.open.length === 0 ? this.root : `${this.open.at(-1)}/${event.name}`;
    const path = absolutePath(this.host, shown);
    const { files } = this.host;
    if (this.open.length === 0 && files.stat(path.slice(0, path.lastIndexOf("/")) || "/") === undefined) {
      throw new NixError("file", `opening parent directory of "${shown}": No such file or directory`);
    }
    const what =
      event.type === "directory"
        ? `creating directory "${shown}"`
        : event.type === "symlink"
          ? `creating symlink from "${shown}" -> '${event.target}'`
          : `creating file "${shown}"`;
    if (files.lstat(path) !== undefined) throw new NixError("file", `${what}: File exists`);
    try {
      switch (event.type) {
        case "directory":
          files.makeDir(path);
          this.open.push(shown);
          break;
        case "symlink":
          files.symlink(event.target, path);
          break;
        case "regular":
          files.writeFile(path, event.contents, { mode: this.modeOf(event.executable) });
          break;
      }
    } catch (error) {
      if (!(error instanceof FileError) || error.path !== path) throw error;
      throw new NixError("file", `${what}: ${error.reason}`);
    }
  }

  private modeOf(executable: boolean): number {
    return (executable ? executableMode : plainMode) & ~process.umask();
  }
}
