// builtin:join: how folders become one, and which of two things at the same place is taken.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { BuildError } from "../../src/build/build-error.ts";
import { buildJoin } from "../../src/build/join-builder.ts";
import type { StorePath } from "../../src/store/eval-store.ts";
import type { FileTree } from "../../src/store/file-tree.ts";
import { joinCases, resolved } from "./buildenv/cases.ts";
import { newPath, requestOf, specOf, type TreeSpec, treeOf } from "./request-of.ts";

const [a, b, c] = ["a", "b", "c"].map(newPath) as [StorePath, StorePath, StorePath];

type Specs = Readonly<Record<StorePath, TreeSpec | string>>;

function tree(specs: Specs, attributes: Readonly<Record<string, unknown>>): FileTree {
  const objects = new Map(Object.entries(specs).map(([path, spec]) => [path, treeOf(spec)]));
  return buildJoin(requestOf({ paths: Object.keys(specs), ...attributes }, objects)).get("out")!;
}

function joined(specs: Specs, attributes: Readonly<Record<string, unknown>> = {}) {
  return specOf(tree(specs, attributes));
}

function errorOf(specs: Specs, attributes: Readonly<Record<string, unknown>> = {}): BuildError {
  try {
    tree(specs, attributes);
  } catch (error) {
    expect(error).toBeInstanceOf(BuildError);
    return error as BuildError;
  }
  return expect.fail("there was no error");
}

/** Links with their targets in short. */
const links = (targets: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(targets).map(([path, target]) => [path, { link: target }]));

describe("builtin:join with folders linked", () => {
  it("links whole folders that only one path has, and opens the others", () => {
    const specs = {
      [a]: { "bin/a": "", "share/doc/a": "", "lib/one/x": "", top: "" },
      [b]: { "bin/b": "", "share/doc/b": "", "share/man/b": "" },
    };
    expect(joined(specs)).toEqual(
      links({
        "bin/a": `${a}/bin/a`,
        "bin/b": `${b}/bin/b`,
        "share/doc/a": `${a}/share/doc/a`,
        "share/doc/b": `${b}/share/doc/b`,
        "share/man": `${b}/share/man`,
        lib: `${a}/lib`,
        top: `${a}/top`,
      }),
    );
  });

  it("opens a folder that is a symlink", () => {
    const specs = {
      [a]: { "usr/bin/a": "", bin: { link: "usr/bin" } },
      [b]: { "bin/b": "" },
      [c]: { bin: { link: `${b}/bin` } },
    };
    expect(joined(specs)).toEqual(links({ usr: `${a}/usr`, "bin/a": `${a}/bin/a`, "bin/b": `${b}/bin/b` }));
  });

  it("has no collision between two ways to one file", () => {
    expect(joined({ [a]: { x: "1" }, [b]: { x: { link: `${a}/x` } } })).toEqual(links({ x: `${a}/x` }));
    expect(joined({ [b]: { x: { link: `${a}/x` } }, [a]: { x: "1" } })).toEqual(links({ x: `${a}/x` }));
    expect(joined({ [a]: { d: { link: "nowhere" } } }, { paths: [a, a] })).toEqual(links({ d: `${a}/d` }));
  });

  it("leaves out what every package has", () => {
    const specs = {
      [a]: {
        "nix-support/x": "",
        "propagated-build-inputs": "",
        "share/info/dir": "",
        "share/info/a.info": "",
        "lib/perl/perllocal.pod": "",
        "share/mime/mime.cache": "",
        "share/mime/packages/a.xml": "",
        "share/nix-support": "",
      },
      [b]: { "share/info/b.info": "", "share/mime/b": "", "lib/perl/b": "" },
    };
    expect(joined(specs)).toEqual(
      links({
        "lib/perl/b": `${b}/lib/perl/b`,
        "share/info/a.info": `${a}/share/info/a.info`,
        "share/info/b.info": `${b}/share/info/b.info`,
        "share/mime/packages": `${a}/share/mime/packages`,
        "share/nix-support": `${a}/share/nix-support`,
      }),
    );
  });

  it("does not fall into folders that hold themselves", () => {
    const specs = { [a]: { "d/x": "", "d/self": { link: "." } }, [b]: { "d/y": "", "d/self": { link: "." } } };
    const error = errorOf(specs);
    expect(error.code).toBe("collision");
    expect(error.message).toContain("is too deep in folders that several paths have");
  });
});

