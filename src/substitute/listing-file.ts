// The `.ls` files of binary caches: what is in an object, so that nobody has to get its archive to know.
import { textFromBytes } from "../source/bytes.ts";
import type { FileTree } from "../store/file-tree.ts";
import { narEvents } from "../store/nar.ts";
import { type NarNode, narListing } from "../store/nar-listing.ts";

/** The file's text (a JavaScript string, since it is JSON), as C++ Nix writes it. */
export function formatListing(tree: FileTree): string {
  return JSON.stringify({ root: described(narListing(narEvents(tree))), version: 1 });
}

function described(node: NarNode): unknown {
  switch (node.type) {
    case "regular": {
      const { executable, narOffset, size } = node;
      return { ...(executable && { executable }), narOffset, size, type: "regular" };
    }
    case "symlink":
      return { target: textFromBytes(node.target), type: "symlink" };
    case "directory": {
      const entries = [...node.entries].map(([name, entry]) => [textFromBytes(name), described(entry)] as const);
      return { entries: Object.fromEntries(entries), type: "directory" };
    }
  }
}
