// One file of the host as part of a store object: as it is, or changed on the way (patched, rewritten).
import type { FileStat, ReadableFiles } from "../host/host.ts";
import type { RegularFile } from "../store/file-tree.ts";

const smallFile = 1 << 20;

/** The file as it is; its contents are read when they are asked for. */
export function plainHostFile(files: ReadableFiles, path: string, stat: FileStat): RegularFile {
  const { size, executable } = stat;
  return {
    type: "regular",
    executable,
    size,
    read: () => (size <= smallFile ? [files.readFile(path)] : files.readChunks(path)),
  };
}

/**
 * The file as `change` makes it of the host's bytes. It is read at once, since the size has to be known, and again when
 * memory was needed for something else in between.
 */
export function changedHostFile(
  files: ReadableFiles,
  path: string,
  executable: boolean,
  change: (bytes: Uint8Array) => Uint8Array,
): RegularFile {
  const make = (): Uint8Array => change(files.readFile(path));
  const first = make();
  let kept = new WeakRef(first);
  const read = (): Iterable<Uint8Array> => {
    const bytes = kept.deref() ?? make();
    kept = new WeakRef(bytes);
    return [bytes];
  };
  return { type: "regular", executable, size: first.length, read };
}
