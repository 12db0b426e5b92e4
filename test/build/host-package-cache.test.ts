import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { InterpreterPackages } from "../../src/build/host-package.ts";
import { addHostPackage } from "../../src/build/host-package-cache.ts";
import { HostPackageError } from "../../src/build/host-package-error.ts";
import type { Host, WritableFiles } from "../../src/host/host.ts";
import { createMemoryHost, type MemoryFile } from "../../src/host/memory-host.ts";
import { createNodeHost } from "../../src/host/node-host.ts";
import { bytesFromText } from "../../src/source/bytes.ts";
import { directoryOf, fileOf } from "../../src/store/file-tree.ts";
import { LocalStore } from "../../src/store/local-store.ts";
import { hashNar } from "../../src/store/nar.ts";
import { StoreError } from "../../src/store/store-error.ts";
import { VirtualStore } from "../../src/store/virtual-store.ts";
import { describePackage, machineFiles, programFile, scriptFile } from "./host-description.ts";

const temp = fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-host-cache-"));
afterAll(() => createNodeHost().files.remove(temp));
let stores = 0;
const openStore = (): LocalStore => LocalStore.open(createNodeHost(), bytesFromText(path.join(temp, `${stores++}`)));

const cacheFolder = "/home/x/.cache/ocinix/host-packages";
const files = machineFiles({ "/usr/bin/one": programFile(), "/usr/bin/script": scriptFile("#!/bin/sh\n") });
const description = describePackage({ programs: ["one"], required: ["one"] });
const none: InterpreterPackages = () => undefined;

/** A machine that counts which of its files are read. */
function machine(more: Readonly<Record<string, MemoryFile>> = {}): Host & { read: string[] } {
  let now = 1000;
  const host = createMemoryHost({ ...files, ...more }, { env: { HOME: "/home/x" }, now: () => now++ });
  const read: string[] = [];
  const counting: WritableFiles = Object.create(host.files, {
    readFile: {
      value: (file: string) => {
        read.push(file);
        return host.files.readFile(file);
      },
    },
  });
  return { ...host, files: counting, read };
}

const add = (host: Host, store = new VirtualStore({ files: host.files }), packages = none): string =>
  addHostPackage(host, store, description, packages);

/** The programs that were read since the last look. */
const readPrograms = (host: { read: string[] }): string[] =>
  host.read.splice(0).filter((file) => !file.startsWith(cacheFolder));

