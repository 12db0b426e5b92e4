import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FileError } from "../../src/host/host.ts";
import { createMemoryHost } from "../../src/host/memory-host.ts";
import { createNodeHost } from "../../src/host/node-host.ts";
import { formatHash } from "../../src/store/hash.ts";
import { hostTree } from "../../src/store/host-tree.ts";
import { hashNar } from "../../src/store/nar.ts";
import { expectStoreError, readJsonFixture } from "./fixture-file.ts";
import { fixtureTrees } from "./fixture-trees.ts";
import { writeTree } from "./written-tree.ts";

const { files } = createNodeHost();
let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-host-tree-"));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

describe("a tree of the host", () => {
  const digests = readJsonFixture<Record<string, { readonly sha256: string }>>("nars.json");

  it.each(Object.keys(fixtureTrees))("is hashed as Nix hashes it: %s", (name) => {
    const place = `${folder}/${name}`;
    writeTree(place, fixtureTrees[name]!);
    expect(formatHash(hashNar(hostTree(files, place), "sha256").narHash, "base16")).toBe(digests[name]!.sha256);
  });

  it("asks the filter for each entry once, in NAR order, and not for the root", () => {
    const memory = createMemoryHost({ "/r/b/y": "", "/r/b/x": "", "/r/a": "", "/r/c/z": "", "/r/l": { symlink: "a" } });
    const asked: string[] = [];
    const tree = hostTree(memory.files, "/r", (place, type) => {
      asked.push(`${place} ${type}`);
      return place !== "/r/c" && place !== "/r/b/y";
    });
    const twice = [hashNar(tree, "sha256").narHash, hashNar(tree, "sha256").narHash];
    expect(twice[0]).toEqual(twice[1]);
    expect(asked).toEqual([
      "/r/a regular",
      "/r/b directory",
      "/r/b/x regular",
      "/r/b/y regular",
      "/r/c directory",
      "/r/l symlink",
    ]);
    const wanted = createMemoryHost({ "/r/b/x": "", "/r/a": "", "/r/l": { symlink: "a" } });
    expect(hashNar(hostTree(wanted.files, "/r"), "sha256").narHash).toEqual(twice[0]);
  });

  it("cannot hold a pipe, unless the filter leaves it out", () => {
    fs.mkdirSync(`${folder}/special`);
    expect(spawnSync("mkfifo", [`${folder}/special/pipe`]).status).toBe(0);
    const message = `file '${folder}/special/pipe' has an unsupported type`;
    expectStoreError(() => hashNar(hostTree(files, `${folder}/special`), "sha256"), "unsupported-file", message);
    expectStoreError(() => hostTree(files, `${folder}/special/pipe`), "unsupported-file", message);
    const filtered = hostTree(files, `${folder}/special`, (_, type) => type !== "unknown");
    expect(hashNar(filtered, "sha256")).toEqual(hashNar(fixtureTrees["empty-folder"]!, "sha256"));
  });

  it("has to be there", () => {
    expect(() => hostTree(files, `${folder}/missing`)).toThrow(FileError);
  });
});
