// Which URIs a program may fetch from under `restrict-eval`.
import { NixError } from "../source/nix-error.ts";
import type { Interpreter } from "./interpreter.ts";
import { canonicalPath } from "./path.ts";

/** Throws NixError `restricted` unless the setting `allowed-uris`, or for local ones the access to files, allows it. */
export function checkUri(interpreter: Interpreter, uri: string): void {
  const { settings, access } = interpreter;
  if (!settings.restrictEval || settings.allowedUris.some((allowed) => covers(allowed, uri))) return;
  const place = uri.startsWith("file://") ? uri.slice("file://".length) : uri;
  if (place.startsWith("/")) access?.check(canonicalPath(place));
  else throw new NixError("restricted", `access to URI '${uri}' is forbidden in restricted mode`);
}

/** Whether the URI is the allowed one, below it, or of an allowed scheme (`github:`). */
function covers(allowed: string, uri: string): boolean {
  if (uri === allowed) return true;
  if (allowed === "" || !uri.startsWith(allowed)) return false;
  return allowed.endsWith("/") || uri[allowed.length] === "/" || /^[a-z0-9.+-]+:$/i.test(allowed);
}
