// The references of objects as a graph in the language of Graphviz, to the byte as `nix-store --query --graph` has it.
import type { StorePath } from "./eval-store.ts";
import type { LocalStore } from "./local-store.ts";
import { nameOfStorePath, storeDir } from "./store-path.ts";

const colours = ["black", "red", "green", "blue", "magenta", "burlywood"];

/** The graph of these objects and all they refer to; an edge leads from what is referred to. Throws StoreError. */
export function dotGraph(local: LocalStore, roots: Iterable<StorePath>): string {
  const lines = ["digraph G {"];
  const done = new Set<StorePath>();
  const waiting = new Set(roots);
  let edges = 0;
  while (waiting.size > 0) {
    const path = [...waiting].sort()[0]!;
    waiting.delete(path);
    if (done.has(path)) continue;
    done.add(path);
    const id = idOf(path);
    lines.push(`${id} [label = "${nameOfStorePath(path)}", shape = box, style = filled, fillcolor = "#ff0000"];`);
    for (const reference of local.pathInfo(path).references) {
      if (reference === path) continue;
      waiting.add(reference);
      lines.push(`${idOf(reference)} -> ${id} [color = "${colours[edges++ % colours.length]}"];`);
    }
  }
  return `${lines.join("\n")}\n}\n`;
}

function idOf(path: StorePath): string {
  return `"${path.slice(storeDir.length + 1)}"`;
}
