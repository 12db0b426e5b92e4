import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createMemoryHost } from "../../src/host/memory-host.ts";
import { createNodeHost } from "../../src/host/node-host.ts";
import type { Derivation } from "../../src/store/derivation.ts";
import { parseDerivation } from "../../src/store/derivation-aterm.ts";
import { directoryOf, type FileTree, fileOf, linkTo } from "../../src/store/file-tree.ts";
import { formatHash, type HashAlgorithm, hashBase16 } from "../../src/store/hash.ts";
import { hostTree } from "../../src/store/host-tree.ts";
import { LocalStore } from "../../src/store/local-store.ts";
import { hashNar } from "../../src/store/nar.ts";
import { VirtualStore } from "../../src/store/virtual-store.ts";
import { expectStoreError, fixtureNames, readFixture, readJsonFixture } from "./fixture-file.ts";
import { fixtureTrees } from "./fixture-trees.ts";

interface PathFixtures {
  readonly paths: readonly {
    readonly name: string;
    readonly method: "flat" | "nar" | "text";
    readonly algorithm: HashAlgorithm;
    readonly tree: string;
    readonly path: string;
  }[];
  readonly text: { readonly contents: string; readonly path: string };
  readonly referring: { readonly contents: string; readonly references: readonly string[]; readonly path: string };
}

const fixtures = readJsonFixture<PathFixtures>("paths.json");
const host = createNodeHost();
const noFiles = createMemoryHost().files;

function text(contents: string): FileTree {
  return fileOf(Buffer.from(contents, "latin1"));
}

function addText(store: VirtualStore, name: string, contents: string, references: readonly string[] = []): string {
  return store.add({ name, tree: text(contents), method: "text", algorithm: "sha256", references });
}

function fixtureDerivations(): [string, Derivation][] {
  return fixtureNames("drv").map((file) => {
    return [`/nix/store/${file}`, parseDerivation(readFixture(`drv/${file}`).toString("latin1"), file.slice(33, -4))];
  });
}

describe("a virtual store", () => {
  it.each(fixtures.paths)("gives $tree its path by $method and $algorithm", (fixture) => {
    const store = new VirtualStore({ files: noFiles });
    const { name, method, algorithm, path: expected } = fixture;
    const tree = fixtureTrees[fixture.tree]!;
    expect(store.add({ name, tree, method, algorithm })).toBe(expected);
    const base16 =
      method === "nar"
        ? formatHash(hashNar(tree, algorithm).narHash, "base16")
        : hashBase16(algorithm, tree.type === "regular" ? Buffer.concat([...tree.read()]) : "");
    expect(store.pathFor(name, method, algorithm, base16)).toBe(expected);
    const stored = store.tree(expected);
    if (method !== "nar") expect(stored).toMatchObject({ type: "regular", executable: false });
    expect(store.info(expected).narHash).toBe(formatHash(hashNar(stored, "sha256").narHash, "base16"));
  });

  it("keeps references", () => {
    const store = new VirtualStore({ files: noFiles });
    expect(addText(store, "text", fixtures.text.contents)).toBe(fixtures.text.path);
    const { contents, references, path: expected } = fixtures.referring;
    expect(addText(store, "referring", contents, [...references, ...references])).toBe(expected);
    expect(store.references(expected)).toEqual(references);
    expect(store.info(expected)).toMatchObject({ references, ca: expect.stringMatching(/^text:sha256:/) });
    expect(store.pathFor("referring", "text", "sha256", hashBase16("sha256", contents), references)).toBe(expected);
  });

  it("has what was added and nothing else", () => {
    const store = new VirtualStore({ files: noFiles });
    const added = addText(store, "x", "y");
    const missing = added.replace("-x", "-z");
    expect(store.has(added)).toBe(true);
    expect(store.has(missing)).toBe(false);
    expect(store.has(`${added}/y`)).toBe(false);
    expect(Buffer.from(store.files.readFile(added)).toString()).toBe("y");
    for (const action of [
      () => store.tree(missing),
      () => store.info(missing),
      () => store.references(missing),
      () => store.readDerivation(`${missing}.drv`),
    ]) {
      expectStoreError(action, "invalid-path", "is not valid");
    }
  });

  it("adds no folder by the hash of its contents", () => {
    const store = new VirtualStore({ files: noFiles });
    const add = () => store.add({ name: "x", tree: directoryOf(new Map()), method: "flat", algorithm: "sha256" });
    expectStoreError(add, "unsupported-file", "it is a directory and not a regular file");
  });

  it("keeps derivations, and their files", () => {
    const store = new VirtualStore({ files: noFiles });
    for (const [drvPath, derivation] of fixtureDerivations()) {
      expect(store.addDerivation(derivation)).toBe(drvPath);
      expect(store.readDerivation(drvPath)).toEqual(derivation);
      const contents = readFixture(`drv/${path.basename(drvPath)}`);
      expect(Buffer.from(store.files.readFile(drvPath)).equals(contents)).toBe(true);
      expect(store.files.stat(drvPath)?.size).toBe(contents.length);
      const named = new Set([...derivation.inputDrvs.keys(), ...derivation.inputSrcs]);
      expect(store.references(drvPath)).toEqual([...named].sort());
    }
    for (const [drvPath, derivation] of fixtureDerivations()) {
      for (const [name, output] of store.outputPaths(derivation)) {
        expect(output).toBe(store.readDerivation(drvPath).outputs.get(name)?.path);
      }
    }
  });

  it("reads derivations from files, and says which is bad", () => {
    const [drvPath, derivation] = fixtureDerivations().find(([name]) => name.endsWith("-several.drv"))!;
    const bad = `/nix/store/${"0".repeat(32)}-bad.drv`;
    const { files } = createMemoryHost({
      [drvPath]: readFixture(`drv/${path.basename(drvPath)}`),
      [bad]: "Derive(",
      [bad.slice(0, -4)]: "Derive(",
    });
    const store = new VirtualStore({ files });
    expect(store.has(drvPath)).toBe(true);
    expect(store.readDerivation(drvPath)).toEqual(derivation);
    expect(store.references(drvPath)).toEqual([]);
    const message = `error parsing derivation '${bad}': expected string '['`;
    expectStoreError(() => store.readDerivation(bad), "bad-derivation", message);
    expectStoreError(() => store.readDerivation(bad.slice(0, -4)), "bad-derivation", "is not a valid derivation path");
  });
});

