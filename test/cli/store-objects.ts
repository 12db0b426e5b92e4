import fs from "node:fs";

/** The names of the objects in a folder such as `…/nix/store`, sorted; none where there is no folder. */
export function objectsIn(folder: string): string[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .filter((name) => !name.startsWith("."))
    .sort();
}
