// The fault of a regular expression itself: it makes no sense, or would need too much memory.
/** A regular expression that cannot be compiled; `tooLarge` when its automaton would have more than 100,000 states. */
export class RegexError extends Error {
  readonly tooLarge: boolean;

  constructor(tooLarge = false) {
    super(tooLarge ? "too many states" : "invalid regular expression");
    this.name = "RegexError";
    this.tooLarge = tooLarge;
  }
}
