// Running a bundle: a private folder with the configuration adapted to this machine and user, one run of crun or runc
// on it, and nothing left behind. The bundle itself is only read.
import { type Draft, produce } from "immer";
import { FileError, type Host } from "../host/host.ts";
import { bytesFromText, textFromBytes } from "../source/bytes.ts";
import { ConfigError } from "./config-error.ts";
import { isBind, mountPoints } from "./container-mounts.ts";
import { type ForegroundRunner, prepareRoot } from "./container-root.ts";
import { type ContainerRuntime, chooseRuntime, hiddenCgroups } from "./container-runtime.ts";
import { type Command, inMountNamespace, shellQuote } from "./mount-namespace.ts";
import { rootless } from "./rootless.ts";
import { RunError } from "./run-error.ts";
import { encodeConfig, type Mount, type RuntimeConfig } from "./runtime-config.ts";
import { validateConfig } from "./validate-config.ts";

/** The machine that containers run on. */
export interface RunHost extends Host {
  /** Runs a program on our standard streams; signals that reach us meanwhile are passed on to it. */
  readonly runInForeground: ForegroundRunner;
}

export interface RunOptions {
  /** `crun`, `runc`, another runtime with their command line, or a path; by default what is there and works. */
  readonly runtime?: string;
  /** Added to the container's own arguments, as after `docker run IMAGE` with an entry point. */
  readonly args?: readonly string[];
  /** By default whether we are not root, or root only of a user namespace that lacks ids. */
  readonly rootless?: boolean;
  /** The container's name for the runtime; by default one that is used nowhere else. */
  readonly id?: string;
  /** Whether standard input is a terminal, which the container then gets one of its own of. */
  readonly terminal: boolean;
  /** Where the source of a bind mount really is: for logical store paths. The identity by default. */
  readonly realPath?: (source: string) => string;
}

/**
 * Runs the bundle in a folder to its end and gives the exit status: the program's, 128 + the signal's number where a
 * signal ended it, and what the runtime gives (which then has said why) where it could not start it. All texts are byte
 * strings. Throws RunError before anything is started, ConfigError `invalid-config` for a damaged bundle, FileError.
 */
export async function runBundle(host: RunHost, bundleDir: string, options: RunOptions): Promise<number> {
  const bundle = readBundle(host, bundleDir);
  const runtime = chooseRuntime(host, options.runtime);
  const name = `ocinix-${host.processId}-${randomName()}`;
  const temporary = host.env("TMPDIR");
  const runFolder = `${temporary?.startsWith("/") ? temporary : "/tmp"}/${name}`;
  host.files.makeDir(runFolder);
  try {
    host.files.chmod(runFolder, 0o700);
    return await new BundleRun(host, bundle, runtime, runFolder, options).run(options.id ?? name);
  } finally {
    removeRunFolder(host, runFolder);
  }
}

interface Bundle {
  /** Absolute, without symlinks. */
  readonly dir: string;
  readonly config: RuntimeConfig;
}

function readBundle(host: RunHost, bundleDir: string): Bundle {
  const file = `${bundleDir}/config.json`;
  if (host.files.stat(file) === undefined) {
    throw new RunError("no-bundle", `'${bundleDir}' is not a bundle: there is no config.json in it`);
  }
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(host.files.readFile(file)));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ConfigError("invalid-config", [{ path: "", message: `'${file}' is not JSON: ${error.message}` }]);
  }
  return { dir: host.files.realPath(bundleDir), config: validateConfig(json) };
}

class BundleRun {
  private readonly host: RunHost;
  private readonly bundle: Bundle;
  private readonly runtime: ContainerRuntime;
  private readonly runFolder: string;
  private readonly options: RunOptions;
  private readonly rootless: boolean;

  constructor(host: RunHost, bundle: Bundle, runtime: ContainerRuntime, runFolder: string, options: RunOptions) {
    this.host = host;
    this.bundle = bundle;
    this.runtime = runtime;
    this.runFolder = runFolder;
    this.options = options;
    this.rootless = options.rootless ?? !isFullRoot(host);
  }

  async run(id: string): Promise<number> {
    const resolved = this.bundle.config.mounts.map((mount) => this.resolveSource(mount));
    const mounts = this.runtime.name.startsWith("runc") ? resolved.map((mount) => this.tmpfsAsFolder(mount)) : resolved;
    const { path, readonly = false } = this.bundle.config.root;
    const root = await prepareRoot(this.host, this.host.runInForeground, {
      lower: path.startsWith("/") ? bytesFromText(path) : `${this.bundle.dir}/${bytesFromText(path)}`,
      runFolder: this.runFolder,
      mountPoints: mountPoints(mounts, (source) => this.host.files.stat(source)?.type !== "directory"),
      readonly,
      asUser: this.rootless,
    });
    const hidden = hiddenCgroups(this.host, this.runtime);
    const hide = hidden === undefined ? [] : [hideStep(hidden)];
    const steps = [...root.steps, ...hide];
    this.writeConfig(mounts, root.path, steps.length > 0);
    const command = this.runtimeCommand(steps, "run", "--bundle", this.runFolder, id);
    const exit = await this.host.runInForeground(command.program, command.args);
    if (exit.killed) {
      // The runtime normally removes the container when it ends; this one had no chance to.
      const cleanup = this.runtimeCommand(hide, "delete", "--force", id);
      this.host.run(cleanup.program, cleanup.args);
    }
    return exit.status;
  }

