// What the text of a string literal stands for.

const special = /[\\\r]/;

/** The value of a piece of `"…"`: escapes replaced, CR and CRLF made LF. */
export function unescapeText(text: string): string {
  if (!special.test(text)) return text;
  return text.replace(/\\([\s\S])|\r\n?/g, (_match, escaped: string | undefined) =>
    escaped === undefined ? "\n" : unescapeByte(escaped),
  );
}

/** The byte that `\` and this byte stand for. */
export function unescapeByte(byte: string): string {
  if (byte === "n") return "\n";
  if (byte === "r") return "\r";
  return byte === "t" ? "\t" : byte;
}

/** Whether there is a zero byte in the text of a literal; Nix overlooks an escaped one. */
export function hasZeroByte(text: string): boolean {
  return text.replace(/\\[\s\S]/g, "").includes("\0");
}
