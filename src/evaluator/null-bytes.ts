// Strings of the language hold no NUL byte, wherever their text comes from.
import { NixError } from "../source/nix-error.ts";

/** Throws for a text with NUL bytes, which no string of the language has. */
export function refuseNullBytes(text: string): void {
  if (!text.includes("\0")) return;
  // U+2400, a picture of NUL, in UTF-8.
  const shown = text.replaceAll("\0", "\xe2\x90\x80");
  throw new NixError(
    "eval",
    `input string '${shown}' cannot be represented as Nix string because it contains null bytes`,
  );
}
