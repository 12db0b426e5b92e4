// An input that something could go wrong with.
export interface HostileCase {
  /** Unique in its topic; what is short and printable is its own name. */
  readonly name: string;
  /** The file that is evaluated, a byte string. */
  readonly text: string;
  /** Arguments of nix-instantiate; by default `--eval --strict`. */
  readonly flags?: readonly string[];
}

/** An expression that is its own name. */
export function plain(text: string, flags?: readonly string[]): HostileCase {
  return { name: flags === undefined ? text : `${text} ${flags.join(" ")}`, text, ...(flags && { flags }) };
}

/** A string literal with this value, which may hold any bytes but NUL. */
export function literal(value: string): string {
  return `"${value.replace(/["\\$\n\r]/g, (unit) => (unit === "\n" ? "\\n" : unit === "\r" ? "\\r" : `\\${unit}`))}"`;
}
