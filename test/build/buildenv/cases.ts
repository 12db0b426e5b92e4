// Joins whose results C++ Nix's own `builtin:buildenv` knows, as far as the two mean the same: no files that start with
// a dot, no dangling links, and the paths in the order of their priorities and names.
import type { TreeSpec } from "../request-of.ts";

export interface JoinCase {
  readonly name: string;
  /** By name, in order. The target of a link into the package `b` of the same case starts with `@b/`. */
  readonly packages: Readonly<Record<string, { readonly priority: number; readonly tree: TreeSpec }>>;
}

const single: TreeSpec = {
  "bin/a": { program: "a" },
  "share/doc/a/readme": "x",
  "lib/libx.so": { link: "libx.so.1" },
  "lib/libx.so.1": "",
};

export const joinCases: readonly JoinCase[] = [
  { name: "one", packages: { a: { priority: 5, tree: single } } },
  {
    name: "disjoint",
    packages: {
      a: { priority: 5, tree: { "bin/a": "", "lib/a/x": "" } },
      b: { priority: 5, tree: { "share/b": "", top: "" } },
      c: { priority: 5, tree: {} },
    },
  },
  {
    name: "merged",
    packages: {
      a: { priority: 5, tree: { "bin/a": "", "share/man/man1/a": "", "share/doc/a": "" } },
      b: { priority: 5, tree: { "bin/b": "", "share/man/man1/b": "", "share/man/man5/b": "", "share/locale/de": "" } },
      c: { priority: 5, tree: { "bin/c": "", "share/man/man8/c": "", "empty/": "" } },
    },
  },
  {
    name: "linked-folders",
    packages: {
      a: { priority: 5, tree: { "usr/bin/a": "", bin: { link: "usr/bin" } } },
      b: { priority: 5, tree: { "bin/b": "", lib: { link: "@a/usr" } } },
      c: { priority: 5, tree: { "lib/c": "" } },
    },
  },
  {
    name: "priorities",
    packages: {
      a: { priority: 4, tree: { "bin/x": "4", "lib/x/y": "4" } },
      b: { priority: 5, tree: { "bin/x": "5", "bin/y": "5", "lib/x/y": "5", "lib/x/z": "5" } },
      c: { priority: 6, tree: { "bin/y": "6", "bin/z": "6", "lib/x/z": "6" } },
    },
  },
  {
    name: "left-out",
    packages: {
      a: {
        priority: 5,
        tree: { "nix-support/x": "", "share/info/a": "", "share/info/dir": "", "lib/p/perllocal.pod": "" },
      },
      b: {
        priority: 5,
        tree: {
          "propagated-build-inputs": "",
          "share/info/b": "",
          "share/info/dir": "",
          "lib/p/b": "",
          "lib/p/perllocal.pod": "",
        },
      },
    },
  },
  ...Array.from({ length: 40 }, (_, seed) => randomCase(seed)),
];

/** Folders and files by a small generator of pseudo-random numbers; every file of a package has a name of its own. */
function randomCase(seed: number): JoinCase {
  let state = seed * 7919 + 1;
  const below = (limit: number): number => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor(state / 65536) % limit;
  };
  const packages: Record<string, { priority: number; tree: Record<string, string | { link: string }> }> = {};
  for (const name of ["a", "b", "c", "d"].slice(0, 2 + below(3))) {
    const tree: Record<string, string | { link: string }> = {};
    for (let i = 0; i < 1 + below(8); i++) {
      const folders = Array.from({ length: below(4) }, () => ["bin", "lib", "share"][below(3)]);
      const path = [...folders, `${name}${i}`].join("/");
      tree[path] = below(4) === 0 ? { link: `@${name}/link-target` } : `${name} ${i}`;
    }
    tree["link-target"] = "one for all";
    if (below(3) === 0) tree[`shared`] = `of ${name}`;
    packages[name] = { priority: 1 + name.charCodeAt(0), tree };
  }
  return { name: `random-${seed}`, packages };
}

/** The tree of a package with real targets in its links: those into itself are relative, as it does not know its path. */
export function resolved(own: string, tree: TreeSpec, pathOf: (name: string) => string): TreeSpec {
  return Object.fromEntries(
    Object.entries(tree).map(([path, entry]) => {
      if (typeof entry === "string" || !("link" in entry)) return [path, entry];
      const [, name, rest] = /^@(\w+)\/(.*)$/.exec(entry.link) ?? [];
      if (name === undefined || rest === undefined) return [path, entry];
      const up = "../".repeat(path.split("/").length - 1);
      return [path, { link: name === own ? up + rest : `${pathOf(name)}/${rest}` }];
    }),
  );
}
