// The objects that several processes add at once: files and folders that refer to each other.
import type { EvalStore } from "../../src/store/eval-store.ts";
import { directoryOf, type FileTree, fileOf, linkTo } from "../../src/store/file-tree.ts";

/** Adds them to an evaluation's store and gives their paths. */
export function concurrentObjects(store: EvalStore): readonly string[] {
  const paths: string[] = [];
  for (let i = 0; i < 30; i++) {
    const previous = paths.at(-1);
    const file: FileTree = fileOf(Buffer.from(`object ${i} after ${previous}`));
    const links = previous === undefined ? [] : [["previous", linkTo(previous)] as const];
    const tree = i % 2 === 0 ? file : directoryOf(new Map<string, FileTree>([["file", file], ...links]));
    const references = previous === undefined ? [] : [previous];
    paths.push(store.add({ name: `object-${i}`, tree, method: "nar", algorithm: "sha256", references }));
  }
  return paths;
}
