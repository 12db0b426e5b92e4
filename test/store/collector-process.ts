// A process of its own for garbage-collector.test.ts, which may be killed at any moment: `add` adds objects without an
// end and sees to it that none of them vanishes, `collect` and `optimise` do that without an end, `hold` adds some and waits.
import { createNodeHost } from "../../src/host/node-host.ts";
import { directoryOf, type FileTree, fileOf, linkTo } from "../../src/store/file-tree.ts";
import { collectGarbage } from "../../src/store/garbage-collector.ts";
import { LocalStore } from "../../src/store/local-store.ts";
import { optimiseStore } from "../../src/store/store-optimiser.ts";
import { VirtualStore } from "../../src/store/virtual-store.ts";

const [mode = "", dir = "", seed = ""] = process.argv.slice(2);
const host = createNodeHost();
const local = LocalStore.open(host, dir);
const added: string[] = [];

switch (mode) {
  case "add":
    process.stdout.write("ready\n");
    for (let round = 0; ; round++) {
      addObjects(round);
      local.allowCollection();
      for (const path of added) {
        if (!local.isValid(path)) throw new Error(`${path} is not valid any more`);
        for (const chunk of filesOf(local.readTree(path))) chunk.toString();
      }
    }
  case "collect":
    process.stdout.write("ready\n");
    for (;;) collectGarbage(host, local);
  case "optimise":
    process.stdout.write("ready\n");
    for (;;) {
      optimiseStore(host, local, () => {});
      local.allowCollection();
    }
  case "hold":
    addObjects(0);
    local.allowCollection();
    process.stdout.write(`${added.join(" ")}\n`);
    process.stdin.resume();
    process.stdin.on("end", () => local.close());
}

/** Three objects, each of which refers to the one before, and the last one of another process too. */
function addObjects(round: number): void {
  const store = new VirtualStore({ files: host.files, local });
  let previous: string | undefined;
  for (const part of ["one", "two", "three"]) {
    const file = fileOf(Buffer.from(`${part} of ${seed} ${round} ${previous}`));
    const shared = fileOf(Buffer.from("the same in all\n"));
    const entries = new Map<string, FileTree>([
      ["file", file],
      ["shared", shared],
      ...(previous === undefined ? [] : [["previous", linkTo(previous)] as const]),
    ]);
    const references = previous === undefined ? [] : [previous];
    const tree = directoryOf(new Map([["folder", directoryOf(entries)]]));
    previous = store.add({ name: part, tree, method: "nar", algorithm: "sha256", references });
    store.materialise(previous, local);
    added.push(previous);
  }
}

function* filesOf(tree: FileTree): Generator<Uint8Array, void, void> {
  if (tree.type === "regular") yield* tree.read();
  if (tree.type === "directory") for (const [, entry] of tree.entries()) yield* filesOf(entry);
}
