// One token. Chevrotain asks for `tokenTypeIdx` beside the type, because comparing numbers is faster.
import type { IToken, TokenType } from "chevrotain";
import { Invalid } from "./token-types.ts";

export class Token implements IToken {
  /** The text; of string parts the value that it stands for, as a byte string. */
  readonly image: string;
  /** Byte offset in the source. */
  readonly startOffset: number;
  tokenTypeIdx: number;
  tokenType: TokenType;

  constructor(tokenType: TokenType, image: string, startOffset: number) {
    this.image = image;
    this.startOffset = startOffset;
    this.tokenTypeIdx = tokenType.tokenTypeIdx!;
    this.tokenType = tokenType;
  }

  retype(tokenType: TokenType): void {
    this.tokenType = tokenType;
    this.tokenTypeIdx = tokenType.tokenTypeIdx!;
  }

  /** Makes it a token that no rule takes; its label stays. */
  reject(): void {
    this.tokenTypeIdx = Invalid.tokenTypeIdx!;
  }

  /** What a syntax error calls this token. */
  get label(): string {
    return this.tokenType.LABEL || `'${this.image}'`;
  }
}
