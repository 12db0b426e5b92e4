// The built-in builders that need nothing but the store and files, by the name in the derivation's `builder`.
import type { Host } from "../host/host.ts";
import type { BuiltinBuilder } from "./build-request.ts";
import { buildClosure } from "./closure-builder.ts";
import { fetchurlBuilder } from "./fetchurl-builder.ts";
import { buildFiles } from "./files-builder.ts";
import { buildJoin } from "./join-builder.ts";

/** Others (`builtin:oci-bundle`) are added by whoever realises. */
export function builtinBuilders({ files }: Pick<Host, "files">): ReadonlyMap<string, BuiltinBuilder> {
  return new Map<string, BuiltinBuilder>([
    ["builtin:files", buildFiles],
    ["builtin:join", buildJoin],
    ["builtin:closure", buildClosure],
    ["builtin:fetchurl", fetchurlBuilder(files)],
  ]);
}
