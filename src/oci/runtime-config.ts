// The configuration of a container as the OCI runtime specification has it, as far as ocinix writes it, and the frozen
// default that every bundle starts from. All texts are ordinary text, not byte strings: config.json is JSON.
import { freeze } from "immer";

/** `config.json` of a bundle. Keys that ocinix does not write itself pass through unseen. */
export interface RuntimeConfig {
  readonly ociVersion: string;
  readonly process: ProcessConfig;
  readonly root: RootConfig;
  readonly hostname?: string;
  readonly mounts: readonly Mount[];
  readonly linux: LinuxConfig;
}

export interface ProcessConfig {
  /** Whether the runtime gives the process a terminal of its own; it then needs one itself. */
  readonly terminal?: boolean;
  readonly user: { readonly uid: number; readonly gid: number };
  readonly args: readonly string[];
  /** `NAME=value`. */
  readonly env?: readonly string[];
  readonly cwd: string;
  readonly capabilities?: CapabilitySets;
  readonly rlimits?: readonly { readonly type: string; readonly hard: number; readonly soft: number }[];
  readonly noNewPrivileges?: boolean;
}

export interface CapabilitySets {
  readonly bounding?: readonly string[];
  readonly effective?: readonly string[];
  readonly inheritable?: readonly string[];
  readonly permitted?: readonly string[];
  readonly ambient?: readonly string[];
}

export interface RootConfig {
  /** Absolute, or relative to the bundle. */
  readonly path: string;
  readonly readonly?: boolean;
}

export interface Mount {
  readonly destination: string;
  readonly type?: string;
  readonly source?: string;
  readonly options?: readonly string[];
}

export interface LinuxConfig {
  readonly uidMappings?: readonly IdMapping[];
  readonly gidMappings?: readonly IdMapping[];
  readonly namespaces?: readonly Namespace[];
  readonly resources?: { readonly devices?: readonly DeviceRule[] };
  readonly maskedPaths?: readonly string[];
  readonly readonlyPaths?: readonly string[];
}

export interface IdMapping {
  readonly containerID: number;
  readonly hostID: number;
  readonly size: number;
}

export type NamespaceType = "pid" | "network" | "ipc" | "uts" | "mount" | "user" | "cgroup" | "time";

export interface Namespace {
  readonly type: NamespaceType;
  readonly path?: string;
}

export interface DeviceRule {
  readonly allow: boolean;
  readonly type?: string;
  readonly major?: number;
  readonly minor?: number;
  readonly access?: string;
}

/**
 * What a process that runs as root in the container may do: the set that Docker and containerd grant, so that `chown`,
 * changing users and binding port 80 work. (`runc spec` grants three, with which most server programs fail.)
 */
const capabilities = [
  "CAP_AUDIT_WRITE",
  "CAP_CHOWN",
  "CAP_DAC_OVERRIDE",
  "CAP_FOWNER",
  "CAP_FSETID",
  "CAP_KILL",
  "CAP_MKNOD",
  "CAP_NET_BIND_SERVICE",
  "CAP_NET_RAW",
  "CAP_SETFCAP",
  "CAP_SETGID",
  "CAP_SETPCAP",
  "CAP_SETUID",
  "CAP_SYS_CHROOT",
];

const hiddenFromContainer = ["nosuid", "noexec", "nodev"];

/**
 * The configuration that a container expression is merged into; deeply frozen. It is what `runc spec` writes, except:
 * a version that crun 1.8 accepts, Docker's capabilities, a cgroup namespace (which `runc spec` adds only where the
 * machine it runs on has cgroup v2), the paths that containerd masks in addition, and a `/tmp`, which a read-only root
 * could not offer and a store object, having no modes, not with the sticky bit. `args` is still empty.
 */
export const defaultConfig: RuntimeConfig = freeze<RuntimeConfig>(
  {
    // crun 1.8.1 refuses 1.2.0 and above.
    ociVersion: "1.0.2",
    process: {
      // A bundle is most often tried by hand, with a shell in it; `ocinix run` adapts this to what it runs on.
      terminal: true,
      user: { uid: 0, gid: 0 },
      args: [],
      env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "TERM=xterm"],
      cwd: "/",
      capabilities: { bounding: capabilities, effective: capabilities, permitted: capabilities },
      rlimits: [{ type: "RLIMIT_NOFILE", hard: 1024, soft: 1024 }],
      noNewPrivileges: true,
    },
    root: { path: "rootfs", readonly: false },
    hostname: "ocinix",
    mounts: [
      { destination: "/proc", type: "proc", source: "proc" },
      {
        destination: "/dev",
        type: "tmpfs",
        source: "tmpfs",
        options: ["nosuid", "strictatime", "mode=755", "size=65536k"],
      },
      {
        destination: "/dev/pts",
        type: "devpts",
        source: "devpts",
        options: ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"],
      },
      {
        destination: "/dev/shm",
        type: "tmpfs",
        source: "shm",
        options: [...hiddenFromContainer, "mode=1777", "size=65536k"],
      },
      { destination: "/dev/mqueue", type: "mqueue", source: "mqueue", options: hiddenFromContainer },
      { destination: "/sys", type: "sysfs", source: "sysfs", options: [...hiddenFromContainer, "ro"] },
      {
        destination: "/sys/fs/cgroup",
        type: "cgroup",
        source: "cgroup",
        options: [...hiddenFromContainer, "relatime", "ro"],
      },
      { destination: "/tmp", type: "tmpfs", source: "tmpfs", options: ["nosuid", "nodev", "mode=1777"] },
    ],
    linux: {
      // Without a rule crun allows every device; the usual ones (/dev/null, terminals …) the runtime allows itself.
      resources: { devices: [{ allow: false, access: "rwm" }] },
      namespaces: [
        { type: "pid" },
        { type: "network" },
        { type: "ipc" },
        { type: "uts" },
        { type: "mount" },
        { type: "cgroup" },
      ],
      maskedPaths: [
        "/proc/acpi",
        "/proc/asound",
        "/proc/kcore",
        "/proc/keys",
        "/proc/latency_stats",
        "/proc/sched_debug",
        "/proc/scsi",
        "/proc/timer_list",
        "/proc/timer_stats",
        "/sys/devices/virtual/powercap",
        "/sys/firmware",
      ],
      readonlyPaths: ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"],
    },
  },
  true,
);

/**
 * `config.json` as bytes: the keys in the order in which the configuration has them, which is fixed, so equal
 * configurations give equal bytes.
 */
export function encodeConfig(config: RuntimeConfig): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(config, undefined, 2)}\n`);
}