describe("builtin:join without", () => {
  it("makes every folder and links everything else", () => {
    const specs = {
      [a]: { "bin/a": { program: "" }, "share/empty/": "", lib: { link: "share" }, "nix-support/x": "" },
      [b]: { "bin/b": "", "share/other/f": "" },
    };
    expect(joined(specs, { linkDirs: false })).toEqual({
      ...links({
        "bin/a": `${a}/bin/a`,
        "bin/b": `${b}/bin/b`,
        "share/other/f": `${b}/share/other/f`,
        lib: `${a}/lib`,
        "nix-support/x": `${a}/nix-support/x`,
      }),
      "share/empty/": "",
    });
  });

  it("takes a symlink for no folder", () => {
    const specs = { [a]: { "real/x": "", d: { link: "real" } }, [b]: { "d/y": "" } };
    expect(errorOf(specs, { linkDirs: false }).message).toContain(`collision between '${a}/d' and '${b}/d'`);
  });
});

describe.each([true, false])("builtin:join with linkDirs = %s", (linkDirs) => {
  it("joins nothing to an empty folder", () => {
    expect(joined({}, { linkDirs })).toEqual({});
    expect(joined({ [a]: {} }, { linkDirs, extraPrefix: "/opt" })).toEqual({});
  });

  it("takes only what is wanted", () => {
    const specs = {
      [a]: { "bin/a": "", "share/man/man1/a": "", "share/doc/a": "", include: "a file", top: "" },
      [b]: { "share/man/man1/b": "", "include/b.h": "" },
    };
    const attributes = { linkDirs, pathsToLink: ["/bin/", "/share/man", "/include/b.h", "/lib"] };
    expect(joined(specs, attributes)).toEqual(
      links({
        ...(linkDirs ? { bin: `${a}/bin` } : { "bin/a": `${a}/bin/a` }),
        "share/man/man1/a": `${a}/share/man/man1/a`,
        "share/man/man1/b": `${b}/share/man/man1/b`,
        "include/b.h": `${b}/include/b.h`,
      }),
    );
    expect(joined({ [a]: { "share/doc/a": "" } }, attributes)).toEqual({});
    expect(joined({ [a]: { "bin/a": "" } }, { linkDirs, pathsToLink: [] })).toEqual({});
  });

  it("puts it below a prefix", () => {
    const specs = { [a]: { f: "" }, [b]: { g: "" } };
    expect(
      joined(specs, { linkDirs, extraPrefix: "/opt/x", files: { "opt/y": { text: "y" }, "opt/x/g": { text: "g" } } }),
    ).toEqual({
      ...links({ "opt/x/f": `${a}/f` }),
      "opt/y": "y",
      "opt/x/g": "g",
    });
  });

  it("skips what is missing, or says so", () => {
    const paths = [a, `${a}/lib`, `${a}/bin`, newPath("missing")];
    expect(joined({ [a]: { "bin/x": { program: "" } } }, { linkDirs, paths: paths.slice(1) })).toEqual(
      links({ x: `${a}/bin/x` }),
    );
    const error = errorOf({ [a]: { "bin/x": "" } }, { linkDirs, paths, failOnMissing: true });
    expect(error.message).toBe(`'${a}/lib' is not there, or not an input of the derivation`);
    expect(error.code).toBe("missing-input");
  });

  it("reads nothing but its inputs", () => {
    expect(joined({ [a]: { out: { link: "/etc" } } }, { linkDirs, paths: ["/etc", `${a}/out`] })).toEqual({});
  });

  it("refuses files, or skips them", () => {
    const specs = { [a]: "a file", [b]: { x: "" } };
    expect(errorOf(specs, { linkDirs }).message).toBe(
      `'${a}' is a file and cannot be joined with others; only folders can`,
    );
    expect(joined(specs, { linkDirs, ignoreSingleFileOutputs: true })).toEqual(links({ x: `${b}/x` }));
  });

  it("joins everything that the paths refer to", () => {
    const specs = { [a]: { a: `uses ${b}` }, [b]: { b: `uses ${c}`, a: "other" }, [c]: "a file" };
    const attributes = { linkDirs, paths: [{ path: a, priority: 1 }], includeClosures: true };
    expect(joined(specs, attributes)).toEqual(links({ a: `${a}/a`, b: `${b}/b` }));
    expect(joined(specs, { linkDirs, paths: [{ path: `${a}`, priority: 7 }], includeClosures: true })).toEqual(
      links({ a: `${b}/a`, b: `${b}/b` }),
    );
  });

  const one = { [a]: { "bin/x": { program: "1" } }, [b]: { "bin/x": { program: "2" }, "bin/y": "" } };

  it("names both sides of a collision", () => {
    const error = errorOf(one, { linkDirs });
    expect(error.code).toBe("collision");
    expect(error.message).toBe(
      `collision between '${a}/bin/x' and '${b}/bin/x'; set ignoreCollisions = true to take the first`,
    );
  });

  it("takes the first where collisions are ignored", () => {
    const attributes = { linkDirs, ignoreCollisions: true };
    expect(joined(one, attributes)).toEqual(links({ "bin/x": `${a}/bin/x`, "bin/y": `${b}/bin/y` }));
    expect(joined(one, { ...attributes, paths: [b, a] })).toMatchObject(links({ "bin/x": `${b}/bin/x` }));
  });

  it("takes the lower priority number", () => {
    const paths = (first: number, second: number) => [
      { path: a, priority: first },
      { path: b, priority: second },
    ];
    expect(joined(one, { linkDirs, paths: paths(6, 5) })).toMatchObject(links({ "bin/x": `${b}/bin/x` }));
    expect(joined(one, { linkDirs, paths: paths(-1, 0) })).toMatchObject(links({ "bin/x": `${a}/bin/x` }));
    expect(joined(one, { linkDirs, paths: [{ path: a, priority: 4 }, b] })).toMatchObject(
      links({ "bin/x": `${a}/bin/x` }),
    );
    expect(joined(one, { linkDirs, paths: [{ path: a }, { path: b, priority: 4 }] })).toMatchObject(
      links({ "bin/x": `${b}/bin/x` }),
    );
  });

  it("compares contents and the executable bit", () => {
    const specs = (second: TreeSpec[string]) => ({ [a]: { f: "same" }, [b]: { f: second, g: "same" } });
    expect(joined(specs("same"), { linkDirs })).toMatchObject(links({ f: `${a}/f` }));
    expect(joined(specs({ link: "g" }), { linkDirs })).toMatchObject(links({ f: `${a}/f` }));
    for (const other of ["diff", "longer", { program: "same" }, { link: "nowhere" }]) {
      expect(errorOf(specs(other), { linkDirs }).code).toBe("collision");
    }
    expect(errorOf(specs("same"), { linkDirs, checkCollisionContents: false }).code).toBe("collision");
  });

  it("has collisions between files and folders", () => {
    const specs = { [a]: { x: "a file" }, [b]: { "x/y": "" }, [c]: { "x/z": "" } };
    const orders = [
      [[a, b], `'${a}/x' and '${b}/x'`],
      [[b, a], `'${b}/x' and '${a}/x'`],
      [[b, c, a], `'${b}/x' and '${a}/x'`],
    ] as const;
    for (const [paths, both] of orders) {
      expect(errorOf(specs, { linkDirs, paths }).message).toContain(`collision between ${both}`);
    }
    const best = [b, c, { path: a, priority: 1 }];
    expect(joined(specs, { linkDirs, paths: best })).toEqual(links({ x: `${a}/x` }));
    const worst = [b, { path: c, priority: 9 }, { path: a, priority: 7 }];
    expect(joined(specs, { linkDirs, paths: worst })).toEqual(links({ "x/y": `${b}/x/y`, "x/z": `${c}/x/z` }));
  });

  it("puts its files in last", () => {
    const specs = { [a]: { "etc/conf/a": "", "bin/a": "" }, [b]: { "bin/b": "" } };
    const files = {
      "bin/a": { text: "mine", executable: true },
      "etc/conf/b": { link: "a" },
      "var/log/x": { text: "" },
    };
    expect(joined(specs, { linkDirs, files })).toEqual({
      ...links({ "bin/b": `${b}/bin/b`, "etc/conf/a": `${a}/etc/conf/a`, "etc/conf/b": "a" }),
      "bin/a": { program: "mine" },
      "var/log/x": "",
    });
    expect(joined(specs, { linkDirs, files: { bin: { text: "" } } })).toMatchObject({ bin: "" });
    expect(errorOf(specs, { linkDirs, files: { "bin/a/x": { text: "" } } }).message).toBe(
      "attribute 'files': 'bin/a/x' is below 'bin/a', which is a file",
    );
    expect(errorOf(specs, { linkDirs, files: { "": { text: "" } } }).message).toContain(
      "the output of a join is a folder",
    );
  });
});

