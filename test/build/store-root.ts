// Running programs of a store where there is nothing else: a root folder with /nix/store, /dev, /proc, /tmp and the
// two files in /etc that say who root is, in a mount namespace of its own.
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

const folders = ["/usr/sbin", "/usr/bin", "/sbin", "/bin"];
const environment = { PATH: folders.join(":") };
// By its path, because PATH is already that of the program when it is started.
const chroot = folders.map((folder) => `${folder}/chroot`).find((file) => fs.existsSync(file));

const enter = `
set -e
root=$1; shift
mount --rbind /dev "$root/dev"
mount --rbind /proc "$root/proc"
exec env -i "$@"
`;

/** Why programs cannot be run so on this machine; undefined when they can. */
export const noStoreRoot: string | undefined =
  spawnSync("unshare", ["--map-root-user", "--mount", "sh", "-c", "mount --rbind /dev /mnt && chroot / true"], {
    env: environment,
  }).status === 0
    ? undefined
    : "no mount namespace can be made";

/** Makes a folder that holds a physical store into such a root. */
export function makeStoreRoot(root: string): void {
  for (const name of ["dev", "proc", "tmp", "etc"]) fs.mkdirSync(path.join(root, name), { recursive: true });
  fs.writeFileSync(path.join(root, "etc/passwd"), "root:x:0:0::/tmp:/nowhere\n");
  fs.writeFileSync(path.join(root, "etc/group"), "root:x:0:\n");
}

/** Runs a program of the store by its logical path; `env` is all of its environment. */
export function runInStoreRoot(
  root: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): SpawnSyncReturns<string> {
  const variables = Object.entries({ HOME: "/tmp", ...env }).map(([name, value]) => `${name}=${value}`);
  const command = ["/bin/sh", "-c", enter, "sh", root, ...variables, chroot!, root, ...args];
  return spawnSync("unshare", ["--map-root-user", "--mount", ...command], { encoding: "utf8", env: environment });
}
