// The filter that everything Nix prints on standard error goes through: it drops escape sequences, bells and carriage
// returns, and expands tabs. The surprise: columns are counted through line ends, so a tab's width depends on the lines
// above it (test/source/error-report: tabs).

const special = /[\x07\t\r\x1b]/;
// CSI and OSC sequences, other two-byte escapes, and a lone escape.
const escapeSequence = /\x1b(?:\[[\x30-\x3f]*[\x20-\x2f]*([\x40-\x7e])?|\][^\x1b\x07]*(?:\x1b\\?|\x07)?|[\x40-\x5f])?/y;
const character = /[\xc0-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf7][\x80-\xbf]{3}|./sy;
const plainRun = /[ -~]+/y;
const tabWidth = 8;

/** Makes a byte string fit for standard error, as C++ Nix does. `color` keeps the escape sequences that set colours. */
export function logText(bytes: string, color: boolean): string {
  if (!special.test(bytes)) return bytes;
  let result = "";
  let column = 0;
  for (let i = 0; i < bytes.length; ) {
    plainRun.lastIndex = i;
    if (plainRun.test(bytes)) {
      const end = plainRun.lastIndex;
      result += bytes.slice(i, end);
      column += end - i;
      i = end;
      continue;
    }
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

const withoutWidth = /^[\p{C}\p{M}\u1160-\u11ff\u2028\u2029\ud7b0-\ud7ff]$/u;
const doubleWidth =
  /^(?:[\u1100-\u115f\u2329\u232a\u2630-\u2637\u268a-\u268f\u2e80-\u3029\u3030-\u303e\u3041-\u3096\u309b-\u3247\u3250-\ua4c6\ua960-\ua97c\uac00-\ud7a3\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{16fe3}\u{17000}-\u{187f7}\u{18800}-\u{18d08}\u{1aff0}-\u{1b2fb}\u{1d300}-\u{1d376}\u{1f200}-\u{1f265}]|[[\p{Emoji_Presentation}]--[\u{1f1e6}-\u{1f1ff}]])$/v;
/** Wide even where no character is yet. */
const reservedWide = /^[\uf900-\ufaff\u{20000}-\u{2fffd}\u{30000}-\u{3fffd}]$/u;

/** How many columns the UTF-8 encoding of one character takes in a terminal. A byte that is none counts as one. */
export function columnsOf(bytes: string): number {
  const { length } = bytes;
  const first = bytes.charCodeAt(0);
  let codePoint = length === 1 ? first : first & (0x7f >> length);
  for (let i = 1; i < length; i++) codePoint = (codePoint << 6) | (bytes.charCodeAt(i) & 0x3f);
  if (length === 1) return codePoint < 0x20 || codePoint === 0x7f ? 0 : 1;
  if (codePoint > 0x10ffff) return length;
  const character = String.fromCodePoint(codePoint);
  if (reservedWide.test(character)) return 2;
  return withoutWidth.test(character) ? 0 : doubleWidth.test(character) ? 2 : 1;
}
