// What `buildContainer` may be given.
import { describe, expect, it } from "vitest";
import { ConfigError } from "../../src/oci/config-error.ts";
import { readContainerSpec } from "../../src/oci/container-spec.ts";

function problemsOf(value: unknown): string[] {
  try {
    readContainerSpec(value);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    expect(error.code).toBe("invalid-container");
    return error.problems.map(({ path, message }) => `${path}: ${message}`);
  }
}

describe("readContainerSpec", () => {
  it("fills in what may be missing", () => {
    expect(readContainerSpec({ args: ["/x"] })).toEqual({
      args: ["/x"],
      mounts: {},
      readonly: false,
      os: "linux",
      arch: "x86_64",
    });
  });

  it("takes `options = null` for no options", () => {
    const { mounts } = readContainerSpec({
      args: ["/x"],
      mounts: {
        "/a": { type: "none", source: "/a", options: null },
        "/b": { type: "none", source: "/b", options: ["ro"] },
      },
    });
    expect(mounts).toEqual({
      "/a": { type: "none", source: "/a" },
      "/b": { type: "none", source: "/b", options: ["ro"] },
    });
  });

  it.each<[unknown, string[]]>([
    [3, [": must be a set, but is a number", "args: is missing; it must be a list of strings"]],
    [{}, ["args: is missing; it must be a list of strings"]],
    [{ args: "/x" }, ["args: must be a list of strings, but is a string"]],
    [{ args: [] }, ["args: must name the program to run, but is empty"]],
    [{ args: [""] }, ["args[0]: must be the path of a program, but is empty"]],
    [{ args: ["/x", 1] }, ["args[1]: must be a string, but is a number"]],
    [{ args: ["/x\0y"] }, ["args[0]: must not contain a NUL byte"]],
    [{ args: ["/x"], readonly: "yes" }, ["readonly: must be a Boolean, but is a string"]],
    [{ args: ["/x"], mounts: [] }, ["mounts: must be a set, but is a list"]],
    [{ args: ["/x"], mounts: { "/a": "/b" } }, ['mounts."/a": must be a set, but is a string']],
    [
      { args: ["/x"], mounts: { "/a": {} } },
      ['mounts."/a".type: is missing; it must be a string', 'mounts."/a".source: is missing; it must be a string'],
    ],
    [
      { args: ["/x"], mounts: { "/a": { type: "none", source: "/b", options: "ro" } } },
      ['mounts."/a".options: must be a list of strings, but is a string'],
    ],
    [
      { args: ["/x"], mounts: { "/a": { type: "none", source: "/b", option: [] } } },
      ["mounts.\"/a\": unknown argument 'option'; known are 'type', 'source', 'options'"],
    ],
    [
      { args: ["/x"], readOnly: true },
      [": unknown argument 'readOnly'; known are 'args', 'mounts', 'readonly', 'os', 'arch'"],
    ],
    [{ args: ["/x"], os: "darwin" }, ["os: must be \"linux\": OCI bundles for 'darwin' cannot be built"]],
    [{ args: ["/x"], arch: "z80" }, ["arch: 'z80' is not a known processor architecture"]],
    [
      { args: null, readonly: null },
      ["args: must be a list of strings, but is null", "readonly: must be a Boolean, but is null"],
    ],
  ])("says what is wrong with %j", (value, problems) => {
    expect(problemsOf(value)).toEqual(problems);
  });
});
