// Bracket expressions, `[a-z[:digit:]]`, in the C locale: classes and equivalences know ASCII only, ranges compare bytes
// as signed (so `[a-\xff]` is an error), and a backslash is an ordinary character.
import { RegexError } from "./regex-error.ts";

/** Which bytes a position accepts: 256 zeros and ones. */
export type ByteSet = Uint8Array;

type Item =
  | { readonly kind: "byte"; readonly byte: number }
  | { readonly kind: "dash" }
  | { readonly kind: "close" }
  | { readonly kind: "collating" | "class" | "equivalence"; readonly name: string };

const dash = 0x2d;
const closers: Readonly<Record<string, "collating" | "class" | "equivalence">> = {
  ".": "collating",
  ":": "class",
  "=": "equivalence",
};

/** Reads what stands behind `[`. Throws RegexError. */
export function parseBracket(text: string, start: number): { readonly bytes: ByteSet; readonly end: number } {
  return new BracketParser(text, start).parse();
}

class BracketParser {
  private readonly text: string;
  private at: number;
  private readonly bytes = new Uint8Array(256);
  /** What a following dash would belong to. */
  private last: number | "class" | undefined;

  constructor(text: string, start: number) {
    this.text = text;
    this.at = start;
  }

  parse(): { readonly bytes: ByteSet; readonly end: number } {
    const negated = this.text[this.at] === "^";
    if (negated) this.at++;
    let item = this.next(true);
    if (item.kind === "byte" || item.kind === "dash") {
      this.last = item.kind === "dash" ? dash : item.byte;
      item = this.next();
    }
    for (; item.kind !== "close"; item = this.next()) {
      if (item.kind === "dash") {
        if (this.text[this.at] === "]") this.pushByte(dash);
        else this.addRange();
      } else if (item.kind === "byte") this.pushByte(item.byte);
      else this.addNamed(item.kind, item.name);
    }
    this.flush();
    if (negated) for (let byte = 0; byte < 256; byte++) this.bytes[byte] = 1 - (this.bytes[byte] as number);
    return { bytes: this.bytes, end: this.at };
  }

  private next(isFirst = false): Item {
    const { text } = this;
    const character = text[this.at++];
    if (character === undefined) throw new RegexError();
    if (character === "-") return { kind: "dash" };
    if (character === "]" && !isFirst) return { kind: "close" };
    if (character === "[") {
      const opener = text[this.at];
      if (opener === undefined) throw new RegexError();
      const kind = closers[opener];
      if (kind !== undefined) {
        const end = text.indexOf(opener, this.at + 1);
        if (end < 0 || text[end + 1] !== "]") throw new RegexError();
        const name = text.slice(this.at + 1, end);
        this.at = end + 2;
        return { kind, name };
      }
    }
    return { kind: "byte", byte: character.charCodeAt(0) };
  }

  private flush(): void {
    if (typeof this.last === "number") this.bytes[this.last] = 1;
  }

  private pushByte(byte: number): void {
    this.flush();
    this.last = byte;
  }

  /** `x-y`, with the dash just read. A dash elsewhere than first, last or in a range is an error in POSIX syntax. */
  private addRange(): void {
    if (typeof this.last !== "number") throw new RegexError();
    const end = this.next();
    if (end.kind !== "byte" && end.kind !== "dash") throw new RegexError();
    const from = signed(this.last);
    const to = signed(end.kind === "dash" ? dash : end.byte);
    if (from > to) throw new RegexError();
    for (let byte = from; byte <= to; byte++) this.bytes[byte & 0xff] = 1;
    this.last = undefined;
  }

  private addNamed(kind: "collating" | "class" | "equivalence", name: string): void {
    if (kind === "class") {
      const members = classes[name.toLowerCase()];
      if (members === undefined) throw new RegexError();
      this.pushClass();
      for (let byte = 0; byte < 128; byte++) if (members.test(String.fromCharCode(byte))) this.bytes[byte] = 1;
      return;
    }
    const byte = collatingNames.indexOf(name);
    if (byte < 0) throw new RegexError();
    if (kind === "collating") {
      this.pushByte(byte);
      this.flush();
      return;
    }
    this.pushClass();
    const character = String.fromCharCode(byte);
    this.bytes[character.toLowerCase().charCodeAt(0)] = 1;
    this.bytes[character.toUpperCase().charCodeAt(0)] = 1;
  }

  private pushClass(): void {
    this.flush();
    this.last = "class";
  }
}

function signed(byte: number): number {
  return byte < 128 ? byte : byte - 256;
}

const classes: Readonly<Record<string, RegExp | undefined>> = Object.assign(Object.create(null), {
  d: /[0-9]/,
  w: /[0-9A-Za-z_]/,
  s: /[\t-\r ]/,
  alnum: /[0-9A-Za-z]/,
  alpha: /[A-Za-z]/,
  blank: /[\t ]/,
  cntrl: /[\0-\x1f\x7f]/,
  digit: /[0-9]/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[\t-\r ]/,
  upper: /[A-Z]/,
  xdigit: /[0-9A-Fa-f]/,
});

/** The POSIX names of the ASCII characters, in their order. */
const collatingNames: readonly string[] = [
  ..."NUL SOH STX ETX EOT ENQ ACK alert backspace tab newline vertical-tab form-feed carriage-return SO SI".split(" "),
  ..."DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC IS4 IS3 IS2 IS1".split(" "),
  ..."space exclamation-mark quotation-mark number-sign dollar-sign percent-sign ampersand apostrophe".split(" "),
  ..."left-parenthesis right-parenthesis asterisk plus-sign comma hyphen period slash".split(" "),
  ..."zero one two three four five six seven eight nine colon semicolon".split(" "),
  ..."less-than-sign equals-sign greater-than-sign question-mark commercial-at".split(" "),
  ..."ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  ..."left-square-bracket backslash right-square-bracket circumflex underscore grave-accent".split(" "),
  ..."abcdefghijklmnopqrstuvwxyz",
  ..."left-curly-bracket vertical-line right-curly-bracket tilde DEL".split(" "),
];
