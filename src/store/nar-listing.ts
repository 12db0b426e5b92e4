// What is in a Nix archive, without the contents of its files: names, sizes, and where the contents are.
import { compareBytes } from "./byte-order.ts";
import type { FileTree } from "./file-tree.ts";
import type { NarEvent } from "./nar.ts";

export type NarNode = ListedFile | ListedLink | NarFolder;

export interface ListedFile {
  readonly type: "regular";
  readonly executable: boolean;
  /** In bytes. */
  readonly size: number;
  /** Where the contents start in the archive, in bytes; absent where there is no archive. */
  readonly narOffset?: number;
}

export interface ListedLink {
  readonly type: "symlink";
  readonly target: string;
}

export interface NarFolder {
  readonly type: "directory";
  /** In byte order. */
  readonly entries: ReadonlyMap<string, NarNode>;
}

/** The listing of an archive; no contents are drawn. Never throws by itself. */
export function narListing(events: Iterable<NarEvent>): NarNode {
  const open: Map<string, NarNode>[] = [];
  let root: NarNode | undefined;
  let offset = sizeOf("nix-archive-1");
  const place = (name: string, node: NarNode): void => {
    const folder = open.at(-1);
    if (folder === undefined) root = node;
    else folder.set(name, node);
  };
  for (const event of events) {
    if (event.type === "end") {
      open.pop();
      offset += sizeOf(")") + (open.length > 0 ? sizeOf(")") : 0);
      continue;
    }
    const isEntry = open.length > 0;
    if (isEntry) offset += sizeOf("entry", "(", "name", event.name, "node");
    offset += sizeOf("(", "type", event.type);
    switch (event.type) {
      case "regular": {
        const { executable, size } = event;
        if (executable) offset += sizeOf("executable", "");
        offset += sizeOf("contents") + lengthSize;
        place(event.name, { type: "regular", executable, size, narOffset: offset });
        offset += padded(size) + sizeOf(")");
        break;
      }
      case "symlink":
        offset += sizeOf("target", event.target, ")");
        place(event.name, { type: "symlink", target: event.target });
        break;
      case "directory": {
        const entries = new Map<string, NarNode>();
        place(event.name, { type: "directory", entries });
        open.push(entries);
        continue;
      }
    }
    if (isEntry) offset += sizeOf(")");
  }
  return root ?? { type: "directory", entries: new Map() };
}

/** The listing of a tree; folders are read when their entries are asked for. */
export function treeListing(tree: FileTree): NarNode {
  switch (tree.type) {
    case "regular":
      return { type: "regular", executable: tree.executable, size: tree.size };
    case "symlink":
      return tree;
    case "directory":
      return {
        type: "directory",
        get entries() {
          const entries = [...tree.entries()].sort((a, b) => compareBytes(a[0], b[0]));
          return new Map(entries.map(([name, entry]) => [name, treeListing(entry)]));
        },
      };
  }
}

const lengthSize = 8;

/** Of these texts in an archive. */
function sizeOf(...texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + lengthSize + padded(text.length), 0);
}

function padded(length: number): number {
  return Math.ceil(length / 8) * 8;
}
