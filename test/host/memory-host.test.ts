// How a memory host is set up; what its files do is in host-contract.test.ts.
import { expect, it } from "vitest";
import { createMemoryHost } from "../../src/host/memory-host.ts";

const text = (contents: Uint8Array) => new TextDecoder().decode(contents);

it("starts with the files it is given, parents included", () => {
  const { files } = createMemoryHost(
    {
      "/src/é/default.nix": "ü",
      "/src/run": { contents: "#!/bin/sh", executable: true },
      "/src/raw": new Uint8Array([0, 255]),
      "/link": { symlink: "src/é" },
      "/empty/": "",
    },
    { now: () => 42 },
  );
  expect(text(files.readFile("/link/default.nix"))).toBe("ü");
  expect(files.realPath("/link")).toBe("/src/\xc3\xa9");
  expect(files.lstat("/src/run")).toMatchObject({ executable: true, mode: 0o755, mtimeMs: 42_000 });
  expect(files.lstat("/src/raw")).toMatchObject({ executable: false, size: 2 });
  expect(files.readDir("/empty")).toEqual([]);
  expect(files.lstat("/")?.type).toBe("directory");
});

it("does not share memory with what it was given", () => {
  const given = new Uint8Array([1]);
  const { files } = createMemoryHost({ "/a": given });
  given[0] = 2;
  expect([...files.readFile("/a")]).toEqual([1]);
});

it("sees only the environment it is given", () => {
  const errors: string[] = [];
  const host = createMemoryHost(
    {},
    { env: { HOME: "/é" }, system: "aarch64-darwin", workingDir: "/w", writeError: (line) => errors.push(line) },
  );
  expect(host.env("HOME")).toBe("/\xc3\xa9");
  expect(host.env("PATH")).toBeUndefined();
  expect([host.system, host.workingDir, host.now()]).toEqual(["aarch64-darwin", "/w", 0]);
  host.writeError("trace: x\n");
  expect(errors).toEqual(["trace: x\n"]);
});
