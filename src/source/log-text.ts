// The filter that everything Nix prints on standard error goes through: it drops escape sequences, bells and carriage
// returns, and expands tabs. The surprise: columns are counted through line ends, so a tab's width depends on the lines
// above it (test/source/error-report: tabs).

const special = /[\x07\t\r\x1b]/;
// CSI and OSC sequences, other two-byte escapes, and a lone escape.
const escapeSequence = /\x1b(?:\[[\x30-\x3f]*[\x20-\x2f]*([\x40-\x7e])?|\][^\x1b\x07]*(?:\x1b\\?|\x07)?|[\x40-\x5f])?/y;
const character = /[\xc0-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf7][\x80-\xbf]{3}|./sy;
const tabWidth = 8;

/** Makes a byte string fit for standard error, as C++ Nix does. `color` keeps the escape sequences that set colours. */
export function logText(bytes: string, color: boolean): string {
  if (!special.test(bytes)) return bytes;
  let result = "";
  let column = 0;
  for (let i = 0; i < bytes.length; ) {
    const byte = bytes[i]!;
    if (byte === "\x1b") {
      escapeSequence.lastIndex = i;
      const [sequence, final] = escapeSequence.exec(bytes)!;
      if (color && final === "m") result += sequence;
      i += sequence.length;
    } else if (byte === "\t") {
      const width = tabWidth - (column % tabWidth);
      result += " ".repeat(width);
      column += width;
      i++;
    } else if (byte === "\r" || byte === "\x07") {
      i++;
    } else {
      character.lastIndex = i;
      const sequence = character.exec(bytes)![0];
      result += sequence;
      column += columnsOf(sequence);
      i += sequence.length;
    }
  }
  return result;
}

const control = /^[\x00-\x1f\x7f]$/;
const zeroWidth = /^[\p{Mn}\p{Me}\p{Cc}\p{Cf}]$/u;
const doubleWidth =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]|\p{Emoji_Presentation})$/u;

/** How many columns the UTF-8 encoding of one character takes in a terminal. */
function columnsOf(bytes: string): number {
  if (bytes.length === 1) return control.test(bytes) ? 0 : 1;
  const character = Buffer.from(bytes, "latin1").toString("utf8");
  return zeroWidth.test(character) ? 0 : doubleWidth.test(character) ? 2 : 1;
}
