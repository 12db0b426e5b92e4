// Where in the user's file it stands what a build found wrong with a container: the embedded `buildContainer` puts its
// arguments, as they were written, beside the derivation.

import { ConfigError } from "../oci/config-error.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos } from "../source/position.ts";
import { AttrSet } from "../value/attr-set.ts";
import { force } from "../value/thunk.ts";
import type { Lazy } from "../value/value.ts";
import type { BuildTarget } from "./build-targets.ts";

/**
 * The error of the program that a ConfigError of these targets is, with the place of its first problem if that is known;
 * any other error as it is.
 */
export function placedConfigError(
  error: unknown,
  targets: readonly BuildTarget[],
  isUserPlace: (pos: Pos) => boolean,
): unknown {
  if (!(error instanceof ConfigError) || error.code !== "invalid-container") return error;
  const path = error.problems[0]?.path ?? "";
  const places = targets.map(({ value }) => placeOf(value, path)).filter(isUserPlace);
  return new NixError("eval", error.message, places[0]);
}

/** Where the attribute that is deepest on the path, such as `mounts."/data".source`, was written. */
function placeOf(value: Lazy, path: string): Pos {
  const steps = path.matchAll(/"([^"]*)"|([\w-]+)/g);
  let current = attribute(force(value), "arguments")?.value;
  let place = noPos;
  for (const [, quoted, plain = ""] of steps) {
    const found = current === undefined ? undefined : attribute(force(current), quoted ?? plain);
    if (found === undefined) break;
    current = found.value;
    if (found.pos !== noPos) place = found.pos;
  }
  return place;
}

function attribute(value: Lazy, name: string): { readonly value: Lazy; readonly pos: Pos } | undefined {
  if (!(value instanceof AttrSet)) return undefined;
  const found = value.get(name);
  return found === undefined ? undefined : { value: found, pos: value.positionOf(name) };
}
