// The container runtimes of the host: which there are, and which one suits the machine. Debian keeps runc in
// /usr/sbin, which the PATH of an ordinary user lacks.
import { FileError, type Host } from "../host/host.ts";
import { RunError } from "./run-error.ts";

export interface ContainerRuntime {
  /** The program's file name, such as `crun`. */
  readonly name: string;
  /** Absolute (a byte string). */
  readonly path: string;
}

type ProgramHost = Pick<Host, "files" | "env" | "workingDir">;

const administrationFolders = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

/** The absolute path of a program on PATH or in the sbin folders. */
export function findProgram(host: Pick<Host, "files" | "env">, name: string): string | undefined {
  const folders = [...(host.env("PATH") ?? "/usr/bin:/bin").split(":"), ...administrationFolders];
  return folders
    .filter((folder) => folder.startsWith("/"))
    .map((folder) => `${folder}/${name}`)
    .find((path) => isProgram(host, path));
}

function isProgram(host: Pick<Host, "files">, path: string): boolean {
  try {
    const stat = host.files.stat(path);
    return stat?.type === "regular" && (stat.mode & 0o111) !== 0;
  } catch (error) {
    // As for a shell: a folder on PATH that may not be looked into has no program.
    if (error instanceof FileError) return false;
    throw error;
  }
}

/**
 * The runtime to use: a path (with a slash) or name that the user gave, else crun, which is smaller and faster, else
 * runc; the other way round where crun needs help (see `hiddenCgroups`). Throws RunError `no-runtime`.
 */
export function chooseRuntime(host: ProgramHost, wanted: string | undefined): ContainerRuntime {
  if (wanted?.includes("/")) {
    const path = wanted.startsWith("/") ? wanted : `${host.workingDir}/${wanted}`;
    if (isProgram(host, path)) return { name: baseName(path), path };
    throw new RunError("no-runtime", `the container runtime '${wanted}' is not an executable file`);
  }
  const preferred = hasHybridCgroups(host) ? ["runc", "crun"] : ["crun", "runc"];
  for (const name of wanted === undefined ? preferred : [wanted]) {
    const path = findProgram(host, name);
    if (path !== undefined) return { name, path };
  }
  throw new RunError("no-runtime", missingRuntime(host, wanted));
}

function missingRuntime(host: Pick<Host, "files" | "env">, wanted: string | undefined): string {
  const others = ["crun", "runc"].filter((name) => name !== wanted && findProgram(host, name) !== undefined);
  const what =
    wanted === undefined
      ? "running a container needs a container runtime, and neither crun nor runc is installed"
      : `the container runtime '${wanted}' is not installed`;
  const install = (name: string) => `apt install ${name}  (Debian, Ubuntu), dnf install ${name}  (Fedora)`;
  const ways = [
    ...others.map((name) => `use the installed one: --runtime ${name}`),
    wanted === undefined || wanted === "crun" || wanted === "runc"
      ? `install one: ${install(wanted ?? "crun")}`
      : "give the path of its program",
  ];
  return [`${what};`, ...ways.map((way) => `  ${way}`)].join("\n");
}

const unifiedCgroups = "/sys/fs/cgroup/unified";

/**
 * What must be out of the runtime's sight for it to run here: crun (seen with 1.8.1) refuses a machine whose cgroup v2
 * tree, mounted beside those of v1, has controllers of its own.
 */
export function hiddenCgroups(host: Pick<Host, "files">, runtime: ContainerRuntime): string | undefined {
  return runtime.name.startsWith("crun") && hasHybridCgroups(host) ? unifiedCgroups : undefined;
}

function hasHybridCgroups(host: Pick<Host, "files">): boolean {
  const controllers = `${unifiedCgroups}/cgroup.controllers`;
  if (host.files.stat(controllers) === undefined) return false;
  return Buffer.from(host.files.readFile(controllers)).toString("latin1").trim() !== "";
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
