// What every host promises about files: the same script runs against the real one and the one in memory.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { FileError, type Host } from "../../src/host/host.ts";
import { createMemoryHost } from "../../src/host/memory-host.ts";
import { createNodeHost } from "../../src/host/node-host.ts";

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-host-"));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

const hosts: readonly (readonly [string, () => { host: Host; dir: string }])[] = [
  ["node", () => ({ host: createNodeHost(), dir: fs.mkdtempSync(`${scratch}/node-`) })],
  ["memory", () => ({ host: createMemoryHost({ "/work/": "" }), dir: "/work" })],
];

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (contents: Uint8Array) => new TextDecoder().decode(contents);

function failureOf(action: () => unknown): { code: string; path: string; reason: string } {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(FileError);
    const { code, path, reason } = error as FileError;
    return { code, path, reason };
  }
  throw new Error("nothing was thrown");
}

describe.each(hosts)("%s host", (_name, open) => {
  it("reads back what it wrote, whole and in pieces", () => {
    const { host, dir } = open();
    const large = new Uint8Array(700_000).map((_, index) => index * 7);
    host.files.writeFile(`${dir}/large`, [large.subarray(0, 10), large.subarray(10)], { mode: 0o755, sync: true });
    expect(Buffer.from(host.files.readFile(`${dir}/large`)).equals(large)).toBe(true);
    expect(Buffer.concat([...host.files.readChunks(`${dir}/large`)]).equals(large)).toBe(true);
    expect(host.files.stat(`${dir}/large`)).toMatchObject({
      type: "regular",
      executable: true,
      size: 700_000,
      mode: 0o755,
    });
    host.files.writeFile(`${dir}/large`, bytes("small"), { mode: 0o640 });
    expect(text(host.files.readFile(`${dir}/large`))).toBe("small");
    expect(host.files.stat(`${dir}/large`)).toMatchObject({ executable: false, mode: 0o640 });
    host.files.writeFile(`${dir}/empty`, []);
    expect(Buffer.concat([...host.files.readChunks(`${dir}/empty`)]).length).toBe(0);
  });

  it("keeps the bytes of names and link targets, UTF-8 or not", () => {
    const { host, dir } = open();
    const name = "\xe9\xff \xc3\xa9";
    host.files.makeDir(`${dir}/${name}`);
    host.files.writeFile(`${dir}/${name}/${name}`, bytes("x"));
    host.files.symlink(`${name}/${name}`, `${dir}/link`);
    expect(host.files.readDir(`${dir}/${name}`)).toEqual([{ name, type: "regular" }]);
    expect(host.files.readLink(`${dir}/link`)).toBe(`${name}/${name}`);
    expect(host.files.realPath(`${dir}/link`)).toBe(`${host.files.realPath(dir)}/${name}/${name}`);
    expect(text(host.files.readFile(`${dir}/link`))).toBe("x");
    host.files.remove(`${dir}/${name}`);
    expect(host.files.lstat(`${dir}/${name}`)).toBeUndefined();
  });

  it("tells a symlink from what it leads to", () => {
    const { host, dir } = open();
    host.files.makeDir(`${dir}/folder`);
    host.files.symlink("folder", `${dir}/good`);
    host.files.symlink("nowhere", `${dir}/dangling`);
    host.files.symlink("loop", `${dir}/loop`);
    expect(host.files.lstat(`${dir}/good`)?.type).toBe("symlink");
    expect(host.files.stat(`${dir}/good`)?.type).toBe("directory");
    expect(host.files.lstat(`${dir}/dangling`)?.type).toBe("symlink");
    expect(host.files.stat(`${dir}/dangling`)).toBeUndefined();
    expect(failureOf(() => host.files.stat(`${dir}/loop`)).code).toBe("ELOOP");
    const types = new Map(host.files.readDir(dir).map(({ name, type }) => [name, type]));
    expect(types).toEqual(
      new Map([
        ["folder", "directory"],
        ["good", "symlink"],
        ["dangling", "symlink"],
        ["loop", "symlink"],
      ]),
    );
  });

  it("resolves `..` after symlinks, as the kernel does", () => {
    const { host, dir } = open();
    host.files.makeDir(`${dir}/a/b`);
    host.files.writeFile(`${dir}/a/file`, bytes("in a"));
    host.files.symlink("a/b", `${dir}/link`);
    expect(text(host.files.readFile(`${dir}/link/../file`))).toBe("in a");
    host.files.symlink(`${dir}/a`, `${dir}/a/b/absolute`);
    expect(text(host.files.readFile(`${dir}/link/absolute/b/absolute/./file`))).toBe("in a");
  });

  it("says what failed, where, in the words of strerror(3)", () => {
    const { host, dir } = open();
    host.files.writeFile(`${dir}/file`, bytes("x"));
    host.files.makeDir(`${dir}/folder/inner`);
    const missing = `${dir}/missing`;
    expect(failureOf(() => host.files.readFile(missing))).toEqual({
      code: "ENOENT",
      path: missing,
      reason: "No such file or directory",
    });
    expect(failureOf(() => host.files.readFile(`${dir}/file/x`)).reason).toBe("Not a directory");
    expect(failureOf(() => host.files.readFile(dir)).reason).toBe("Is a directory");
    expect(failureOf(() => host.files.readDir(`${dir}/file`)).code).toBe("ENOTDIR");
    expect(failureOf(() => host.files.readLink(`${dir}/file`)).code).toBe("EINVAL");
    expect(failureOf(() => host.files.realPath(missing)).code).toBe("ENOENT");
    expect(failureOf(() => host.files.symlink("x", `${dir}/file`)).reason).toBe("File exists");
    expect(failureOf(() => host.files.makeDir(`${dir}/file`)).code).toBe("EEXIST");
    expect(failureOf(() => host.files.makeDir(`${dir}/file/x`)).code).toBe("ENOTDIR");
    expect(failureOf(() => host.files.writeFile(`${missing}/x`, bytes(""))).code).toBe("ENOENT");
    expect(failureOf(() => host.files.writeFile(dir, bytes(""))).code).toBe("EISDIR");
    expect(failureOf(() => host.files.hardLink(missing, `${dir}/y`)).code).toBe("ENOENT");
    expect(failureOf(() => host.files.hardLink(dir, `${dir}/y`)).code).toBe("EPERM");
    expect(failureOf(() => host.files.rename(`${dir}/file`, `${dir}/folder`)).code).toBe("EISDIR");
    expect(failureOf(() => host.files.rename(`${dir}/folder`, `${dir}/folder/inner/x`)).code).toBe("EINVAL");
    expect(failureOf(() => host.files.chmod(missing, 0o600)).code).toBe("ENOENT");
    expect(failureOf(() => host.files.syncDir(missing)).code).toBe("ENOENT");
    expect(failureOf(() => host.files.syncAll([dir, missing]))).toMatchObject({ code: "ENOENT", path: missing });
    const many = Array.from({ length: 100 }, (_, index) => (index === 50 ? missing : `${dir}/file`));
    const failure = { code: "ENOENT", path: missing, reason: "No such file or directory" };
    expect(failureOf(() => host.files.syncAll(many))).toEqual(failure);
    expect(failureOf(() => host.files.readFile(`${dir}/a\0b`)).code).toBe("EINVAL");
    expect(failureOf(() => host.run(`${dir}/no-program`, [])).code).toBe("ENOENT");
    expect(host.files.lstat(`${dir}/file/x`)).toBeUndefined();
    expect(host.files.stat(missing)).toBeUndefined();
  });

  it("links, renames, sets times and modes", () => {
    const { host, dir } = open();
    host.files.writeFile(`${dir}/one`, bytes("1"));
    host.files.hardLink(`${dir}/one`, `${dir}/two`);
    expect(host.files.lstat(`${dir}/two`)?.inode).toBe(host.files.lstat(`${dir}/one`)?.inode);
    host.files.writeFile(`${dir}/three`, bytes("3"));
    host.files.rename(`${dir}/three`, `${dir}/two`);
    expect(text(host.files.readFile(`${dir}/two`))).toBe("3");
    expect(text(host.files.readFile(`${dir}/one`))).toBe("1");
    host.files.symlink("one", `${dir}/link`);
    host.files.setTimes(`${dir}/link`, 1);
    host.files.setTimes(`${dir}/two`, 7);
    expect(host.files.lstat(`${dir}/link`)?.mtimeMs).toBe(1000);
    expect(host.files.lstat(`${dir}/two`)?.mtimeMs).toBe(7000);
    expect(host.files.lstat(`${dir}/one`)?.mtimeMs).not.toBe(1000);
    host.files.chmod(`${dir}/one`, 0o444);
    expect(host.files.lstat(`${dir}/one`)?.mode).toBe(0o444);
    host.files.makeDir(`${dir}/folder/inner`);
    host.files.rename(`${dir}/folder`, `${dir}/moved`);
    expect(host.files.lstat(`${dir}/moved/inner`)?.type).toBe("directory");
    expect(host.files.lstat(`${dir}/folder`)).toBeUndefined();
    host.files.syncDir(`${dir}/moved`);
    const few = [`${dir}/one`, `${dir}/moved`];
    for (const paths of [[], few, Array.from({ length: 300 }, () => few).flat()]) host.files.syncAll(paths);
  });

  it("syncs files whose names are bytes", () => {
    const { host, dir } = open();
    const names = Array.from({ length: 40 }, (_, index) => `${dir}/\xff\xfc${index}`);
    for (const name of names) host.files.writeFile(name, bytes("x"));
    host.files.syncAll(names);
  });

  it("removes files, links and trees, and minds nothing that is not there", () => {
    const { host, dir } = open();
    host.files.makeDir(`${dir}/kept`);
    host.files.writeFile(`${dir}/kept/file`, bytes("x"));
    host.files.makeDir(`${dir}/tree/inner`);
    host.files.symlink(`${dir}/kept`, `${dir}/tree/inner/link`);
    host.files.remove(`${dir}/tree`);
    host.files.symlink("kept", `${dir}/link`);
    host.files.remove(`${dir}/link`);
    host.files.remove(`${dir}/never`);
    host.files.remove(`${dir}/kept/file/below`);
    expect(host.files.readDir(dir)).toEqual([{ name: "kept", type: "directory" }]);
    expect(text(host.files.readFile(`${dir}/kept/file`))).toBe("x");
  });
});
