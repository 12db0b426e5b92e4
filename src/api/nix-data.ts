// Values that JavaScript and Nix both have: what a caller of the library passes in and gets out.
import { bytesFromText, textFromBytes } from "../source/bytes.ts";
import { AttrSet } from "../value/attr-set.ts";
import { intFromBigInt, type Lazy, NixFloat } from "../value/value.ts";

/** JSON, with integers that a JavaScript number cannot hold as `bigint`. Strings are ordinary text. */
export type NixData =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly NixData[]
  | { readonly [name: string]: NixData };

/** The Nix value: a number without fraction is an integer. Throws RangeError for one beyond 64 bits. */
export function valueFromData(data: NixData): Lazy {
  if (data === null || typeof data === "boolean") return data;
  if (typeof data === "string") return bytesFromText(data);
  if (typeof data === "number" && !Number.isInteger(data)) return new NixFloat(data);
  if (typeof data === "number" || typeof data === "bigint") {
    const integer = intFromBigInt(BigInt(data));
    if (integer === undefined) throw new RangeError(`the integer ${data} does not fit into 64 bits`);
    return integer;
  }
  if (isArray(data)) return data.map(valueFromData);
  return AttrSet.from(Object.entries(data).map(([name, item]) => [bytesFromText(name), valueFromData(item)]));
}

/** The data of a JSON text (a byte string) that ocinix has written. */
export function dataFromJson(json: string): NixData {
  const exact = (_: string, value: NixData, context?: { readonly source?: string }): NixData => {
    const isUnsafe = typeof value === "number" && /^-?\d+$/.test(context?.source ?? "") && !Number.isSafeInteger(value);
    return isUnsafe ? BigInt(context!.source!) : value;
  };
  return JSON.parse(textFromBytes(json), exact) as NixData;
}

function isArray(data: NixData): data is readonly NixData[] {
  return Array.isArray(data);
}
