import { describe, expect, it } from "vitest";
import { FileError } from "../../src/host/host.ts";
import { createMemoryHost } from "../../src/host/memory-host.ts";
import { directoryOf, type FileTree, fileOf, linkTo } from "../../src/store/file-tree.ts";
import { StoreFiles } from "../../src/store/store-files.ts";

const base = (digit: string, name: string) => `/nix/store/${digit.repeat(32)}-${name}`;
const virtual = base("0", "virtual");
const virtualFile = base("1", "file");
const virtualLink = base("2", "link");
const physical = base("3", "physical");
const onHost = base("4", "on-host");
const missing = base("5", "missing");

const text = (contents: string) => fileOf(Buffer.from(contents), contents.startsWith("#!"));
const trees = new Map<string, FileTree>([
  [
    virtual,
    directoryOf(
      new Map<string, FileTree>([
        ["bin", directoryOf(new Map([["run", text("#!/bin/sh\n")]]))],
        ["absolute", linkTo(`${virtual}/bin/run`)],
        ["relative", linkTo("bin/../bin/run")],
        ["up", linkTo(`../${virtualFile.slice("/nix/store/".length)}`)],
        ["folder", linkTo("bin")],
        ["physical", linkTo(`${physical}/lib`)],
        ["host", linkTo("/etc/passwd")],
        ["out", linkTo("../../../etc")],
        ["dangling", linkTo("nowhere")],
        ["loop", linkTo("loop")],
        ["self", linkTo(".")],
      ]),
    ),
  ],
  [virtualFile, text("a file")],
  [virtualLink, linkTo(`${virtual}/folder`)],
]);
const host = createMemoryHost({
  "/etc/passwd": "root",
  "/home/to-store": { symlink: `${virtual}/bin` },
  "/home/to-physical": { symlink: physical },
  "/home/file": "at home",
  [`/data${physical}/lib/a.so`]: "shared",
  [`/data${physical}/lib/b.so`]: { symlink: "a.so" },
  [`/data${physical}/virtual`]: { symlink: virtual },
  [`/data${physical}/itself`]: { symlink: `${physical}/lib/a.so` },
  [`${onHost}/x`]: "on the host",
  [`${physical}/wrong`]: "hidden by the physical store",
});
const files = new StoreFiles(host.files, {
  virtualTree: (path) => trees.get(path),
  physicalPath: (path) => (path === physical ? `/data${path}` : path),
  virtualPaths: () => trees.keys(),
});
const read = (path: string) => Buffer.from(files.readFile(path)).toString();

