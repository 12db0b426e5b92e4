// Looking at the host's files, with a record of what was seen. The record is what a cached package is checked against:
// as long as every path that was looked at is as it was, the package made from them is the same.
import type { FileStat, ReadableFiles } from "../host/host.ts";
import { type Sighting, sightingOf } from "../host/sighting.ts";
import { compareBytes } from "../store/byte-order.ts";

export class HostProbe {
  readonly files: ReadableFiles;
  private readonly stats = new Map<string, FileStat | undefined>();

  constructor(files: ReadableFiles) {
    this.files = files;
  }

  /** Follows symlinks. Undefined also where the user may not look. */
  stat(path: string): FileStat | undefined {
    if (this.stats.has(path)) return this.stats.get(path);
    const stat = statOrNothing(this.files, path);
    this.stats.set(path, stat);
    return stat;
  }

  isFile(path: string): boolean {
    return this.stat(path)?.type === "regular";
  }

  isFolder(path: string): boolean {
    return this.stat(path)?.type === "directory";
  }

  /** Throws FileError. */
  read(path: string): Uint8Array {
    this.stat(path);
    return this.files.readFile(path);
  }

  /** The names in a folder, sorted by bytes. Throws FileError. */
  list(path: string): readonly string[] {
    this.stat(path);
    return this.files
      .readDir(path)
      .map(({ name }) => name)
      .sort(compareBytes);
  }

  /** The path without symlinks. Throws FileError. */
  real(path: string): string {
    this.stat(path);
    return this.files.realPath(path);
  }

  /** Everything that was looked at since the probe was made, in that order. */
  sightings(): ReadonlyMap<string, Sighting> {
    return new Map(Array.from(this.stats, ([path, stat]) => [path, sightingOf(stat)]));
  }
}

/** Whether every path is still as it was seen. */
export function sameSightings(files: ReadableFiles, sightings: Iterable<readonly [string, Sighting]>): boolean {
  for (const [path, sighting] of sightings) {
    if (sightingOf(statOrNothing(files, path)) !== sighting) return false;
  }
  return true;
}

function statOrNothing(files: ReadableFiles, path: string): FileStat | undefined {
  try {
    return files.stat(path);
  } catch {
    return undefined;
  }
}
