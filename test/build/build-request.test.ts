// The attributes that a built-in builder gets.
import { describe, expect, it } from "vitest";
import { attributesOf } from "../../src/build/build-request.ts";
import { bytesFromText } from "../../src/source/bytes.ts";
import type { Derivation } from "../../src/store/derivation.ts";

function attributes(env: Record<string, string>) {
  return attributesOf({ env: new Map(Object.entries(env)) } as unknown as Derivation);
}

describe("attributesOf", () => {
  it("gives the environment of a derivation without structured attributes", () => {
    expect(attributes({ name: "x", __proto: "y" })).toEqual({ name: "x", __proto: "y" });
  });

  it("gives structured attributes with byte strings, however they are written", () => {
    const json = bytesFromText('{"a":"ü","\\u00fc":["\\u00fc","\\n",1,1.5,null,true,{"b":{}}]}');
    expect(attributes({ __json: json, out: "x" })).toEqual({
      a: bytesFromText("ü"),
      [bytesFromText("ü")]: [bytesFromText("ü"), "\n", 1, 1.5, null, true, { b: {} }],
    });
  });

  it("refuses what is none", () => {
    expect(() => attributes({ __json: "{" })).toThrow("its structured attributes are not JSON");
    expect(() => attributes({ __json: "[]" })).toThrow("its structured attributes are not a set");
    expect(() => attributes({ __json: "null" })).toThrow("its structured attributes are not a set");
  });
});
