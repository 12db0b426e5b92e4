// The links to what was built: their names, that they appear atomically, and what they never replace.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkOutLinks, makeOutLinks, OutLinkError, outLinks } from "../../src/build/out-link.ts";
import { FileError, type Host } from "../../src/host/host.ts";
import { createNodeHost } from "../../src/host/node-host.ts";
import { fileOf } from "../../src/store/file-tree.ts";
import { LocalStore } from "../../src/store/local-store.ts";

const host = createNodeHost();
const reference =
  process.env["OCINIX_REFERENCE_NIX"] ?? path.resolve(import.meta.dirname, "../../.cache/reference-nix/bin");
const [one, two] = ["1", "2"].map((digit) => `/nix/store/${digit.repeat(32)}-object`) as [string, string];
let folder: string;
let local: LocalStore;

beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-out-link-")));
  local = LocalStore.open(host, `${folder}/store`);
  for (const object of [one, two]) local.addTree(object, fileOf(Buffer.from(object)));
  fs.mkdirSync(`${folder}/work`);
});
afterEach(() => {
  local.close();
  host.files.remove(folder);
});

const rootsDir = () => `${folder}/store/nix/var/nix/gcroots/auto`;
const rootTargets = () =>
  fs
    .readdirSync(rootsDir())
    .map((name) => fs.readlinkSync(`${rootsDir()}/${name}`))
    .sort();
const make = (...links: [link: string, object: string][]) =>
  makeOutLinks(
    host,
    local,
    links.map(([link, object]) => ({ link, path: object })),
  );

function errorOf(action: () => void): OutLinkError {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(OutLinkError);
    return error as OutLinkError;
  }
  return expect.fail("there was no error");
}

describe("outLinks", () => {
  it("gives names as nix-build does", () => {
    const outputs = (...names: string[]) => new Map(names.map((name) => [name, `/nix/store/${name}`]));
    const names = outLinks("/work/./x/../result/", [outputs("out", "dev"), outputs("lib"), outputs("bin", "out")]);
    expect(names.map(({ link, path }) => `${link} ${path}`)).toEqual([
      "/work/result /nix/store/out",
      "/work/result-dev /nix/store/dev",
      "/work/result-2-lib /nix/store/lib",
      "/work/result-3-bin /nix/store/bin",
      "/work/result-3 /nix/store/out",
    ]);
  });
});

describe("makeOutLinks", () => {
  it("links to the physical object, and tells the store", () => {
    make([`${folder}/work/result`, one], [`${folder}/work/a/b/other`, two]);
    expect(fs.readlinkSync(`${folder}/work/result`)).toBe(`${folder}/store${one}`);
    expect(fs.readFileSync(`${folder}/work/result`, "utf8")).toBe(one);
    expect(fs.readFileSync(`${folder}/work/a/b/other`, "utf8")).toBe(two);
    expect(rootTargets()).toEqual([`${folder}/work/a/b/other`, `${folder}/work/result`]);
    expect(fs.readdirSync(`${folder}/work`).sort()).toEqual(["a", "result"]);
  });

  it("replaces the link of an earlier build, to whatever store", () => {
    const link = `${folder}/work/result`;
    make([link, one]);
    make([link, two]);
    expect(fs.readFileSync(link, "utf8")).toBe(two);
    expect(rootTargets()).toEqual([link]);
    for (const target of [one, `/gone/store${one}`]) {
      fs.unlinkSync(link);
      fs.symlinkSync(target, link);
      make([link, two]);
      expect(fs.readFileSync(link, "utf8")).toBe(two);
    }
  });

  it.each<[string, (place: string) => void]>([
    ["a file", (place) => fs.writeFileSync(place, "precious")],
    ["a folder", (place) => fs.mkdirSync(place)],
    ["a link to something else", (place) => fs.symlinkSync("/etc", place)],
    ["a link to something else", (place) => fs.symlinkSync("/nix/store/x", place)],
  ])("leaves %s alone, and every other link", (what, put) => {
    const [first, second] = [`${folder}/work/result`, `${folder}/work/result-2`];
    make([first, one]);
    put(second);
    const identity = () => fs.lstatSync(second).ino;
    const before = identity();
    for (const action of [() => make([first, two], [second, two]), () => checkOutLinks(host, [first, second])]) {
      const error = errorOf(action);
      expect(error.code).toBe("exists");
      expect(error.message).toBe(
        `'${second}' is ${what} and not the result of an earlier build, so it is not replaced; move it away, or choose another name with -o`,
      );
    }
    expect(fs.readFileSync(first, "utf8")).toBe(one);
    expect(identity()).toBe(before);
    expect(fs.readdirSync(`${folder}/work`).sort()).toEqual(["result", "result-2"]);
  });

  it("says why a folder cannot be written, before anything is built", () => {
    const link = `${folder}/work/result`;
    make([link, one]);
    // Root may write everywhere, so that a folder that cannot be written has to be played.
    const refusing = Object.create(host, {
      files: {
        value: {
          ...host.files,
          symlink(_: string, place: string) {
            throw new FileError("EROFS", place, "Read-only file system");
          },
        },
      },
    }) as Host;
    const links = [{ link, path: two }];
    for (const action of [() => makeOutLinks(refusing, local, links), () => checkOutLinks(refusing, [link])]) {
      const error = errorOf(action);
      expect(error.code).toBe("write-failed");
      expect(error.message).toContain(`cannot make the link '${link}': Read-only file system (`);
    }
    expect(fs.readFileSync(link, "utf8")).toBe(one);
    expect(fs.readdirSync(`${folder}/work`)).toEqual(["result"]);
  });

  it("says what stands in the way of its folder", () => {
    fs.writeFileSync(`${folder}/work/file`, "");
    const link = `${folder}/work/file/result`;
    const error = errorOf(() => make([link, one]));
    expect(error.code).toBe("write-failed");
    expect(error.message).toContain(`cannot make the link '${link}': Not a directory (`);
    expect(error.message).toContain("choose another name with -o, or none with --no-out-link");
    expect(errorOf(() => checkOutLinks(host, [link])).code).toBe("write-failed");
    expect(errorOf(() => make([`${folder}/work/${"x".repeat(300)}`, one])).message).toContain("File name too long");
  });

  it("checks without leaving a trace", () => {
    checkOutLinks(host, [`${folder}/work/result`, `${folder}/work/new/result`]);
    expect(fs.readdirSync(`${folder}/work`)).toEqual([]);
  });

  it.skipIf(!fs.existsSync(reference))("names the root as C++ Nix does", () => {
    const link = `${folder}/work/result`;
    make([link, one]);
    fs.writeFileSync(`${folder}/link`, link);
    const args = ["--type", "sha1", "--base32", "--flat", `${folder}/link`];
    const hash = spawnSync(path.join(reference, "nix-hash"), args, { encoding: "utf8", env: { HOME: folder } });
    expect(fs.readdirSync(rootsDir())).toEqual([hash.stdout.trim()]);
  });
});
