// What an expression evaluates to. Cheap values are bare JavaScript values; the rest are small classes:
// integers are numbers while they are safe and bigints beyond, floats are boxed (so that 1.0 is not 1), strings are
// byte strings, bare when they have no context.
import type { AttrSet } from "./attr-set.ts";
import type { NixFunction } from "./function.ts";
import type { ContextString } from "./string-context.ts";
import type { Thunk } from "./thunk.ts";

export type NixInt = number | bigint;
export type NixString = string | ContextString;
export type NixList = readonly Lazy[];

export type Value = null | boolean | NixInt | NixFloat | NixString | NixPath | NixList | AttrSet | NixFunction;

/** A value or a delayed one: what variables, attributes, list items and arguments hold. */
export type Lazy = Value | Thunk;

export class NixFloat {
  /** The NaN that invalid operations give, whose sign bit is set as on x86-64. JavaScript cannot tell it from others. */
  static readonly negativeNaN = new NixFloat(Number.NaN);
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** An absolute canonical path. Internal ones name files that ocinix itself provides: `/x.nix` is `<nix/x.nix>`. */
export class NixPath {
  readonly path: string;
  readonly internal: boolean;

  constructor(path: string, internal = false) {
    this.path = path;
    this.internal = internal;
  }
}

export const emptyList: NixList = [];

export function isListValue(value: Value): value is NixList {
  return Array.isArray(value);
}

export function isInt(value: Lazy): value is NixInt {
  return typeof value === "number" || typeof value === "bigint";
}

const smallest = -(2n ** 63n);
const largest = 2n ** 63n - 1n;

/** Normalises an integer result; undefined when it does not fit 64 bits. */
export function intFromBigInt(value: bigint): NixInt | undefined {
  if (value >= -9007199254740991n && value <= 9007199254740991n) return Number(value);
  return value >= smallest && value <= largest ? value : undefined;
}
