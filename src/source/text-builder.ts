// Long texts from many small pieces. V8 keeps a string that was put together as a tree of its pieces, which the garbage
// collector goes through again and again; so what has gathered is made flat from time to time.

/** Pieces up to this many characters wait to be made flat. */
const largestTail = 1 << 13;

export class TextBuilder {
  private readonly chunks: string[] = [];
  private tail = "";

  add(piece: string): void {
    this.tail += piece;
    if (this.tail.length > largestTail) this.flush();
  }

  private flush(): void {
    // Asking for a character makes it flat.
    this.tail.charCodeAt(0);
    this.chunks.push(this.tail);
    this.tail = "";
  }

  /** What was added so far. */
  toString(): string {
    return this.chunks.length === 0 ? this.tail : this.chunks.join("") + this.tail;
  }
}
