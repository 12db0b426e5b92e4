import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FileError, type Host, type WritableFiles } from "../../src/host/host.ts";
import { createNodeHost } from "../../src/host/node-host.ts";
import { directoryOf, type FileTree, fileOf, linkTo } from "../../src/store/file-tree.ts";
import { formatHash, hashBytes } from "../../src/store/hash.ts";
import { hostTree } from "../../src/store/host-tree.ts";
import { LocalStore } from "../../src/store/local-store.ts";
import { hashNar } from "../../src/store/nar.ts";
import { formatContentAddress, makeContentAddressedPath } from "../../src/store/store-path.ts";
import { VirtualStore } from "../../src/store/virtual-store.ts";
import { concurrentObjects } from "./concurrent-objects.ts";
import { expectStoreError, storeErrorOf } from "./fixture-file.ts";
import { fixtureTrees } from "./fixture-trees.ts";

const host = createNodeHost();
const object = `/nix/store/${"0".repeat(32)}-object`;
const other = `/nix/store/${"1".repeat(32)}-other`;
let dir: string;
let store: LocalStore;

beforeEach(() => {
  dir = `${fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-local-store-"))}/store`;
  store = LocalStore.open(host, dir);
});
afterEach(() => {
  store.close();
  host.files.remove(path.dirname(dir));
});

function text(contents: string): FileTree {
  return fileOf(Buffer.from(contents));
}

function narHashOf(tree: FileTree): string {
  return formatHash(hashNar(tree, "sha256").narHash, "base16");
}

/** Everything in the objects' folder, temporary files included. */
function leftovers(): string[] {
  const objects = fs.readdirSync(`${dir}/nix/store`).filter((name) => name !== ".ocinix-tmp");
  return [...objects, ...fs.readdirSync(`${dir}/nix/store/.ocinix-tmp`)];
}