describe("builtin:join", () => {
  it.each<[string, Readonly<Record<string, unknown>>, string]>([
    ["no paths", { paths: undefined }, "attribute 'paths' is missing; it must be a list"],
    ["a path alone", { paths: a }, "attribute 'paths' is a string; it must be a list"],
    ["numbers", { paths: [1] }, "attribute 'paths' is a list; it must be a list of strings and of sets with"],
    ["a path without path", { paths: [{ priority: 1 }] }, "attribute 'paths[0].path' is missing; it must be a string"],
    [
      "half a priority",
      { paths: [a, { path: b, priority: 1.5 }] },
      "attribute 'paths[1].priority' is a number; it must be an integer",
    ],
    ["a text for a flag", { linkDirs: "yes" }, "attribute 'linkDirs' is a string; it must be a Boolean"],
    [
      "a relative place",
      { pathsToLink: ["bin"] },
      "attribute 'pathsToLink': 'bin' is not an absolute path without '..'",
    ],
    ["a way out", { extraPrefix: "/../x" }, "attribute 'extraPrefix': '/../x' is not an absolute path without '..'"],
    [
      "closures of no object",
      { paths: ["/etc"], includeClosures: true },
      "attribute 'paths': path '/etc' is not in the Nix store",
    ],
  ])("refuses %s", (_, attributes, message) => {
    const error = errorOf({ [a]: {} }, attributes);
    expect(error.message).toContain(message);
    expect(error.code).toBe("bad-attribute");
  });
});

