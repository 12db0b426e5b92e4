// A graph of derivations that several processes build at once: layers of files that refer to each other, a join of them
// all, and the list of what that refers to.
import type { StorePath } from "../../src/store/eval-store.ts";
import type { VirtualStore } from "../../src/store/virtual-store.ts";
import { addHandMade, outputOf } from "./hand-made-derivation.ts";
import { treeOf } from "./request-of.ts";

/** Adds them all, and gives the last one's `drvPath`. */
export function manyDerivations(store: VirtualStore): StorePath {
  const source = store.add({
    name: "source",
    tree: treeOf({ "bin/tool": { program: "#!/bin/sh\n" }, "share/doc": { link: "nowhere" } }),
    method: "nar",
    algorithm: "sha256",
  });
  let layer: readonly StorePath[] = [];
  const all: StorePath[] = [];
  for (let i = 0; i < 5; i++) {
    layer = ["a", "b", "c"].map((name) => {
      const files = {
        [`share/${i}/${name}`]: { text: [source, ...layer.map((path) => outputOf(store, path))].join("\n") },
        [`bin/${name}${i}`]: { link: `${source}/bin/tool` },
      };
      const inputDrvs = Object.fromEntries(layer.map((path) => [path, ["out"]]));
      return addHandMade(store, { name: `${name}-${i}`, attributes: { files }, inputDrvs, inputSrcs: [source] });
    });
    all.push(...layer);
  }
  const inputDrvs = Object.fromEntries(all.map((path) => [path, ["out"]]));
  const paths = [source, ...all.map((path) => outputOf(store, path))];
  const join = addHandMade(store, {
    name: "join",
    builder: "builtin:join",
    attributes: { paths },
    inputDrvs,
    inputSrcs: [source],
  });
  return addHandMade(store, {
    name: "closure",
    builder: "builtin:closure",
    attributes: { rootPaths: [outputOf(store, join)] },
    inputDrvs: { [join]: ["out"] },
  });
}
