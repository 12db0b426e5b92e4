// Elements of string contexts as C++ Nix writes them in messages; the last output comes first.
import { storeDir } from "../store/store-path.ts";
import type { ContextElement } from "../value/string-context.ts";

/** `<hash>-x`, `=<hash>-x.drv` or `!out!<hash>-x.drv`. */
export function contextKey(element: ContextElement): string {
  const baseName = (path: string): string => path.slice(storeDir.length + 1);
  switch (element.kind) {
    case "opaque":
      return baseName(element.path);
    case "drvDeep":
      return `=${baseName(element.drvPath)}`;
    case "built":
      return `!${[element.output, ...[...(element.via ?? [])].reverse(), baseName(element.drvPath)].join("!")}`;
  }
}