describe("adding to the local store", () => {
  it.each(Object.keys(fixtureTrees))("keeps %s as it is, in canonical form", (name) => {
    const tree = fixtureTrees[name]!;
    const mask = process.umask(0o077);
    try {
      store.addTree(object, tree);
    } finally {
      process.umask(mask);
    }
    expect(narHashOf(store.readTree(object))).toBe(narHashOf(tree));
    const { narHash, narSize, registrationTime } = store.pathInfo(object);
    expect({ narHash, narSize }).toEqual({ narHash: narHashOf(tree), narSize: hashNar(tree, "sha256").narSize });
    expect(Math.abs(registrationTime - host.now())).toBeLessThan(1000);
    const places = [Buffer.from(store.realPath(object))];
    for (const place of places) {
      const stat = fs.lstatSync(place);
      expect(stat.mtimeMs).toBe(1000);
      if (stat.isFile()) expect([0o444, 0o555]).toContain(stat.mode & 0o7777);
      if (!stat.isDirectory()) continue;
      expect(stat.mode & 0o7777).toBe(0o555);
      for (const entry of fs.readdirSync(place, "buffer")) places.push(Buffer.concat([place, Buffer.from("/"), entry]));
    }
    expect(leftovers()).toEqual([path.basename(object)]);
  });

  it("leaves a valid object alone", () => {
    const info = store.addTree(object, text("one"));
    const { ino } = fs.lstatSync(store.realPath(object));
    expect(store.addTree(object, text("two"))).toEqual(info);
    expect(fs.lstatSync(store.realPath(object)).ino).toBe(ino);
    expect(fs.readFileSync(store.realPath(object), "utf8")).toBe("one");
  });

  it.each([
    ["file", text("half"), text("whole")],
    ["folder", directoryOf(new Map([["a", text("half")]])), directoryOf(new Map([["b", text("whole")]]))],
    ["folder where a file comes", directoryOf(new Map([["a", text("half")]])), text("whole")],
  ])("replaces a %s that was never registered", (_, half, whole) => {
    const second = LocalStore.open(host, `${dir}-2`);
    second.addTree(object, half);
    fs.renameSync(second.realPath(object), store.realPath(object));
    second.close();
    expect(store.isValid(object)).toBe(false);
    store.addTree(object, whole);
    expect(narHashOf(store.readTree(object))).toBe(narHashOf(whole));
    expect(leftovers()).toEqual([path.basename(object)]);
  });

  it("records what it was told", () => {
    store.addTree(other, text("other"));
    const info = store.addTree(object, linkTo(other), { references: [other, object, other], deriver: `${other}.drv` });
    expect(info).toMatchObject({ references: [object, other], deriver: `${other}.drv`, ca: undefined });
    store.close();
    store = LocalStore.open(host, dir);
    expect(store.pathInfo(object)).toEqual(info);
    expect(store.closure([object])).toEqual([object, other]);
    expect(store.closure([])).toEqual([]);
  });

  it("finds references while it writes", () => {
    store.addTree(other, text("other"));
    const tree = directoryOf(
      new Map<string, FileTree>([
        ["file", text(`x${other}/y`)],
        ["link", linkTo(object)],
      ]),
    );
    const info = store.addTree(object, tree, { candidates: [other, object, `/nix/store/${"2".repeat(32)}-unused`] });
    expect(info.references).toEqual([object, other]);
    expect(narHashOf(store.readTree(object))).toBe(narHashOf(tree));
    const named = directoryOf(new Map([[`${"1".repeat(32)}.txt`, text("")]]));
    expect(store.addTree(`${object}-2`, named, { candidates: [other] }).references).toEqual([other]);
  });

  it("adds several objects that refer to each other", () => {
    const objects = ["a", "b", "c"].map((name) => `/nix/store/${"3".repeat(32)}-${name}`);
    const [a, b, c] = objects as [string, string, string];
    const all = [
      { path: a, tree: text("contents"), references: [b] },
      { path: b, tree: linkTo("x"), references: [c, b] },
      { path: c, tree: text("") },
    ];
    const seen: string[] = [];
    const refuse = () => {
      throw new Error("not like this");
    };
    expect(() => store.addTrees(all, refuse)).toThrow("not like this");
    expect(leftovers()).toEqual([]);
    const infos = store.addTrees(all, (infos) => seen.push(...infos.map(({ path }) => path)));
    expect(seen).toEqual(objects);
    expect(infos.map(({ references }) => references)).toEqual([[b], [b, c], []]);
    expect(infos).toEqual(objects.map((path) => store.pathInfo(path)));
    const again = store.addTrees([
      { path: a, tree: text("other contents") },
      { path: other, tree: text("new") },
    ]);
    expect(again.map(({ path }) => path)).toEqual([a, other]);
    expect(again[0]).toEqual(infos[0]);
  });

  it("adds none of several objects where one cannot be", () => {
    const broken: FileTree = {
      type: "regular",
      executable: false,
      size: 1,
      read: () => {
        throw new FileError("EIO", "/somewhere", "Input/output error");
      },
    };
    const objects = [
      { path: object, tree: text("fine") },
      { path: other, tree: broken },
    ];
    expect(() => store.addTrees(objects)).toThrow("/somewhere");
    expect(leftovers()).toEqual([]);
    const circle = [
      { path: object, tree: text("fine"), references: [other] },
      { path: other, tree: text("fine"), references: [object] },
    ];
    expectStoreError(() => store.addTrees(circle), "missing-reference", "is not valid");
    for (const path of [object, other]) expect(store.isValid(path)).toBe(false);
    store.addTrees(objects.map(({ path }) => ({ path, tree: text("replaced") })));
    expect(fs.readFileSync(store.realPath(other), "utf8")).toBe("replaced");
    expect(leftovers().length).toBe(2);
  });

  it("wants references to be valid first", () => {
    const add = () => store.addTree(object, text(other), { references: [other] });
    expectStoreError(add, "missing-reference", `it refers to '${other}', which is not valid`);
    expect(store.isValid(object)).toBe(false);
    expect(leftovers()).toEqual([]);
  });

  it("refuses a path that is none", () => {
    expectStoreError(() => store.addTree("/nix/store/x", text("")), "bad-path", "too short");
    expectStoreError(() => store.addTree("/tmp/x", text("")), "not-in-store", "is not in the Nix store");
    expectStoreError(() => store.realPath("/tmp/x"), "not-in-store", "is not in the Nix store");
    expect(store.realPath(`${object}/bin//x`)).toBe(`${dir}${object}/bin/x`);
  });

  it("knows nothing of other paths", () => {
    for (const action of [
      () => store.pathInfo(object),
      () => store.readTree(object),
      () => store.closure([object]),
      () => store.registerOutputs(object, new Map([["out", other]])),
    ]) {
      expectStoreError(action, "invalid-path", `path '${object}' is not valid`);
    }
    expect(store.outputs(object)).toEqual(new Map());
  });

  it("records outputs of derivations, known or built", () => {
    const drvPath = `${object}.drv`;
    store.addTree(drvPath, text("Derive()"), { outputs: new Map([["out", other]]) });
    store.registerOutputs(drvPath, new Map([["dev", `${other}-dev`]]));
    expect(store.outputs(drvPath)).toEqual(
      new Map([
        ["dev", `${other}-dev`],
        ["out", other],
      ]),
    );
  });
});

