import { describe, expect, it } from "vitest";
import { type HashAlgorithm, hashBytes, parseHash } from "../../src/store/hash.ts";
import { hashNar } from "../../src/store/nar.ts";
import {
  checkName,
  formatContentAddress,
  hashPartOfStorePath,
  hashPlaceholder,
  isInStore,
  isStorePath,
  makeContentAddressedPath,
  makeOutputPath,
  nameOfStorePath,
  parseCanonicalStorePath,
  parseStorePath,
  toStorePath,
} from "../../src/store/store-path.ts";
import { expectStoreError, readJsonFixture, storeErrorOf } from "./fixture-file.ts";
import { fixtureTrees } from "./fixture-trees.ts";

interface PathFixtures {
  readonly paths: readonly {
    readonly name: string;
    readonly method: "flat" | "nar" | "text";
    readonly algorithm: HashAlgorithm;
    readonly tree: string;
    readonly path: string;
  }[];
  readonly referring: { readonly contents: string; readonly references: readonly string[]; readonly path: string };
  readonly contentAddressed: {
    readonly path: string;
    readonly narHash: string;
    readonly references: readonly string[];
    readonly ca: string;
  };
  readonly placeholders: Readonly<Record<string, string>>;
}

interface NameFixtures {
  readonly names: readonly { readonly name: string; readonly error?: string }[];
  readonly paths: readonly { readonly path: string; readonly error: string }[];
}

const fixtures = readJsonFixture<PathFixtures>("paths.json");
const names = readJsonFixture<NameFixtures>("names.json");
const object = "/nix/store/q790zdjk75hm2cn42nh77pqw4gbv1b88-hello.txt";

describe("computing store paths", () => {
  it.each(fixtures.paths)("of $tree by $method and $algorithm", ({ name, method, algorithm, tree, path }) => {
    const node = fixtureTrees[tree]!;
    const hash =
      method === "nar"
        ? hashNar(node, algorithm).narHash
        : hashBytes(algorithm, node.type === "regular" ? Buffer.concat([...node.read()]) : "");
    expect(makeContentAddressedPath(name, method, hash)).toBe(path);
  });

  it("takes references into account for text", () => {
    const { contents, references, path } = fixtures.referring;
    const hash = hashBytes("sha256", contents);
    expect(makeContentAddressedPath("referring", "text", hash, { others: references, self: false })).toBe(path);
  });

  it("takes references into account for source", () => {
    const { path, narHash, references, ca } = fixtures.contentAddressed;
    const hash = parseHash(narHash);
    expect(makeContentAddressedPath("referring", "nar", hash, { others: references, self: false })).toBe(path);
    expect(makeContentAddressedPath("referring", "nar", hash, { others: references, self: true })).not.toBe(path);
    expect(formatContentAddress("nar", hash)).toBe(ca);
  });

  it("allows references nowhere else", () => {
    const references = { others: [object], self: false };
    for (const [method, algorithm] of [
      ["flat", "sha256"],
      ["nar", "sha1"],
    ] as const) {
      expectStoreError(
        () => makeContentAddressedPath("x", method, hashBytes(algorithm, ""), references),
        "unsupported",
        "fixed output derivation 'x' is not allowed to refer to other store paths",
      );
    }
    expectStoreError(
      () => makeContentAddressedPath("x", "text", hashBytes("sha256", ""), { others: [], self: true }),
      "unsupported",
      "self-reference not allowed with text hashing",
    );
  });

  it.each(Object.entries(fixtures.placeholders))("of the placeholder for %s", (name, placeholder) => {
    expect(hashPlaceholder(name)).toBe(placeholder);
  });

  it.each(names.names)("checks the name '$name'", ({ name, error }) => {
    const make = () => makeContentAddressedPath(name, "text", hashBytes("sha256", ""));
    if (error === undefined) {
      expect(nameOfStorePath(make())).toBe(name);
      checkName(name);
    } else {
      expect(storeErrorOf(make).message).toBe(error);
      expect(error).toContain(storeErrorOf(() => checkName(name)).message);
    }
  });

  it("refuses a derivation output of a bad name", () => {
    expectStoreError(() => makeOutputPath("a b", "0".repeat(64), "x"), "bad-path", "name 'x-a b' contains illegal");
  });
});

describe("reading store paths", () => {
  it.each(names.paths)("refuses $path", ({ path, error }) => {
    expect(storeErrorOf(() => parseStorePath(path)).message).toBe(error);
    expect(isStorePath(path)).toBe(false);
  });

  it("splits them into hash part and name", () => {
    expect(hashPartOfStorePath(object)).toBe("q790zdjk75hm2cn42nh77pqw4gbv1b88");
    expect(nameOfStorePath(object)).toBe("hello.txt");
  });

  it("resolves dots and slashes, unless the canonical form is asked for", () => {
    const odd = object.replace("/store/", "//./x/../store///");
    expect(parseStorePath(odd)).toBe(object);
    expect(isStorePath(odd)).toBe(true);
    expect(parseCanonicalStorePath(object)).toBe(object);
    expectStoreError(() => parseCanonicalStorePath(odd), "not-in-store", `path '${odd}' is not in the Nix store`);
    expectStoreError(() => parseCanonicalStorePath(`${object}/x`), "bad-path", "contains illegal character '/'");
  });

  it("wants a dash after the hash part", () => {
    const base = "q790zdjk75hm2cn42nh77pqw4gbv1b88_x";
    const message = `'${base}' can't name a store path because the hash part is not followed by a '-'`;
    expectStoreError(() => parseStorePath(`/nix/store/${base}`), "bad-path", message);
  });

  it.each(["", "/", "/nix/store", "/nix/store/", `${object}/x`, "/nix/storex/a", "relative"])(
    "refuses '%s'",
    (path) => {
      expect(isStorePath(path)).toBe(false);
      expect(["bad-path", "not-in-store"]).toContain(storeErrorOf(() => parseStorePath(path)).code);
    },
  );

  it("splits a path inside an object", () => {
    expect(toStorePath(object)).toEqual({ path: object, rest: "" });
    expect(toStorePath(`${object}/a/b`)).toEqual({ path: object, rest: "/a/b" });
    expect(toStorePath(`${object}//a/./b/../c/`)).toEqual({ path: object, rest: "/a/c" });
    expect(toStorePath(`${object}/`)).toEqual({ path: object, rest: "" });
    expectStoreError(() => toStorePath("/nix/store"), "not-in-store", "path '/nix/store' is not in the Nix store");
    expectStoreError(() => toStorePath("/nix/store/x/y"), "bad-path", "'x' is too short to be a valid store path");
    expect(isInStore("/nix/store/x")).toBe(true);
    expect(isInStore("/nix/store")).toBe(false);
    expect(isInStore("/nix/stored/x")).toBe(false);
  });
});