  private runtimeCommand(steps: readonly string[], ...args: readonly string[]): Command {
    const plain = { program: this.runtime.path, args: [...this.stateArgs(), ...args] };
    if (steps.length === 0) return plain;
    const wrapped = inMountNamespace(this.host, steps, plain, this.rootless);
    if (wrapped === undefined) throw needsUnshare(this.runtime);
    return wrapped;
  }

  /** The mount with a source that the runtime finds from another folder. Throws RunError `missing-source`. */
  private resolveSource(mount: Mount): Mount {
    if (!isBind(mount) || mount.source === undefined) return mount;
    const given = bytesFromText(mount.source);
    const source = given.startsWith("/") ? (this.options.realPath?.(given) ?? given) : `${this.bundle.dir}/${given}`;
    if (this.host.files.stat(source) === undefined) {
      throw new RunError(
        "missing-source",
        `mount ${bytesFromText(mount.destination)}: the source '${given}' does not exist on this host; ` +
          "create the folder or file, or change the mount",
      );
    }
    return { ...mount, source: textFromBytes(source) };
  }

  /**
   * runc before 1.2 ignores the mode of a tmpfs for that of the folder below, and in a store folders are read-only. So
   * a tmpfs of which nothing else is asked, such as the default `/tmp`, becomes a folder on the disk for the time.
   */
  private tmpfsAsFolder(mount: Mount): Mount {
    const options = mount.options ?? [];
    const mode = options.find((option) => /^mode=[0-7]+$/.test(option));
    const flags = options.filter((option) => option === "nosuid" || option === "nodev");
    if (mount.type !== "tmpfs" || mode === undefined || options.length > flags.length + 1) return mount;
    const folder = `${this.runFolder}/tmpfs${bytesFromText(mount.destination)}`;
    this.host.files.makeDir(folder);
    this.host.files.chmod(folder, Number.parseInt(mode.slice("mode=".length), 8));
    return {
      destination: mount.destination,
      type: "none",
      source: textFromBytes(folder),
      // In a user namespace both go without saying, and other flags of the host's file system cannot be taken off.
      options: ["bind", ...(this.rootless ? [] : flags)],
    };
  }

  private writeConfig(mounts: readonly Mount[], root: string, wrapped: boolean): void {
    const { host, options } = this;
    const adapted = produce(this.bundle.config, (config) => {
      config.root.path = textFromBytes(root);
      config.process.terminal = options.terminal;
      config.process.args.push(...(options.args ?? []).map(textFromBytes));
      config.mounts = mounts as Draft<Mount>[];
    });
    // In the user namespace of the wrapping command we already are user and group 0.
    const ids = wrapped ? { uid: 0, gid: 0 } : { uid: host.userId ?? 0, gid: host.groupId ?? 0 };
    const config = this.rootless ? rootless(adapted, ids) : adapted;
    host.files.writeFile(`${this.runFolder}/config.json`, encodeConfig(config));
  }

  /** Where the runtime keeps its notes: its own place where it has one, so that its other commands find the container. */
  private stateArgs(): string[] {
    if (!this.rootless) return [];
    const runtimeFolder = this.host.env("XDG_RUNTIME_DIR");
    const usable = runtimeFolder?.startsWith("/") && this.host.files.stat(runtimeFolder)?.type === "directory";
    return ["--root", usable ? `${runtimeFolder}/${this.runtime.name}` : `${this.runFolder}/state`];
  }
}

/** Takes a mount out of the runtime's sight: an ordinary user may not unmount it, only put an empty folder over it. */
function hideStep(path: string): string {
  const place = shellQuote(path);
  return `{ umount ${place} 2>/dev/null || mount -t tmpfs tmpfs ${place}; }`;
}

function needsUnshare(runtime: ContainerRuntime): RunError {
  return new RunError(
    "no-runtime",
    `on this machine (with cgroups of both versions) ${runtime.name} only runs in a mount namespace of its own;\n` +
      "  install the program 'unshare' (package util-linux), or use runc: --runtime runc",
  );
}

/** Root of the machine, or of a user namespace that lacks nothing. */
function isFullRoot(host: RunHost): boolean {
  if (host.userId !== 0) return false;
  const map = "/proc/self/uid_map";
  if (host.files.stat(map) === undefined) return true;
  const [first] = bytesOf(host.files.readFile(map)).split("\n");
  return /^\s*0\s+\d+\s+4294967295\s*$/.test(first ?? "");
}

function bytesOf(buffer: Uint8Array): string {
  return Buffer.from(buffer).toString("latin1");
}

function randomName(): string {
  return [...crypto.getRandomValues(new Uint8Array(10))].map((byte) => byte.toString(36).padStart(2, "0")).join("");
}

/** What cannot be removed is told; the container's exit status is worth more. */
function removeRunFolder(host: RunHost, runFolder: string): void {
  try {
    host.files.remove(runFolder);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    host.writeError(`warning: the temporary folder '${runFolder}' could not be removed: ${error.reason}\n`);
  }
}