const buildenvResults = JSON.parse(readFileSync(new URL("buildenv/results.json", import.meta.url), "utf8")) as Readonly<
  Record<string, Readonly<Record<string, string>>>
>;

describe("builtin:join beside the builtin:buildenv of C++ Nix", () => {
  it("has the same cases", () => {
    expect(Object.keys(buildenvResults)).toEqual(joinCases.map(({ name }) => name));
  });

  it.each(joinCases)("makes the same of $name", ({ name, packages }) => {
    const paths = new Map(Object.keys(packages).map((key) => [key, newPath(key)]));
    const pathOf = (key: string) => paths.get(key)!;
    const objects = new Map(
      Object.entries(packages).map(([key, { tree }]) => [pathOf(key), treeOf(resolved(key, tree, pathOf))]),
    );
    const wanted = Object.entries(packages).map(([key, { priority }]) => ({ path: pathOf(key), priority }));
    const request = requestOf({ paths: wanted }, objects);
    // buildEnv of nixpkgs goes on through a symlink to a folder, C++ Nix from where that leads.
    const real = (entry: unknown) => request.files.realPath((entry as { link: string }).link);
    const made = Object.entries(specOf(buildJoin(request).get("out")!)).map(([place, entry]) => [place, real(entry)]);
    const expected = Object.entries(buildenvResults[name]!).map(([place, target]) => {
      return [place, real({ link: target.replace(/^@(\w+)/, (_, key: string) => pathOf(key)) })];
    });
    expect(Object.fromEntries(made)).toEqual(Object.fromEntries(expected));
  });
});
