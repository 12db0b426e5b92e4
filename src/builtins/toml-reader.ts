// A position in a TOML text, and the steps that all parts of the parser take.
import { TomlError } from "./toml-error.ts";
import { byteRegion, type TomlRegion, type TomlSource } from "./toml-source.ts";
import { type Expectation, scanToken } from "./toml-syntax.ts";

export class TomlReader {
  readonly source: TomlSource;
  readonly text: string;
  at = 0;

  constructor(source: TomlSource) {
    this.source = source;
    this.text = source.text;
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** The byte at the position; NUL at the end. */
  get current(): string {
    return this.text[this.at] ?? "\0";
  }

  advance(): void {
    if (!this.isAtEnd) this.at++;
  }

  /** Goes behind the token if it is here. */
  skip(token: RegExp): boolean {
    const end = scanToken(token, this.text, this.at);
    if (end < 0) return false;
    this.at = end;
    return true;
  }

  skipByte(byte: string): boolean {
    if (this.current !== byte || this.isAtEnd) return false;
    this.at++;
    return true;
  }

  /** Goes to the next of several bytes, or to the end. */
  skipTo(bytes: string): void {
    while (!this.isAtEnd && !bytes.includes(this.current)) this.at++;
  }

  regionFrom(first: number): TomlRegion {
    return { source: this.source, first, last: this.at };
  }

  fail(title: string, message: string, at = this.at, hint = ""): TomlError {
    return new TomlError(title, [{ region: byteRegion(this.source, at), message }], hint);
  }

  failExpecting(title: string, { at, expected }: Expectation, hint = ""): TomlError {
    return this.fail(title, `expected ${expected}`, at, hint);
  }
}