describe("content addresses", () => {
  const contents = "some contents";
  const file = text(contents);
  const cases = [
    ["text", "sha256"],
    ["flat", "sha1"],
    ["flat", "sha256"],
    ["nar", "sha256"],
    ["nar", "md5"],
    ["nar", "sha512"],
  ] as const;

  it.each(cases)("are checked: %s %s", (method, algorithm) => {
    const hashOf = (tree: FileTree, bytes: string) =>
      method === "nar" ? hashNar(tree, algorithm).narHash : hashBytes(algorithm, bytes);
    const hash = hashOf(file, contents);
    const ca = formatContentAddress(method, hash);
    const path = makeContentAddressedPath("x", method, hash);
    expectStoreError(() => store.addTree(path, text("different"), { ca }), "hash-mismatch", "hash mismatch");
    expectStoreError(() => store.addTree(object, file, { ca }), "hash-mismatch", `it would be '${object.slice(0, 0)}`);
    expectStoreError(() => store.addTree(object, file, { ca }), "hash-mismatch", "claims to be content-addressed");
    if (method !== "nar") {
      const executable = fileOf(Buffer.from(contents), true);
      expectStoreError(() => store.addTree(path, executable, { ca }), "hash-mismatch", "is not a plain file");
    }
    expect(leftovers()).toEqual([]);
    expect(store.addTree(path, file, { ca }).ca).toBe(ca);
  });

  it("count references", () => {
    store.addTree(other, text("other"));
    const { narHash } = hashNar(file, "sha256");
    const path = makeContentAddressedPath("x", "nar", narHash, { others: [other], self: false });
    const ca = formatContentAddress("nar", narHash);
    expectStoreError(() => store.addTree(path, file, { ca }), "hash-mismatch", "claims to be content-addressed");
    expect(store.addTree(path, file, { ca, references: [other] }).references).toEqual([other]);
  });

  it("have to be readable", () => {
    expectStoreError(() => store.addTree(object, file, { ca: "git:x" }), "unsupported", "is not a content address");
  });
});

