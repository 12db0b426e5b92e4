// builtin:fetchurl with the only URLs that it has for now.
import { describe, expect, it } from "vitest";
import { BuildError } from "../../src/build/build-error.ts";
import { fetchurlBuilder } from "../../src/build/fetchurl-builder.ts";
import { FileError } from "../../src/host/host.ts";
import { createMemoryHost } from "../../src/host/memory-host.ts";
import { narOf } from "../../src/store/nar.ts";
import { requestOf, specOf, treeOf } from "./request-of.ts";

const packed = { "bin/x": { program: "x" }, link: { link: "bin" } };
const { files } = createMemoryHost({
  "/data/a b": "contents",
  "/data/ü": "umlaut",
  "/data/tree.nar": Buffer.concat([...narOf(treeOf(packed))]),
  "/data/tree.nar.xz": "compressed",
});

function fetched(attributes: Record<string, unknown>) {
  const request = { ...requestOf(attributes), fixedOutputs: new Set(["out"]) };
  return fetchurlBuilder(files)(request).get("out")!;
}

function errorOf(attributes: Record<string, unknown>): BuildError {
  try {
    fetched(attributes);
  } catch (error) {
    expect(error).toBeInstanceOf(BuildError);
    return error as BuildError;
  }
  return expect.fail("there was no error");
}

describe("builtin:fetchurl", () => {
  it.each(["file:///data/a%20b", "file:/data/a b", "file://localhost/data/a%20b", "FILE:///data/a b#part"])(
    "reads %s",
    (url) => {
      expect(fetched({ url, unpack: "", executable: "" })).toMatchObject({
        type: "regular",
        executable: false,
        size: 8,
      });
      expect(specOf(fetched({ url }))).toBe("contents");
    },
  );

  it("takes percent signs for bytes", () => {
    expect(specOf(fetched({ url: "file:///data/%C3%BC" }))).toBe("umlaut");
  });

  it("makes a program, or unpacks a NAR, as the environment or the structured attributes say", () => {
    for (const on of ["1", true]) {
      expect(fetched({ url: "file:///data/a b", executable: on })).toMatchObject({ executable: true });
      expect(specOf(fetched({ url: "file:///data/tree.nar", unpack: on }))).toEqual(packed);
    }
  });

  it.each<[Record<string, unknown>, string, string]>([
    [
      { url: "https://example.org/x" },
      "needs-download",
      "it downloads 'https://example.org/x', and this version of ocinix downloads nothing",
    ],
    [{ url: "file://server/data/x" }, "needs-download", "it downloads 'file://server/data/x'"],
    [{ url: "mirror://gnu/x" }, "needs-download", "it downloads 'mirror://gnu/x'"],
    [{}, "bad-attribute", "attribute 'url' is missing; it must be a string"],
    [
      { url: "file:///data/missing" },
      "missing-input",
      "unable to read 'file:///data/missing': No such file or directory",
    ],
    [{ url: "file:///data" }, "missing-input", "unable to read 'file:///data': Not a file"],
    [{ url: "file:///data/a b", unpack: "1" }, "bad-attribute", "cannot unpack 'file:///data/a b': "],
    [{ url: "file:///data/tree.nar.xz", unpack: "1" }, "unsupported", "this version of ocinix does not unpack xz"],
  ])("refuses %j", (attributes, code, message) => {
    const error = errorOf(attributes);
    expect(error.message).toContain(message);
    expect(error.code).toBe(code);
  });

  it("gives the reason where a file may not be read", () => {
    const stat = (path: string) => {
      throw new FileError("EACCES", path, "Permission denied");
    };
    const build = fetchurlBuilder({ ...files, stat });
    const request = { ...requestOf({ url: "file:///x" }), fixedOutputs: new Set(["out"]) };
    expect(() => build(request)).toThrow("unable to read 'file:///x': Permission denied");
  });

  it("needs a hash", () => {
    expect(() => fetchurlBuilder(files)(requestOf({ url: "file:///data/a b" }))).toThrow("it needs 'outputHash'");
  });
});
