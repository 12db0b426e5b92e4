// Puts a tree on the disk, as somebody who knows nothing of stores would.
import fs from "node:fs";
import type { FileTree } from "../../src/store/file-tree.ts";

/** The path and all names are byte strings. */
export function writeTree(path: string, tree: FileTree): void {
  const place = Buffer.from(path, "latin1");
  switch (tree.type) {
    case "regular":
      fs.writeFileSync(place, Buffer.concat([...tree.read()]), { mode: tree.executable ? 0o755 : 0o644 });
      break;
    case "symlink":
      fs.symlinkSync(Buffer.from(tree.target, "latin1"), place);
      break;
    case "directory":
      fs.mkdirSync(place);
      for (const [name, child] of tree.entries()) writeTree(`${path}/${name}`, child);
  }
}
