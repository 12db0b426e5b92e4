// The package set that ocinix brings, as files in a folder of its package. A host that does not have the folder, such
// as one in memory, gets to see it at the same path: it is part of the program and not of the machine.
import type { FileStat, FileType, ReadableFiles } from "../host/host.ts";
import { createNodeHost } from "../host/node-host.ts";
import { bytesFromText } from "../source/bytes.ts";

/** The folder, as a byte string. Sources and bundles both lie two folders below the package. */
export const embeddedNixpkgs = bytesFromText(import.meta.dirname.replace(/\/[^/]+\/[^/]+$/, "/nixpkgs"));

/** The files, with those of the package set where they lack them. */
export function withEmbeddedNixpkgs(files: ReadableFiles): ReadableFiles {
  return files.lstat(`${embeddedNixpkgs}/default.nix`) === undefined ? new MountedFiles(files) : files;
}

class MountedFiles implements ReadableFiles {
  private readonly outer: ReadableFiles;
  private readonly inner = createNodeHost().files;

  constructor(outer: ReadableFiles) {
    this.outer = outer;
  }

  lstat(path: string): FileStat | undefined {
    return this.outer.lstat(path) ?? (isOnTheWay(path) ? this.inner.lstat(path) : undefined);
  }

  stat(path: string): FileStat | undefined {
    return this.outer.stat(path) ?? (isOnTheWay(path) ? this.inner.stat(path) : undefined);
  }

  readFile(path: string): Uint8Array {
    return this.sideOf(path).readFile(path);
  }

  readChunks(path: string): Iterable<Uint8Array> {
    return this.sideOf(path).readChunks(path);
  }

  readDir(path: string): readonly { readonly name: string; readonly type: FileType }[] {
    return this.sideOf(path).readDir(path);
  }

  readLink(path: string): string {
    return this.sideOf(path).readLink(path);
  }

  realPath(path: string): string {
    return this.outer.lstat(path) === undefined && isOnTheWay(path) ? path : this.outer.realPath(path);
  }

  private sideOf(path: string): ReadableFiles {
    return path.startsWith(`${embeddedNixpkgs}/`) || path === embeddedNixpkgs ? this.inner : this.outer;
  }
}

/** Whether the path is the folder, in it, or one of the folders above it. */
function isOnTheWay(path: string): boolean {
  return path === embeddedNixpkgs || path.startsWith(`${embeddedNixpkgs}/`) || embeddedNixpkgs.startsWith(`${path}/`);
}
