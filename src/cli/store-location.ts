// Where the store's objects are: `--store`, then OCINIX_STORE, then the user's data folder.
import type { Host } from "../host/host.ts";
import { type ParsedArguments, UsageError } from "./arguments.ts";

/**
 * The folder of the physical store, absolute. Undefined for `dummy://`, Nix's name for a store that keeps nothing, and
 * where there is no home. Throws UsageError for what is no folder.
 */
export function storeLocation(parsed: ParsedArguments, host: Host): string | undefined {
  const option = parsed.value("store");
  if (option !== undefined) return folderOf(option, "--store", host);
  const variable = host.env("OCINIX_STORE");
  if (variable !== undefined && variable !== "") return folderOf(variable, "OCINIX_STORE", host);
  const data = host.env("XDG_DATA_HOME");
  if (data?.startsWith("/")) return `${data}/ocinix`;
  const home = host.env("HOME");
  return home?.startsWith("/") ? `${home}/.local/share/ocinix` : undefined;
}

function folderOf(text: string, from: string, host: Host): string | undefined {
  if (text === "dummy://") return undefined;
  const root = /^local(?:\?|:\/\/\?)root=([^&]+)$/.exec(text)?.[1] ?? text;
  if (root === "" || /^(?:auto|daemon|local)$|:\/\//.test(root)) {
    throw new UsageError(`'${text}' of ${from} is not a folder: ocinix keeps its store objects in one of its own`);
  }
  return root.startsWith("/") ? root.replace(/(?<=.)\/+$/, "") : `${host.workingDir}/${root}`.replace(/\/+$/, "");
}
