// A bundle as a file tree: `config.json`, and `rootfs/` with the closure below nix/store and an empty folder or file
// for everything that gets mounted. It must all be there beforehand: a runtime cannot make it on a read-only root.
import { FileError, type ReadableFiles } from "../host/host.ts";
import type { StorePath } from "../store/eval-store.ts";
import { directoryOf, type FileTree, fileOf } from "../store/file-tree.ts";
import { storeDir } from "../store/store-path.ts";
import { ConfigError } from "./config-error.ts";
import { buildRuntimeConfig } from "./container-config.ts";
import { isAtOrBelow, type MountPointKind, mountPoints } from "./container-mounts.ts";
import { type ContainerSpec, mountPath } from "./container-spec.ts";
import { encodeConfig } from "./runtime-config.ts";
import { validateConfig } from "./validate-config.ts";

/** A store object that goes into a bundle. */
export interface ClosureMember {
  readonly path: StorePath;
  readonly tree: FileTree;
}

/** What a bundle has to know of the machine that it is built on. */
export interface BundleFacts {
  /**
   * Whether the source of a bind mount (an absolute byte string) is something other than a folder there. False for what
   * does not exist: it is taken for a folder.
   */
  sourceIsFile(path: string): boolean;
}

/** What the files of a host say; what one may not look at is taken for a folder. */
export function factsOfHost(files: ReadableFiles): BundleFacts {
  return {
    sourceIsFile(path) {
      try {
        return (files.stat(path)?.type ?? "directory") !== "directory";
      } catch (error) {
        if (error instanceof FileError) return false;
        throw error;
      }
    },
  };
}

/**
 * The tree of a bundle; nothing of the closure is read yet. Equal arguments give equal trees. Throws ConfigError
 * `invalid-container`.
 */
export function bundleTree(spec: ContainerSpec, closure: readonly ClosureMember[], facts: BundleFacts): FileTree {
  const config = buildRuntimeConfig(spec);
  validateConfig(config);
  const rootfs: Folder = new Map();
  const store = folderIn(rootfs, storeDir);
  for (const { path, tree } of closure) store.set(path.slice(storeDir.length + 1), tree);
  const members = closure.map(({ path }) => path);
  for (const [path, kind] of mountPoints(config.mounts, (source) => facts.sourceIsFile(source))) {
    addMountPoint(rootfs, path, kind, members);
  }
  return directoryOf(
    new Map<string, FileTree>([
      ["config.json", fileOf(encodeConfig(config))],
      ["rootfs", treeOf(rootfs)],
    ]),
  );
}

/** A folder that is still being filled; a `Map` in it is another one. */
type Folder = Map<string, Folder | FileTree>;

const emptyFile = fileOf(new Uint8Array());

/**
 * Mount points are made below the root only through folders made here, never through the closure, whose symlinks could
 * lead anywhere and whose contents are other store objects'.
 */
function addMountPoint(root: Folder, path: string, kind: MountPointKind, closure: readonly StorePath[]): void {
  const member = closure.find((object) => isAtOrBelow(path, object));
  if (member !== undefined) refuse(path, `would change the store object '${member}' of the container`);
  if (kind === "directory") {
    folderIn(root, path);
    return;
  }
  const slash = path.lastIndexOf("/");
  const parent = folderIn(root, path.slice(0, slash));
  const name = path.slice(slash + 1);
  if (parent.has(name)) refuse(path, "its source is a file, but another mount needs a folder at this place");
  parent.set(name, emptyFile);
}

function folderIn(root: Folder, path: string): Folder {
  let folder = root;
  for (const name of path.split("/").filter((part) => part !== "")) {
    let next = folder.get(name);
    if (next === undefined) {
      next = new Map();
      folder.set(name, next);
    }
    if (!(next instanceof Map)) refuse(path, `lies inside the place of a file, '${name}'`);
    folder = next;
  }
  return folder;
}

function refuse(destination: string, message: string): never {
  throw new ConfigError("invalid-container", [{ path: mountPath(destination), message }]);
}

function treeOf(folder: Folder): FileTree {
  return directoryOf(new Map([...folder].map(([name, entry]) => [name, entry instanceof Map ? treeOf(entry) : entry])));
}