describe("files through the store", () => {
  it.each([
    [`${virtual}/bin/run`, "#!/bin/sh\n", `${virtual}/bin/run`],
    [`${virtual}/absolute`, "#!/bin/sh\n", `${virtual}/bin/run`],
    [`${virtual}/relative`, "#!/bin/sh\n", `${virtual}/bin/run`],
    [`${virtual}/folder/run`, "#!/bin/sh\n", `${virtual}/bin/run`],
    [`${virtual}/folder/../up`, "a file", virtualFile],
    [`${virtual}//self/./self/bin/run`, "#!/bin/sh\n", `${virtual}/bin/run`],
    [virtualFile, "a file", virtualFile],
    [`${virtualLink}/run`, "#!/bin/sh\n", `${virtual}/bin/run`],
    [`${virtual}/physical/b.so`, "shared", `${physical}/lib/a.so`],
    [`${physical}/lib/a.so`, "shared", `${physical}/lib/a.so`],
    [`${physical}/itself`, "shared", `${physical}/lib/a.so`],
    [`${physical}/virtual/physical/a.so`, "shared", `${physical}/lib/a.so`],
    [`${onHost}/x`, "on the host", `${onHost}/x`],
    [`${virtual}/host`, "root", "/etc/passwd"],
    [`${virtual}/out/passwd`, "root", "/etc/passwd"],
    ["/home/file", "at home", "/home/file"],
    ["/home/to-store/run", "#!/bin/sh\n", `${virtual}/bin/run`],
    ["/home/to-physical/lib/a.so", "shared", `${physical}/lib/a.so`],
    ["/etc/../nix/store/../store//./11111111111111111111111111111111-file", "a file", virtualFile],
  ])("read %s", (path, contents, real) => {
    for (let i = 0; i < 2; i++) {
      expect(read(path)).toBe(contents);
      expect(Buffer.concat([...files.readChunks(path)]).toString()).toBe(contents);
      expect(files.realPath(path)).toBe(real);
      expect(files.stat(path)).toMatchObject({ type: "regular", size: contents.length });
    }
  });

  it.each([
    missing,
    `${missing}/x`,
    `${virtual}/nope`,
    `${virtual}/dangling`,
    `${virtualFile}/x`,
    `${virtual}/bin/run/..`,
    `${physical}/wrong`,
    `${physical}/lib/c.so`,
    "/home/nope",
    "/nix/var/nix",
  ])("do not have %s", (path) => {
    expect(files.stat(path)).toBeUndefined();
    for (const action of [() => files.readFile(path), () => files.readDir(path), () => files.realPath(path)]) {
      expect(action).toThrow(FileError);
      expect(action).toThrow(path);
    }
    expect(() => [...files.readChunks(path)]).toThrow(FileError);
  });

  it("tell a link from what it leads to", () => {
    expect(files.lstat(`${virtual}/absolute`)).toMatchObject({ type: "symlink", mode: 0o777 });
    expect(files.lstat(`${virtual}/dangling`)).toMatchObject({ type: "symlink" });
    expect(files.readLink(`${virtual}/dangling`)).toBe("nowhere");
    expect(files.readLink(`${virtual}/self/absolute`)).toBe(`${virtual}/bin/run`);
    expect(files.readLink(`${physical}/virtual`)).toBe(virtual);
    expect(files.lstat(virtualLink)?.type).toBe("symlink");
    expect(files.stat(virtualLink)?.type).toBe("directory");
    expect(files.stat(`${virtual}/bin/run`)).toMatchObject({ executable: true, mode: 0o555, mtimeMs: 1000 });
    expect(files.stat(virtualFile)).toMatchObject({ executable: false, mode: 0o444 });
  });

  it("list folders", () => {
    const names = (path: string) => files.readDir(path).map(({ name, type }) => `${name} ${type}`);
    expect(names(virtual)).toContain("bin directory");
    expect(names(virtual)).toContain("loop symlink");
    expect(names(`${virtual}/physical`).sort()).toEqual(["a.so regular", "b.so symlink"]);
    expect(names("/nix")).toEqual(["store directory"]);
    expect(names("/nix/store").sort()).toEqual(
      [
        [virtual, "directory"],
        [virtualFile, "regular"],
        [virtualLink, "symlink"],
        [physical, "directory"],
        [onHost, "directory"],
      ].map(([path, type]) => `${path!.slice(11)} ${type}`),
    );
  });

  it("have a store where the host has none", () => {
    const bare = new StoreFiles(createMemoryHost().files, {
      virtualTree: (path) => trees.get(path),
      physicalPath: (path) => path,
      virtualPaths: () => [virtualFile],
    });
    expect(bare.stat("/nix")?.type).toBe("directory");
    expect(bare.lstat("/nix/store/")?.type).toBe("directory");
    expect(bare.readDir("/nix")).toEqual([{ name: "store", type: "directory" }]);
    expect(bare.readDir("/nix/store")).toEqual([{ name: virtualFile.slice(11), type: "regular" }]);
    expect(bare.realPath("/nix/store")).toBe("/nix/store");
  });

  it.each([
    ["ELOOP", () => files.stat(`${virtual}/loop`)],
    ["EISDIR", () => files.readFile(virtual)],
    ["EISDIR", () => files.readChunks("/nix/store")],
    ["ENOTDIR", () => files.readDir(virtualFile)],
    ["EINVAL", () => files.readLink(virtualFile)],
    ["EINVAL", () => files.readLink("/nix/store")],
    ["EISDIR", () => files.readFile(`${physical}/lib`)],
  ])("fail with %s", (code, action) => {
    try {
      action();
      expect.fail("there was no error");
    } catch (error) {
      expect(error).toMatchObject({ name: "FileError", code });
      expect((error as FileError).path).not.toContain("/data");
    }
  });
});
