// What the two may say differently about a program, for reasons that are no fault of either.
import { bytesFromText } from "../../../src/source/bytes.ts";
import { differenceOf, type Outcome, type Outcomes } from "../reference.ts";

/** The text of this file is ours: errors name the same lines and columns in it, but show other words. */
const internalFile = bytesFromText("«nix-internal»/derivation-internal.nix:");
const internalFrame = new RegExp(`(${internalFile}\\d+:\\d+:\\n)(?: +\\d*\\|.*\\n)+`, "g");

function comparable(outcome: Outcome | undefined): Outcome | undefined {
  if (outcome === undefined) return undefined;
  // `ocinix eval` has no such advice, and ocinix another garbage collector.
  const stderr = outcome.stderr.replace(/^(?:Try 'nix --help' for more information\.|GC Warning: .*)\n/gm, "");
  if (!stderr.includes(internalFile)) return { ...outcome, stderr };
  // How wide a tab is depends on all the lines before it.
  return { ...outcome, stderr: stderr.replace(internalFrame, "$1").replace(/ +/g, " ") };
}

/** As differenceOf, but for these. */
export function realDifferenceOf({ reference, ocinix }: Outcomes): string | undefined {
  return differenceOf({ reference: comparable(reference), ocinix: comparable(ocinix) });
}
