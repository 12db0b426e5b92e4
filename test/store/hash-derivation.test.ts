import { describe, expect, it } from "vitest";
import type { Derivation } from "../../src/store/derivation.ts";
import { parseDerivation } from "../../src/store/derivation-aterm.ts";
import { DerivationHashes, drvPathOf, referencesOf } from "../../src/store/hash-derivation.ts";
import { upstreamPlaceholder } from "../../src/store/store-path.ts";
import { expectStoreError, fixtureNames, readFixture, readJsonFixture } from "./fixture-file.ts";

interface Expected {
  readonly drvPath: string;
  readonly outputs: Readonly<Record<string, string>>;
}

const expected = readJsonFixture<Record<string, Expected>>("derivations.json");
const derivations = new Map<string, Derivation>(
  fixtureNames("drv").map((file) => {
    const text = readFixture(`drv/${file}`).toString("latin1");
    return [`/nix/store/${file}`, parseDerivation(text, file.slice(33, -".drv".length))] as const;
  }),
);

function read(drvPath: string): Derivation {
  const derivation = derivations.get(drvPath);
  if (derivation === undefined) throw new Error(`no fixture ${drvPath}`);
  return derivation;
}

/** As an evaluator has it before output paths are known. */
function withoutPaths(derivation: Derivation): Derivation {
  const outputs = new Map([...derivation.outputs].map(([name, output]) => [name, { ...output, path: "" }]));
  const known = [...derivation.outputs].filter(([, { path }]) => path !== "").map(([name]) => [name, ""] as const);
  return { ...derivation, outputs, env: new Map([...derivation.env, ...known]) };
}

describe("derivations", () => {
  it("are of many kinds", () => {
    expect(Object.keys(expected).length).toBeGreaterThanOrEqual(30);
  });

  it.each([...derivations])("have the path of their text: %s", (drvPath, derivation) => {
    expect(drvPathOf(derivation)).toBe(drvPath);
  });

  it.each([...derivations])("have their output paths: %s", (_, derivation) => {
    const known = new Map(
      [...derivation.outputs].filter(([, { path }]) => path !== "").map(([k, { path }]) => [k, path]),
    );
    const bare = withoutPaths(derivation);
    expect(new DerivationHashes(read).outputPaths(derivation)).toEqual(known);
    expect(new DerivationHashes(read).outputPaths(bare)).toEqual(known);
    expect(new DerivationHashes(read).fillIn(bare)).toEqual(derivation);
  });

  it("have them also without their variables", () => {
    const several = read(expected["several"]!.drvPath);
    const env = new Map([...several.env].filter(([name]) => !several.outputs.has(name)));
    expect(new DerivationHashes(read).fillIn({ ...several, env })).toEqual(several);
  });

  it.each(Object.entries(expected))("evaluate to their paths: %s", (_, { drvPath, outputs }) => {
    const paths = new DerivationHashes(read).outputPaths(read(drvPath));
    for (const [name, path] of Object.entries(outputs)) {
      expect(paths.get(name) ?? upstreamPlaceholder(drvPath, name)).toBe(path);
    }
  });

  it("refer to their inputs", () => {
    const drv = read(expected["onReferringText"]!.drvPath);
    expect(referencesOf(drv)).toEqual([...drv.inputDrvs.keys(), ...drv.inputSrcs].sort());
  });

  it("are hashed once each", () => {
    const count = new Map<string, number>();
    const hashes = new DerivationHashes((drvPath) => {
      count.set(drvPath, (count.get(drvPath) ?? 0) + 1);
      return read(drvPath);
    });
    for (const derivation of derivations.values()) hashes.outputPaths(derivation);
    expect([...count.values()].every((times) => times === 1)).toBe(true);
    expect(count.size).toBeGreaterThan(40);
  });

  it("may be chained deeper than JavaScript can call", () => {
    const depth = 20_000;
    const pathOf = (n: number) => `/nix/store/${String(n).padStart(32, "0")}-chain.drv`;
    const hashes = new DerivationHashes((drvPath) => {
      const n = Number(drvPath.slice(11, 43));
      const path = `/nix/store/${String(n).padStart(32, "0")}-chain`;
      return {
        ...read(expected["minimal"]!.drvPath),
        outputs: new Map([["out", { path, hashAlgo: "", hash: "" }]]),
        inputDrvs: new Map(n === 0 ? [] : [[pathOf(n - 1), ["out"]]]),
      };
    });
    const top = { ...read(expected["minimal"]!.drvPath), inputDrvs: new Map([[pathOf(depth), ["out"]]]) };
    expect(hashes.outputPaths(top).size).toBe(1);
  });

  it("cannot use an output that a fixed one does not have", () => {
    const fixed = expected["fixedFlat"]!.drvPath;
    const user = { ...read(expected["minimal"]!.drvPath), inputDrvs: new Map([[fixed, ["dev"]]]) };
    const message = "no hash for output 'dev' of derivation 'minimal'";
    expectStoreError(() => new DerivationHashes(read).outputPaths(user), "bad-derivation", message);
  });
});
