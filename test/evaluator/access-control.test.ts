import { describe, expect, it } from "vitest";
import { AccessControl, GuardedFiles } from "../../src/evaluator/access-control.ts";
import { defaultSettings } from "../../src/evaluator/settings.ts";
import { createMemoryHost } from "../../src/host/memory-host.ts";
import { NixError } from "../../src/source/nix-error.ts";

const host = createMemoryHost({
  "/allowed/file": "x",
  "/allowed/out": { symlink: "/secret/file" },
  "/secret/file": "y",
  "/secret/in": { symlink: "/allowed/file" },
});

function guarded(): { readonly access: AccessControl; readonly files: GuardedFiles } {
  const nixPath = [{ prefix: "a", path: "allowed" }];
  const access = new AccessControl({ ...defaultSettings, restrictEval: true, nixPath }, "/");
  return { access, files: new GuardedFiles(host.files, access) };
}

describe("guarded files", () => {
  it("are those below what is allowed, and the folders above", () => {
    const { access } = guarded();
    const paths = ["/", "/allowed", "/allowed/file", "/allowed/x/y", "/allowedx", "/secret", "/secret/file"];
    expect(paths.filter((path) => access.isAllowed(path))).toEqual(paths.slice(0, 4));
  });

  it("do not exist where they are not allowed", () => {
    const { files } = guarded();
    expect(files.lstat("/secret/file")).toBeUndefined();
    expect(files.stat("/allowed/out")).toBeUndefined();
    expect(files.stat("/allowed/file")?.type).toBe("regular");
    expect(files.readDir("/")).toEqual([{ name: "allowed", type: "directory" }]);
  });

  it("are judged by where links lead", () => {
    const { files } = guarded();
    expect(Buffer.from(files.readFile("/allowed/file")).toString()).toBe("x");
    expect(() => files.readFile("/allowed/out")).toThrow(NixError);
    expect(() => files.readFile("/secret/in")).toThrow("access to absolute path '/secret/in' is forbidden");
    expect(() => [...files.readChunks("/secret/file")]).toThrow(NixError);
    expect(() => files.realPath("/secret/file")).toThrow(NixError);
    expect(() => files.readLink("/secret/in")).toThrow(NixError);
    expect(files.readLink("/allowed/out")).toBe("/secret/file");
  });

  it("become more when something is allowed", () => {
    const { access, files } = guarded();
    access.allow("/secret/file");
    expect(Buffer.from(files.readFile("/allowed/out")).toString()).toBe("y");
    expect(files.readDir("/secret")).toEqual([{ name: "file", type: "regular" }]);
  });

  it("are none at first in pure evaluation, whatever the search path says", () => {
    const nixPath = [{ prefix: "a", path: "/allowed" }];
    const access = new AccessControl({ ...defaultSettings, pureEval: true, nixPath }, "/");
    expect(access.isAllowed("/allowed")).toBe(false);
  });
});
