// Reading the attributes of a derivation with a built-in builder. They are right when the embedded package set made
// them, so a wrong one is reported alone and at once. Attributes that nobody asks for are ignored.
import type { StorePath } from "../store/eval-store.ts";
import { StoreError } from "../store/store-error.ts";
import { toStorePath } from "../store/store-path.ts";
import { BuildError } from "./build-error.ts";

/** A set of attributes; `path` is what errors call it, empty for the derivation itself. */
export class BuilderAttributes {
  private readonly values: Readonly<Record<string, unknown>>;
  private readonly path: string;

  constructor(values: Readonly<Record<string, unknown>>, path = "") {
    this.values = values;
    this.path = path;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.values, name);
  }

  names(): readonly string[] {
    return Object.keys(this.values);
  }

  text(name: string): string {
    const value = this.get(name);
    if (typeof value !== "string") throw this.wrong(name, "a string");
    if (value.includes("\0")) throw this.wrong(name, "a string without NUL bytes");
    return value;
  }

  /** Also a file's contents, which may hold any byte. */
  contents(name: string): string {
    const value = this.get(name);
    if (typeof value !== "string") throw this.wrong(name, "a string");
    return value;
  }

  flag(name: string, absent: boolean): boolean {
    const value = this.get(name);
    if (value === undefined) return absent;
    if (typeof value !== "boolean") throw this.wrong(name, "a Boolean");
    return value;
  }

  integer(name: string, absent: number): number {
    const value = this.get(name);
    if (value === undefined) return absent;
    if (!Number.isInteger(value)) throw this.wrong(name, "an integer");
    return value as number;
  }

  list(name: string): readonly unknown[] {
    const value = this.get(name);
    if (!Array.isArray(value)) throw this.wrong(name, "a list");
    return value;
  }

  texts(name: string): readonly string[] {
    const list = this.list(name);
    if (!list.every((item) => typeof item === "string")) throw this.wrong(name, "a list of strings");
    return list;
  }

  set(name: string): BuilderAttributes {
    const value = this.get(name);
    if (!isSet(value)) throw this.wrong(name, "a set");
    return new BuilderAttributes(value, this.pathOf(name));
  }

  /** The error of an attribute that should be something else. */
  wrong(name: string, expected: string): BuildError {
    const value = this.get(name);
    const found = value === undefined ? "is missing; it must be" : `is ${kindOf(value)}; it must be`;
    return new BuildError("bad-attribute", `attribute '${this.pathOf(name)}' ${found} ${expected}`);
  }

  private get(name: string): unknown {
    return this.has(name) ? this.values[name] : undefined;
  }

  private pathOf(name: string): string {
    const step = /^\w+$/.test(name) ? name : `"${name}"`;
    return this.path === "" ? step : `${this.path}.${step}`;
  }
}

/** The store object that a path (of an attribute with this name) is in. */
export function storeObjectOf(path: string, attribute: string): StorePath {
  try {
    return toStorePath(path).path;
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new BuildError("bad-attribute", `attribute '${attribute}': ${error.message}`);
  }
}

export function isSet(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  switch (typeof value) {
    case "string":
      return value.includes("\0") ? "a string with a NUL byte" : "a string";
    case "boolean":
      return "a Boolean";
    case "object":
      return "a set";
    default:
      return "a number";
  }
}
