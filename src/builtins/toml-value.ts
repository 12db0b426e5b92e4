// What a TOML text holds, with what is needed to tell whether a later line may add to it.
import type { NixFloat, NixInt } from "../value/value.ts";
import { TomlError } from "./toml-error.ts";
import type { TomlRegion } from "./toml-source.ts";

export type TomlValue =
  | { readonly kind: "scalar"; readonly value: string | boolean | NixInt | NixFloat; readonly region: TomlRegion }
  /** A date, a time or both, in its normal form. */
  | { readonly kind: "timestamp"; readonly text: string; readonly region: TomlRegion }
  | TomlArray
  | TomlTable;

export interface TomlArray {
  readonly kind: "array";
  readonly items: TomlValue[];
  /** Made by `[[headers]]`, which can add to it. */
  readonly byHeaders: boolean;
  readonly region: TomlRegion;
}

export interface TomlTable {
  readonly kind: "table";
  readonly members: Map<string, TomlValue>;
  /** By a header of its own, by the header of a table in it, by a dotted key, or between braces. */
  origin: "header" | "innerHeader" | "dottedKey" | "inline";
  /** Where it was defined. */
  region: TomlRegion;
}

export function newTable(origin: TomlTable["origin"], region: TomlRegion): TomlTable {
  return { kind: "table", members: new Map(), origin, region };
}

/** What adds a value: a header of a table, one of an array of tables, or a key (dotted or not). */
export type Insertion = "tableHeader" | "arrayHeader" | "key";

/** Adds a value below a table; gives the value that is there now. Throws TomlError. */
export function insertValue(
  insertion: Insertion,
  root: TomlTable,
  keys: readonly string[],
  region: TomlRegion,
  value: TomlValue,
): TomlValue {
  let table = root;
  for (const key of keys.slice(0, -1)) table = enterTable(insertion, table, key, region);
  const key = keys.at(-1) as string;
  const existing = table.members.get(key);
  if (insertion === "arrayHeader") return insertItem(table, key, existing, region, value);
  if (existing === undefined) {
    table.members.set(key, value);
    return value;
  }
  if (insertion === "key") {
    throw conflict(
      "toml::insert_value: failed to insert a value, value already exists",
      region,
      "inserting this",
      existing,
      "but value already exists",
    );
  }
  if (existing.kind !== "table" || existing.origin !== "innerHeader") {
    throw conflict(
      "toml::insert_value: failed to insert a table, table already defined",
      region,
      "inserting this",
      existing,
      "this table is explicitly defined",
    );
  }
  existing.origin = "header";
  existing.region = value.region;
  return existing;
}

/** The table that one part of a key leads to, made when it is not there. */
function enterTable(insertion: Insertion, table: TomlTable, key: string, region: TomlRegion): TomlTable {
  const found = table.members.get(key);
  if (found === undefined) {
    const made = newTable(insertion === "key" ? "dottedKey" : "innerHeader", region);
    table.members.set(key, made);
    return made;
  }
  if (found.kind === "table") {
    if (found.origin === "inline") {
      throw conflict(
        "toml::insert_value: failed to insert a value: inline table is immutable",
        region,
        "inserting this",
        found,
        "to this table",
      );
    }
    if (insertion === "key" && found.origin !== "dottedKey") {
      throw conflict(
        "toml::insert_value: reopening a table using dotted keys",
        region,
        "dotted key cannot reopen a table",
        found,
        "this table is already closed",
      );
    }
    return found;
  }
  if (!isArrayOfTables(found)) {
    throw conflict(
      "toml::insert_value: failed to insert a value, value already exists",
      region,
      "while inserting this",
      found,
      "non-table value already exists",
    );
  }
  if (!found.byHeaders) {
    throw conflict(
      "toml::insert_value:inline array of tables are immutable",
      region,
      "inserting this",
      found,
      "inline array of tables",
    );
  }
  if (insertion === "key") {
    throw conflict(
      "toml::insert_value:dotted key cannot reopen an array-of-tables",
      region,
      "inserting this",
      found,
      "to this array-of-tables.",
    );
  }
  return found.items.at(-1) as TomlTable;
}

function insertItem(
  table: TomlTable,
  key: string,
  existing: TomlValue | undefined,
  region: TomlRegion,
  value: TomlValue,
): TomlValue {
  if (existing === undefined) {
    table.members.set(key, { kind: "array", items: [value], byHeaders: true, region });
    return value;
  }
  if (!isArrayOfTables(existing)) {
    throw conflict(
      "toml::insert_value: failed to insert an array of tables, value already exists",
      region,
      "while inserting this",
      existing,
      "non-table value already exists",
    );
  }
  if (!existing.byHeaders) {
    throw conflict(
      "toml::insert_value: failed to insert a table, inline array of tables is immutable",
      region,
      "while inserting this",
      existing,
      "this is inline array-of-tables",
    );
  }
  existing.items.push(value);
  return value;
}

function isArrayOfTables(value: TomlValue): value is TomlArray {
  if (value.kind !== "array") return false;
  return value.byHeaders || (value.items.length > 0 && value.items.every((item) => item.kind === "table"));
}

function conflict(
  title: string,
  region: TomlRegion,
  message: string,
  existing: TomlValue,
  existingMessage: string,
): TomlError {
  return new TomlError(title, [
    { region, message },
    { region: existing.region, message: existingMessage },
  ]);
}