describe("when something goes wrong", () => {
  const tree = directoryOf(
    new Map<string, FileTree>([
      ["bin", directoryOf(new Map([["run", fileOf(Buffer.from("#!/bin/sh\n"), true)]]))],
      ["link", linkTo("bin/run")],
    ]),
  );

  /** A host on which the n-th change of a file fails. */
  function failingHost(n: number): { readonly host: Host; readonly failed: () => boolean } {
    let left = n;
    const changes = ["makeDir", "writeFile", "symlink", "chmod", "setTimes", "rename", "syncDir", "syncAll"];
    const files = new Proxy(host.files, {
      get(target, name: keyof WritableFiles) {
        const method = target[name] as (this: WritableFiles, ...args: unknown[]) => unknown;
        return (...args: unknown[]) => {
          const path = String(args[name === "symlink" ? 1 : 0]);
          if (changes.includes(name) && left-- === 0) throw new FileError("ENOSPC", path, "No space left");
          return method.apply(target, args);
        };
      },
    });
    const failing = Object.create(host, { files: { value: files } }) as Host;
    return { host: failing, failed: () => left < 0 };
  }

  it("nothing is left, and it works the next time", () => {
    let failures = 0;
    for (let n = 0; ; n++) {
      const place = `${dir}-${n}`;
      LocalStore.open(host, place).close();
      const failing = failingHost(n);
      let local: LocalStore;
      try {
        local = LocalStore.open(failing.host, place);
      } catch (error) {
        expect(error).toMatchObject({ code: "write-failed" });
        continue;
      }
      if (failing.failed()) expect.fail("a failure was swallowed");
      try {
        local.addTree(object, tree);
      } catch (error) {
        expect(error).toMatchObject({ name: "StoreError", code: "write-failed" });
        expect((error as Error).message).toContain("No space left");
        expect((error as Error).message).toContain("Nothing was added");
        expect(local.isValid(object)).toBe(false);
        expect(fs.readdirSync(`${place}/nix/store/.ocinix-tmp`)).toEqual([]);
        failures++;
      }
      if (!failing.failed()) {
        local.close();
        break;
      }
      local.addTree(object, tree);
      expect(narHashOf(local.readTree(object))).toBe(narHashOf(tree));
      expect(fs.readdirSync(`${place}/nix/store/.ocinix-tmp`)).toEqual([]);
      local.close();
    }
    // Three folders, a file, a link; their times and modes; rename, sync.
    expect(failures).toBeGreaterThan(12);
  });

  it("a source that cannot be read keeps its own error", () => {
    const broken: FileTree = {
      type: "regular",
      executable: false,
      size: 3,
      read: () => {
        throw new FileError("EIO", "/somewhere", "Input/output error");
      },
    };
    expect(() => store.addTree(object, directoryOf(new Map([["a", broken]])))).toThrow(
      "/somewhere: Input/output error",
    );
    expect(leftovers()).toEqual([]);
  });

  it("what killed processes have left goes away after a while", () => {
    const temp = `${dir}/nix/store/.ocinix-tmp`;
    const now = host.now();
    const dead = 2 ** 22 + 1;
    fs.mkdirSync(`${temp}/${dead}-${now - 7200}-0-a`);
    fs.writeFileSync(`${temp}/${dead}-${now - 7200}-0-a/file`, "");
    fs.chmodSync(`${temp}/${dead}-${now - 7200}-0-a`, 0o555);
    fs.writeFileSync(`${temp}/${dead}-${now - 60}-0-b`, "young");
    fs.writeFileSync(`${temp}/${process.pid}-${now - 7200}-0-c`, "alive");
    fs.writeFileSync(`${temp}/${process.pid}-${now - 100_000}-0-d`, "very old");
    fs.writeFileSync(`${temp}/unknown`, "");
    LocalStore.open(host, dir).close();
    expect(fs.readdirSync(temp).map((name) => name.slice(-1))).toEqual(expect.arrayContaining(["b", "c", "n"]));
    expect(fs.readdirSync(temp).length).toBe(3);
  });

  it("a folder that cannot be a store is named", () => {
    fs.writeFileSync(`${dir}-file`, "");
    expectStoreError(
      () => LocalStore.open(host, `${dir}-file`),
      "write-failed",
      `cannot open a store in '${dir}-file'`,
    );
  });

  it("a database of another age is left alone", () => {
    fs.writeFileSync(`${dir}/nix/var/nix/db/schema`, "11");
    expectStoreError(() => LocalStore.open(host, dir), "database", "has schema version '11', and ocinix supports 10");
  });

  it("a damaged database is named", () => {
    LocalStore.open(host, `${dir}-2`).close();
    const database = `${dir}-2/nix/var/nix/db/db.sqlite`;
    fs.writeFileSync(database, "this is no database".repeat(1000));
    const error = storeErrorOf(() => LocalStore.open(host, `${dir}-2`));
    expect(error).toMatchObject({ code: "database" });
    expect(error.message).toContain(`cannot use the store database '${database}'`);
  });
});

describe("several processes", () => {
  it("may add the same objects at once", async () => {
    const writer = path.join(import.meta.dirname, "concurrent-writer.ts");
    const ends = Array.from({ length: 4 }, () => {
      const child = spawn(process.execPath, [writer, `${dir}-shared`], { stdio: ["ignore", "inherit", "pipe"] });
      let stderr = "";
      child.stderr.on("data", (chunk: Buffer) => {
        stderr += chunk.toString();
      });
      return new Promise((resolve) => child.on("close", (status) => resolve({ status, stderr })));
    });
    for (const end of await Promise.all(ends)) expect(end).toEqual({ status: 0, stderr: "" });
    const shared = LocalStore.open(host, `${dir}-shared`);
    const virtual = new VirtualStore({ files: host.files });
    const paths = concurrentObjects(virtual);
    expect(shared.closure([paths.at(-1)!])).toEqual([...paths].sort());
    for (const path of paths) {
      const written = narHashOf(hostTree(host.files, shared.realPath(path)));
      expect([written, shared.pathInfo(path).narHash]).toEqual([virtual.info(path).narHash, written]);
    }
    expect(fs.readdirSync(`${dir}-shared/nix/store/.ocinix-tmp`)).toEqual([]);
    shared.close();
  }, 120_000);
});
