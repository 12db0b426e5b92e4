// builtin:files: what it makes of its attribute, and what it refuses.
import { describe, expect, it } from "vitest";
import { BuildError } from "../../src/build/build-error.ts";
import { buildFiles } from "../../src/build/files-builder.ts";
import { bytesFromText } from "../../src/source/bytes.ts";
import type { StorePath } from "../../src/store/eval-store.ts";
import type { FileTree } from "../../src/store/file-tree.ts";
import { newPath, requestOf, specOf, treeOf } from "./request-of.ts";

function built(files: unknown, objects?: ReadonlyMap<StorePath, FileTree>) {
  const outputs = buildFiles(requestOf({ files }, objects));
  expect([...outputs.keys()]).toEqual(["out"]);
  return specOf(outputs.get("out")!);
}

function errorOf(files: unknown): BuildError {
  try {
    built(files);
  } catch (error) {
    expect(error).toBeInstanceOf(BuildError);
    return error as BuildError;
  }
  return expect.fail("there was no error");
}

describe("builtin:files", () => {
  it("makes texts, programs and links, and the folders they are in", () => {
    const files = {
      "bin/run": { text: "#!/bin/sh\n", executable: true },
      "bin/rerun": { link: "run" },
      "share/doc/a/b/read me": { text: "", executable: false },
      top: { text: bytesFromText("ü\0\xff\n") },
      "share.old": { link: "/nix/store" },
    };
    expect(built(files)).toEqual({
      "bin/run": { program: "#!/bin/sh\n" },
      "bin/rerun": { link: "run" },
      "share/doc/a/b/read me": "",
      top: bytesFromText("ü\0\xff\n"),
      "share.old": { link: "/nix/store" },
    });
  });

  it("makes an empty folder of nothing", () => {
    expect(built({})).toEqual({});
    expect(buildFiles(requestOf({ files: {} })).get("out")?.type).toBe("directory");
  });

  it("makes the output itself a file or link", () => {
    expect(built({ "": { text: "alone" } })).toBe("alone");
    const program = buildFiles(requestOf({ files: { "": { text: "x", executable: true } } })).get("out");
    expect(program).toMatchObject({ type: "regular", executable: true, size: 1 });
    const link = buildFiles(requestOf({ files: { "": { link: "/x" } } })).get("out");
    expect(link).toEqual({ type: "symlink", target: "/x" });
  });

  it("takes names like those of JavaScript's own for ordinary ones", () => {
    const files = JSON.parse('{"__proto__":{"text":"1"},"constructor/x":{"text":"2"}}') as unknown;
    const tree = buildFiles(requestOf({ files })).get("out")!;
    const names = tree.type === "directory" ? Array.from(tree.entries(), ([name]) => name) : [];
    expect(names).toEqual(["__proto__", "constructor"]);
  });

  it("joins the contents of store files, through symlinks", () => {
    const [one, two] = [newPath("one"), newPath("two")];
    const objects = new Map([
      [one, treeOf({ "a/b": "first\n", "a/up": { link: `../../${two.slice(11)}` } })],
      [two, treeOf("second\n")],
    ]);
    const files = {
      all: { concat: [`${one}/a/b`, `${one}/a/up`, two], executable: true },
      none: { concat: [] },
    };
    expect(built(files, objects)).toEqual({ all: { program: "first\nsecond\nsecond\n" }, none: "" });
  });

  it.each<[string, unknown, string, string]>([
    ["no files", undefined, "bad-attribute", "attribute 'files' is missing; it must be a set"],
    ["a list of files", [], "bad-attribute", "attribute 'files' is a list; it must be a set"],
    ["a text for a file", { a: "x" }, "bad-attribute", "attribute 'files.a' is a string; it must be a set"],
    ["an empty file", { "a/b": {} }, "bad-attribute", `attribute 'files."a/b"' is a set; it must be a set with one of`],
    ["two kinds", { a: { text: "", link: "b" } }, "bad-attribute", "one of 'text', 'link' and 'concat'"],
    ["a number", { a: { text: 1 } }, "bad-attribute", "attribute 'files.a.text' is a number; it must be a string"],
    ["null", { a: { link: null } }, "bad-attribute", "attribute 'files.a.link' is null; it must be a string"],
    ["an empty link", { a: { link: "" } }, "bad-attribute", "it must be a string that is not empty"],
    ["NUL in a link", { a: { link: "b\0c" } }, "bad-attribute", "it must be a string without NUL bytes"],
    [
      "a text mode",
      { a: { text: "", executable: "1" } },
      "bad-attribute",
      "executable' is a string; it must be a Boolean",
    ],
    ["a list of no paths", { a: { concat: [1] } }, "bad-attribute", "is a list; it must be a list of strings"],
    ["a leading slash", { "/a": { text: "" } }, "bad-attribute", "'/a' is not a path below the output"],
    ["a trailing slash", { "a/": { text: "" } }, "bad-attribute", "'a/' is not a path below the output"],
    ["a way out", { "a/../../b": { text: "" } }, "bad-attribute", "'a/../../b' is not a path below the output"],
    ["a dot", { "./a": { text: "" } }, "bad-attribute", "'./a' is not a path below the output"],
    ["NUL in a name", { "a\0": { text: "" } }, "bad-attribute", "is not a path below the output"],
    ["a file in a file", { a: { text: "" }, "a/b/c": { text: "" } }, "collision", "'a/b/c' is below the file 'a'"],
    [
      "a file in a link",
      { "a/b": { link: "x" }, "a/b/c": { text: "" } },
      "collision",
      "'a/b/c' is below the file 'a/b'",
    ],
    ["files in itself", { "": { text: "" }, b: { text: "" } }, "collision", "makes the output itself a file"],
    [
      "nothing to join",
      { a: { concat: ["/nix/store/x"] } },
      "missing-input",
      "'/nix/store/x' is not there, or not an input",
    ],
    ["a file of the host", { a: { concat: ["/etc/passwd"] } }, "missing-input", "'/etc/passwd' is not there"],
  ])("refuses %s", (_, files, code, message) => {
    const error = errorOf(files);
    expect(error.message).toContain(message);
    expect(error.code).toBe(code);
  });

  it("joins no folders, and nothing behind circles of links", () => {
    const path = newPath("folder");
    const objects = new Map([[path, treeOf({ "a/b": "", loop: { link: "loop" }, out: { link: "/etc/passwd" } })]]);
    const join = (name: string) => () => built({ x: { concat: [`${path}/${name}`] } }, objects);
    expect(join("a")).toThrow(`'${path}/a' is a directory and not a file`);
    expect(join("loop")).toThrow(`'${path}/loop' is not there`);
    expect(join("out")).toThrow(`'${path}/out' is not there`);
  });
});
