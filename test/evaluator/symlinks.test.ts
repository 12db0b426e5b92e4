import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { resolveSymlinks } from "../../src/evaluator/symlinks.ts";
import { createNodeHost } from "../../src/host/node-host.ts";
import { NixError } from "../../src/source/nix-error.ts";

const { files } = createNodeHost();
let root = "";

beforeAll(() => {
  root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-symlinks-")));
  fs.mkdirSync(path.join(root, "folder/deep"), { recursive: true });
  fs.writeFileSync(path.join(root, "folder/deep/file"), "");
  const links = {
    toFile: "folder/deep/file",
    toFolder: "folder",
    absolute: path.join(root, "folder/deep"),
    chain: "second",
    second: "./toFolder/../toFolder//deep/.",
    "folder/deep/up": "../..",
    dangling: "folder/none/below",
    cycle: "otherCycle",
    otherCycle: "cycle",
  };
  for (const [name, target] of Object.entries(links)) fs.symlinkSync(target, path.join(root, name));
});

afterAll(() => {
  fs.rmSync(root, { recursive: true, force: true });
});

describe("symbolic links", () => {
  it.each([
    "folder",
    "toFile",
    "toFolder",
    "toFolder/deep/file",
    "absolute/file",
    "chain/file",
    "chain/up/toFile",
    "folder/deep/up/folder/deep/up",
  ])("lead where realpath(3) says: %s", (name) => {
    const place = path.join(root, name);
    expect(resolveSymlinks(files, place)).toBe(fs.realpathSync(place));
    const parent = fs.realpathSync(path.dirname(place));
    expect(resolveSymlinks(files, place, "ancestors")).toBe(path.join(parent, path.basename(place)));
  });

  it("may lead to nothing", () => {
    expect(resolveSymlinks(files, `${root}/dangling`)).toBe(`${root}/folder/none/below`);
    expect(resolveSymlinks(files, `${root}/dangling`, "ancestors")).toBe(`${root}/dangling`);
    expect(resolveSymlinks(files, `${root}/toFolder/none/x`)).toBe(`${root}/folder/none/x`);
  });

  it("may not lead to themselves", () => {
    expect(() => resolveSymlinks(files, `${root}/cycle/x`)).toThrow(NixError);
    expect(() => resolveSymlinks(files, `${root}/cycle`)).toThrow(/^infinite symlink recursion in path '.*\/cycle'$/);
    expect(resolveSymlinks(files, `${root}/cycle`, "ancestors")).toBe(`${root}/cycle`);
  });

  it("are not there at the root", () => {
    expect(resolveSymlinks(files, "/")).toBe("/");
  });
});
