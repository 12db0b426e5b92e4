// The root file system that a container gets. A bundle in the store must never change, so a container that may write
// gets an overlay over the bundle's rootfs, or a copy where the kernel refuses overlays; both die with the container.
import type { Host, WritableFiles } from "../host/host.ts";
import type { MountPointKind } from "./container-mounts.ts";
import { type Command, inMountNamespace, shellQuote } from "./mount-namespace.ts";
import { RunError } from "./run-error.ts";

/** Runs a program on our standard streams; signals are passed on to it. */
export type ForegroundRunner = (
  program: string,
  args: readonly string[],
) => Promise<{ readonly status: number; readonly killed: boolean }>;

export interface ContainerRoot {
  /** Absolute path of the folder to use as the root. */
  readonly path: string;
  /** Shell commands that make it, for `inMountNamespace`; none when the folder is there already. */
  readonly steps: readonly string[];
}

export interface RootOptions {
  /** The bundle's root file system, which is only read. */
  readonly lower: string;
  /** An existing folder that is the caller's to fill and remove. */
  readonly runFolder: string;
  readonly mountPoints: ReadonlyMap<string, MountPointKind>;
  readonly readonly: boolean;
  /** See `inMountNamespace`. */
  readonly asUser: boolean;
}

type RootHost = Pick<Host, "files" | "env" | "run">;

/**
 * The root for one run: the bundle's own where the container cannot write and every mount point is as it should be.
 * (What the source of a bind mount is can have changed since the bundle was built.) Throws RunError `no-root`.
 */
export async function prepareRoot(
  host: RootHost,
  runInForeground: ForegroundRunner,
  options: RootOptions,
): Promise<ContainerRoot> {
  const { lower, runFolder, asUser } = options;
  const wrong = [...options.mountPoints].filter(([path, kind]) => !isMountPoint(host.files, lower, path, kind));
  if (options.readonly && wrong.length === 0) return { path: lower, steps: [] };
  const root = `${runFolder}/rootfs`;
  for (const name of ["rootfs", "upper", "work"]) host.files.makeDir(`${runFolder}/${name}`);
  // The names in the options of an overlay cannot hold every character, so they are short ones of our own.
  host.files.symlink(lower, `${runFolder}/lower`);
  for (const [path, kind] of wrong) placeMountPoint(host.files, `${runFolder}/upper`, path, kind);
  const step = overlayStep(runFolder, asUser);
  const probe = inMountNamespace(host, [step], { program: "true", args: [] }, asUser);
  if (probe !== undefined && host.run(probe.program, probe.args).status === 0) return { path: root, steps: [step] };
  await copyRoot(runInForeground, `${runFolder}/lower/.`, root);
  host.files.chmod(root, 0o755);
  for (const [path, kind] of wrong) placeMountPoint(host.files, root, path, kind);
  return { path: root, steps: [] };
}

function overlayStep(runFolder: string, asUser: boolean): string {
  // Only the real root may write the attributes that an overlay keeps by default.
  const options = [...(asUser ? ["userxattr"] : []), "lowerdir=lower", "upperdir=upper", "workdir=work"].join(",");
  return `(cd ${shellQuote(runFolder)} && mount -t overlay -o ${options} overlay rootfs)`;
}

async function copyRoot(runInForeground: ForegroundRunner, from: string, to: string): Promise<void> {
  // Copies share their blocks where the file system can do that.
  const copy: Command = { program: "cp", args: ["-a", "--reflink=auto", from, to] };
  const { status } = await runInForeground(copy.program, copy.args);
  if (status !== 0) {
    throw new RunError("no-root", `the root file system of the container could not be copied to '${to}' (see above)`);
  }
}

function isMountPoint(files: WritableFiles, root: string, path: string, kind: MountPointKind): boolean {
  const parts = path.split("/").filter((part) => part !== "");
  let at = root;
  for (const [index, part] of parts.entries()) {
    at = `${at}/${part}`;
    const type = files.lstat(at)?.type;
    // Where a symlink leads inside the container, the runtime knows.
    if (type === "symlink") return true;
    const wanted = kind === "file" && index === parts.length - 1 ? "regular" : "directory";
    if (type !== wanted) return false;
  }
  return true;
}

/** Makes an empty file or folder, and the folders above it, in a root of our own. */
function placeMountPoint(files: WritableFiles, root: string, path: string, kind: MountPointKind): void {
  const parts = path.split("/").filter((part) => part !== "");
  let at = root;
  for (const [index, part] of parts.entries()) {
    const parent = at;
    at = `${at}/${part}`;
    const wanted = kind === "file" && index === parts.length - 1 ? "regular" : "directory";
    if (files.lstat(at)?.type === wanted) continue;
    files.chmod(parent, 0o755);
    files.remove(at);
    if (wanted === "regular") files.writeFile(at, new Uint8Array(), { mode: 0o644 });
    else files.makeDir(at);
  }
}