describe("a package in the cache", () => {
  it("is neither read nor hashed, and the same", () => {
    const host = machine();
    const first = new VirtualStore({ files: host.files });
    const made = add(host, first);
    expect(readPrograms(host)).not.toEqual([]);
    const second = new VirtualStore({ files: host.files });
    expect(add(host, second)).toBe(made);
    expect(second.info(made)).toEqual(first.info(made));
    expect(second.references(made)).toEqual(first.references(made));
    expect(readPrograms(host)).toEqual([]);
    // Until somebody looks into it.
    expect(second.files.readDir(made)).toEqual([{ name: "bin", type: "directory" }]);
    expect(readPrograms(host)).not.toEqual([]);
  });

  it("is written into a store, and not read again once it is there", () => {
    const host = machine();
    const path = add(host);
    const local = openStore();
    const store = new VirtualStore({ files: host.files });
    add(host, store);
    store.materialise(path, local);
    const contents = fs.readFileSync(`${local.realPath(path)}/bin/one`);
    expect(contents.equals(Buffer.from(store.files.readFile(`${path}/bin/one`)))).toBe(true);
    expect(local.closure([path])).toHaveLength(2);
    readPrograms(host);
    const again = new VirtualStore({ files: host.files, local });
    again.materialise(add(host, again), local);
    expect(readPrograms(host)).toEqual([]);
    local.close();
  });

  it("is made anew when a file has changed, came or went", () => {
    const changes: readonly ((host: Host) => void)[] = [
      ({ files }) => files.writeFile("/usr/bin/one", files.readFile("/usr/bin/one")),
      ({ files }) => files.chmod("/lib/libc.so.6", 0o755),
      ({ files }) => files.symlink("/usr/bin/one", "/usr/local/bin/one"),
      ({ files }) => files.writeFile("/etc/ld.so.cache", Buffer.from("")),
      ({ files }) => {
        files.remove("/usr/bin/one");
        files.symlink("/usr/bin/script", "/usr/bin/one");
      },
    ];
    for (const change of changes) {
      const host = machine({ "/usr/local/bin/": "", "/etc/": "" });
      add(host);
      change(host);
      readPrograms(host);
      try {
        add(host);
      } catch (error) {
        // One of the changes leaves a script that no package has an interpreter for.
        expect(error).toBeInstanceOf(HostPackageError);
      }
      expect(readPrograms(host)).not.toEqual([]);
    }
  });

  it("is made anew when a package that it refers to is another one", () => {
    const host = machine();
    const script = describePackage({ programs: ["script"], required: ["script"] });
    const asked: string[] = [];
    const from =
      (number: string): InterpreterPackages =>
      (name) => {
        asked.push(name);
        return `/nix/store/${number.repeat(32)}-bash`;
      };
    const addScript = (packages: InterpreterPackages): string =>
      addHostPackage(host, new VirtualStore({ files: host.files }), script, packages);
    const one = addScript(from("1"));
    expect(addScript(from("1"))).toBe(one);
    expect(asked).toEqual(["sh", "sh"]);
    expect(addScript(from("2"))).not.toBe(one);
    expect(addScript(from("1"))).toBe(one);
  });

  it("is of one description, and of one search path", () => {
    const host = machine();
    add(host);
    readPrograms(host);
    addHostPackage(host, new VirtualStore({ files: host.files }), { ...description, pname: "other" }, none);
    expect(readPrograms(host)).not.toEqual([]);
    const elsewhere: Host = { ...host, env: (name) => (name === "PATH" ? "/opt/bin" : host.env(name)) };
    add(elsewhere);
    expect(readPrograms(host)).not.toEqual([]);
  });

  it("is ignored when it is damaged", () => {
    const host = machine();
    const made = add(host);
    const [entry] = host.files.readDir(cacheFolder);
    const file = `${cacheFolder}/${entry!.name}`;
    const good = Buffer.from(host.files.readFile(file));
    for (let i = 0; i < good.length; i += 97) {
      const bad = Buffer.from(good);
      bad[i] = bad[i]! ^ 1;
      host.files.writeFile(file, bad);
      readPrograms(host);
      expect(add(host)).toBe(made);
      expect(readPrograms(host)).not.toEqual([]);
      // And replaced by a good one.
      expect(Buffer.from(host.files.readFile(file)).equals(good)).toBe(true);
    }
    host.files.writeFile(file, good.subarray(0, good.length / 2));
    expect(add(host)).toBe(made);
    expect(host.files.readDir(cacheFolder)).toHaveLength(1);
  });

  it("is not asked for by those who have no folder for it, or may not write there", () => {
    const host = machine({ "/home/x/.cache": "a file" });
    const made = add(host);
    expect(add(host)).toBe(made);
    expect(add({ ...host, env: () => undefined })).toBe(made);
    const elsewhere = { ...host, env: (name: string) => (name === "XDG_CACHE_HOME" ? "/var/cache" : undefined) };
    expect(add(elsewhere)).toBe(made);
    expect(host.files.readDir("/var/cache/ocinix/host-packages")).toHaveLength(1);
  });

  it("does not become an object when its files change at the last moment", () => {
    const host = machine();
    add(host);
    const store = new VirtualStore({ files: host.files });
    const path = add(host, store);
    host.files.writeFile("/lib/libc.so.6", Buffer.concat([host.files.readFile("/lib/libc.so.6"), Buffer.from("new")]));
    const local = openStore();
    const write = () => store.materialise(path, local);
    expect(write).toThrow(StoreError);
    expect(write).toThrow("of files of this machine that have changed since. Nothing was added; try again.");
    expect(local.isValid(path)).toBe(false);
    local.close();
  });
});

describe("an object whose hash is known", () => {
  it("has the path that adding it would give, without being read", () => {
    const store = new VirtualStore({ files: createMemoryHost().files });
    const tree = directoryOf(new Map([["file", fileOf(Buffer.from("text"))]]));
    const references = [`/nix/store/${"1".repeat(32)}-x`];
    const path = store.add({ name: "known", tree, method: "nar", algorithm: "sha256", references });
    const other = new VirtualStore({ files: createMemoryHost().files });
    const unread = {
      type: "directory" as const,
      entries: () => {
        throw new Error("was read");
      },
    };
    const digest = hashNar(tree, "sha256");
    expect(other.addHashed({ name: "known", tree: unread, references }, digest)).toBe(path);
    expect(other.info(path)).toEqual(store.info(path));
    expect(() => other.files.readDir(path)).toThrow("was read");
  });

  it("is refused by a physical store when its contents are others", () => {
    const host = createMemoryHost();
    const store = new VirtualStore({ files: host.files });
    const tree = directoryOf(new Map([["file", fileOf(Buffer.from("text"))]]));
    const path = store.addHashed({ name: "known", tree: directoryOf(new Map()) }, hashNar(tree, "sha256"));
    const local = openStore();
    expect(() => store.materialise(path, local)).toThrow("hash mismatch in");
    expect(local.isValid(path)).toBe(false);
    local.close();
  });
});