describe("materialising", () => {
  let folder: string;
  let local: LocalStore;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-virtual-store-"));
    local = LocalStore.open(host, `${folder}/store`);
  });
  afterEach(() => {
    local.close();
    host.files.remove(folder);
  });

  it("writes references first, derivations included", () => {
    const store = new VirtualStore({ files: host.files, local });
    const derivations = fixtureDerivations();
    const sources = new Set(derivations.flatMap(([, { inputSrcs }]) => inputSrcs));
    const top = derivations.find(([name]) => name.endsWith("-chain-40.drv"))!;
    for (const [, derivation] of derivations) store.addDerivation(derivation);
    store.materialise(top[0], local);
    const closure = local.closure([top[0]]);
    expect(closure.length).toBe(41);
    for (const drvPath of closure) {
      expect(sources.has(drvPath)).toBe(false);
      expect(fs.readFileSync(local.realPath(drvPath)).equals(readFixture(`drv/${path.basename(drvPath)}`))).toBe(true);
      const { outputs } = store.readDerivation(drvPath);
      expect(local.outputs(drvPath)).toEqual(new Map([...outputs].map(([name, output]) => [name, output.path])));
    }
    expect(local.pathInfo(top[0])).toMatchObject({ references: store.references(top[0]), ca: store.info(top[0]).ca });
  });

  it("reads what an earlier evaluation has written", () => {
    const first = new VirtualStore({ files: host.files, local });
    const library = first.add({
      name: "library",
      tree: directoryOf(new Map([["default.nix", text("1 + 1")]])),
      method: "nar",
      algorithm: "sha256",
    });
    first.materialise(library, local);
    const second = new VirtualStore({ files: host.files, local });
    const user = second.add({
      name: "user",
      tree: directoryOf(new Map([["library", linkTo(library)]])),
      method: "nar",
      algorithm: "sha256",
      references: [library],
    });
    expect(second.has(library)).toBe(true);
    expect(second.references(library)).toEqual([]);
    expect(second.info(library)).toEqual(local.pathInfo(library));
    expect(Buffer.from(second.files.readFile(`${user}/library/default.nix`)).toString()).toBe("1 + 1");
    expect(second.files.realPath(`${user}/library/default.nix`)).toBe(`${library}/default.nix`);
    const other = LocalStore.open(host, `${folder}/other`);
    second.materialise(user, other);
    expect(other.closure([user])).toEqual([library, user].sort());
    other.close();
  });

  it("follows long chains", () => {
    const store = new VirtualStore({ files: host.files });
    let last = addText(store, "chain", "0");
    for (let i = 1; i < 200; i++) last = addText(store, "chain", `${i} ${last}`, [last]);
    store.materialise(last, local);
    expect(local.closure([last]).length).toBe(200);
    store.materialise(last, local);
  });

  it("needs everything to be somewhere", () => {
    const store = new VirtualStore({ files: host.files });
    const missing = `/nix/store/${"0".repeat(32)}-missing`;
    const user = addText(store, "user", missing, [missing]);
    expectStoreError(() => store.materialise(user, local), "invalid-path", `path '${missing}' is not valid`);
    expect(local.isValid(user)).toBe(false);
  });

  it("notices that a file has changed since it was hashed", () => {
    const file = `${folder}/file`;
    fs.writeFileSync(file, "one");
    const store = new VirtualStore({ files: host.files });
    const add = () => store.add({ name: "file", tree: hostTree(host.files, file), method: "nar", algorithm: "sha256" });
    const one = add();
    fs.writeFileSync(file, "two");
    expectStoreError(() => store.materialise(one, local), "hash-mismatch", `hash mismatch in '${one}'`);
    fs.writeFileSync(file, "three");
    // Of the longer file as many bytes are read as the old one had.
    expectStoreError(() => store.materialise(one, local), "hash-mismatch", `hash mismatch in '${one}'`);
    expect(local.isValid(one)).toBe(false);
    const three = add();
    store.materialise(three, local);
    expect(fs.readFileSync(local.realPath(three), "utf8")).toBe("three");
  });
});
