// The mounts of a container: the user's merged into the default ones, checked, and put in the order in which a runtime
// has to make them, parents first. A user's mount replaces the default one at the same place.
import { bytesFromText, textFromBytes } from "../source/bytes.ts";
import type { ConfigProblem } from "./config-error.ts";
import { type MountSpec, mountPath } from "./container-spec.ts";
import type { Mount } from "./runtime-config.ts";

/** The mounts to make, and what is wrong with the user's. */
export interface MergedMounts {
  readonly mounts: readonly Mount[];
  readonly problems: readonly ConfigProblem[];
}

/** Merges a container's mounts (byte strings) into the default ones. Does not throw: problems are returned. */
export function mergeMounts(defaults: readonly Mount[], wanted: Readonly<Record<string, MountSpec>>): MergedMounts {
  const problems: ConfigProblem[] = [];
  const merged = new Map(defaults.map((mount) => [mount.destination, mount]));
  const seen = new Map<string, string>();
  for (const name of Object.keys(wanted).sort()) {
    const report = (message: string) => problems.push({ path: mountPath(name), message });
    const destination = canonicalDestination(name);
    if (destination === undefined) {
      report("the destination must be an absolute path without '.' and '..'");
      continue;
    }
    const twin = seen.get(destination);
    if (twin !== undefined) report(`is the same place as '${twin}'`);
    seen.set(destination, name);
    const mount = wanted[name]!;
    const refusal = placeRefusal(destination, mount) ?? sourceRefusal(mount);
    if (refusal !== undefined) report(refusal);
    merged.set(textFromBytes(destination), mountOf(destination, mount));
  }
  // The sort is stable: default mounts keep their order, the user's come after them by path.
  const mounts = [...merged.values()].sort((a, b) => depth(a.destination) - depth(b.destination));
  return { mounts, problems };
}

/** One slash between names and none at the end; undefined where that is not enough. */
function canonicalDestination(path: string): string | undefined {
  const parts = path.split("/").filter((part) => part !== "");
  if (!path.startsWith("/") || parts.includes(".") || parts.includes("..") || path.includes("\0")) return undefined;
  return `/${parts.join("/")}`;
}

/** Places where a mount would break the container, or which runtimes refuse. */
function placeRefusal(destination: string, mount: MountSpec): string | undefined {
  if (isAtOrBelow("/nix/store", destination)) {
    return `would hide /nix/store, where the container's programs are`;
  }
  if (destination === "/proc" && mount.type !== "proc") return "only a mount of type proc can be at /proc";
  if (destination.startsWith("/proc/")) return "container runtimes refuse mounts below /proc";
  return undefined;
}

function sourceRefusal(mount: MountSpec): string | undefined {
  if (isBindType(mount.type) || isBind(mount)) {
    if (!mount.source.startsWith("/")) {
      return `a bind mount needs the absolute path of a file or folder of the host as its source, not '${mount.source}'`;
    }
  }
  return undefined;
}

/** Whether `path` is `ancestor` or something below it. Both are canonical. */
export function isAtOrBelow(path: string, ancestor: string): boolean {
  return ancestor === "/" || path === ancestor || path.startsWith(`${ancestor}/`);
}

/** Whether the options make this a bind mount; its source is then a path of the host. */
export function isBind(mount: Pick<Mount, "options">): boolean {
  return mount.options?.some((option) => option === "bind" || option === "rbind") ?? false;
}

/** Types that name no file system: such a mount can only be a bind mount. */
function isBindType(type: string): boolean {
  return type === "none" || type === "bind" || type === "rbind";
}

function mountOf(destination: string, mount: MountSpec): Mount {
  let options = mount.options;
  // The kernel takes the type for a file system otherwise, and there is none of that name (ENODEV).
  if (isBindType(mount.type) && !isBind(mount))
    options = [mount.type === "rbind" ? "rbind" : "bind", ...(options ?? [])];
  return {
    destination: textFromBytes(destination),
    type: textFromBytes(mount.type),
    source: textFromBytes(mount.source),
    ...(options !== undefined && { options: options.map(textFromBytes) }),
  };
}

function depth(destination: string): number {
  return destination.split("/").length;
}

export type MountPointKind = "file" | "directory";

/**
 * Where a configuration mounts something, as byte strings in the order of the mounts, and what has to be there before.
 * `sourceIsFile` tells of the source of a bind mount (a byte string); everything else is mounted on folders.
 */
export function mountPoints(
  mounts: readonly Mount[],
  sourceIsFile: (source: string) => boolean,
): ReadonlyMap<string, MountPointKind> {
  return new Map(
    mounts.map((mount) => {
      const isFile = isBind(mount) && mount.source !== undefined && sourceIsFile(bytesFromText(mount.source));
      return [bytesFromText(mount.destination), isFile ? "file" : "directory"];
    }),
  );
}
