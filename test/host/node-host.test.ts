// What only the real host does: read-only and very deep trees, processes, the platform.
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { FileError } from "../../src/host/host.ts";
import { createNodeHost, nixSystem } from "../../src/host/node-host.ts";

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-node-host-"));
const host = createNodeHost();
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));
const text = (contents: Uint8Array) => Buffer.from(contents).toString();

describe("remove", () => {
  it("removes a tree of read-only folders as an ordinary user", () => {
    const tree = `${scratch}/read-only`;
    fs.mkdirSync(`${tree}/a/b`, { recursive: true });
    fs.writeFileSync(`${tree}/a/b/file`, "x", { mode: 0o444 });
    for (const folder of [`${tree}/a/b`, `${tree}/a`, tree]) fs.chmodSync(folder, 0o555);
    const asRoot = process.getuid?.() === 0;
    if (asRoot) {
      fs.chmodSync(scratch, 0o777);
      execFileSync("chown", ["-R", "65534:65534", tree]);
    }
    const script = `
      import { createNodeHost } from ${JSON.stringify(path.resolve("src/host/node-host.ts"))};
      createNodeHost().files.remove(${JSON.stringify(tree)});`;
    const child = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
      encoding: "utf8",
      ...(asRoot && { uid: 65534, gid: 65534 }),
    });
    expect(child.stderr).toBe("");
    expect(fs.existsSync(tree)).toBe(false);
  });

  it("removes a tree that is deeper than the longest path", () => {
    const tree = `${scratch}/deep`;
    const level = `/${"d".repeat(100)}`;
    fs.mkdirSync(tree + level.repeat(30), { recursive: true });
    fs.mkdirSync(`${scratch}/deeper${level.repeat(30)}`, { recursive: true });
    fs.renameSync(tree, `${scratch}/deeper${level.repeat(30)}/deep`);
    fs.renameSync(`${scratch}/deeper`, tree);
    host.files.remove(tree);
    expect(fs.existsSync(tree)).toBe(false);
  });
});

describe("makeDir", () => {
  it("fails where the kernel makes no folders, and ends", () => {
    expect(() => host.files.makeDir("/proc/nothing/here")).toThrow(FileError);
  });
});

describe("run", () => {
  it("gives status, signal and both outputs, as bytes", () => {
    const ended = host.run("/bin/sh", ["-c", 'cat; printf "%s" "$1$NAME" >&2; exit 3', "sh", "\xc3\xa9"], {
      input: Buffer.from("\xff\0", "latin1"),
      env: { NAME: "\xc3\xbc", PATH: "/usr/bin:/bin" },
    });
    expect(ended.status).toBe(3);
    expect([...ended.stdout]).toEqual([255, 0]);
    expect(text(ended.stderr)).toBe("éü");
    expect(host.run("/bin/sh", ["-c", "kill -9 $$"])).toMatchObject({ status: null, signal: "SIGKILL" });
  });

  it("looks programs up in PATH, and starts in the folder it is told", () => {
    expect(text(host.run("pwd", [], { cwd: "/" }).stdout)).toBe("/\n");
  });

  it("does not lose output beyond a megabyte", () => {
    expect(host.run("head", ["-c", "3000000", "/dev/zero"]).stdout.length).toBe(3_000_000);
  });

  it("refuses arguments that it could not pass on unchanged", () => {
    expect(() => host.run("echo", ["\xff"])).toThrow(FileError);
  });
});

describe("environment and platform", () => {
  it("gives variables as byte strings", () => {
    process.env["OCINIX_HOST_TEST"] = "ü";
    expect(host.env("OCINIX_HOST_TEST")).toBe("\xc3\xbc");
    expect(host.env("OCINIX_HOST_TEST_UNSET")).toBeUndefined();
  });

  it.each([
    ["linux", "x64", "x86_64-linux"],
    ["linux", "arm64", "aarch64-linux"],
    ["darwin", "x64", "x86_64-darwin"],
    ["darwin", "arm64", "aarch64-darwin"],
    ["linux", "riscv64", "riscv64-linux"],
    ["linux", "ia32", "i686-linux"],
  ])("calls %s on %s %s", (platform, arch, system) => {
    expect(nixSystem(platform, arch)).toBe(system);
  });

  it("knows the working folder and whole seconds", () => {
    expect(host.workingDir).toBe(Buffer.from(process.cwd()).toString("latin1"));
    expect(Number.isInteger(host.now())).toBe(true);
  });
});

it("loads neither fs-extra nor child_process before they are needed", () => {
  const script = `
    import { createNodeHost } from ${JSON.stringify(path.resolve("src/host/node-host.ts"))};
    import module from "node:module";
    createNodeHost().files.readDir("/");
    const loaded = Object.keys(module._cache ?? {}).filter((file) => /fs-extra|graceful/.test(file));
    console.log(loaded.length, process.moduleLoadList.includes("NativeModule child_process"));`;
  const output = execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
  expect(output).toBe("0 false\n");
});
