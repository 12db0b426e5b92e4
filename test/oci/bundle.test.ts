// The tree of a bundle: the closure, the mount points, and nothing else.
import { describe, expect, it } from "vitest";
import { FileError } from "../../src/host/host.ts";
import { createMemoryHost } from "../../src/host/memory-host.ts";
import { bundleTree, type ClosureMember, factsOfHost } from "../../src/oci/bundle.ts";
import { ociBundleBuilder } from "../../src/oci/bundle-builder.ts";
import { buildRuntimeConfig } from "../../src/oci/container-config.ts";
import type { ContainerSpec, MountSpec } from "../../src/oci/container-spec.ts";
import { directoryOf, type FileTree, fileOf, linkTo } from "../../src/store/file-tree.ts";

const bash = `/nix/store/${"b".repeat(32)}-bash`;
const glibc = `/nix/store/${"c".repeat(32)}-glibc`;
const script = `/nix/store/${"d".repeat(32)}-run.sh`;
const unused = `/nix/store/${"f".repeat(32)}-unused`;

const trees = new Map<string, FileTree>([
  [bash, directoryOf(new Map([["bin", directoryOf(new Map([["bash", fileOf(Buffer.from("elf"), true)]]))]]))],
  [
    glibc,
    directoryOf(
      new Map<string, FileTree>([
        ["away", linkTo("/etc")],
        ["lib", directoryOf(new Map())],
      ]),
    ),
  ],
  [script, fileOf(Buffer.from(`#!${bash}/bin/bash\n`), true)],
  [unused, fileOf(Buffer.from("x"))],
]);
const closure: ClosureMember[] = [bash, glibc, script].map((path) => ({ path, tree: trees.get(path)! }));

function spec(mounts: Record<string, MountSpec> = {}): ContainerSpec {
  return { args: [script], mounts, readonly: true, os: "linux", arch: "x86_64" };
}

const bind = (source: string): MountSpec => ({ type: "none", source, options: ["bind"] });
const facts = { sourceIsFile: (path: string) => path.startsWith("/files/") };

/** Every path below the root: folders end in `/`, programs in `*`, links say where they lead. */
function listing(tree: FileTree, path = ""): string[] {
  if (tree.type === "directory") {
    const below = [...tree.entries()].flatMap(([name, entry]) => listing(entry, `${path}/${name}`));
    return path === "" ? below.toSorted() : [`${path}/`, ...below];
  }
  if (tree.type === "symlink") return [`${path} -> ${tree.target}`];
  return [`${path}${tree.executable ? "*" : ""}`];
}

function read(tree: FileTree, ...names: string[]): string {
  const [name, ...rest] = names;
  if (tree.type === "regular") return Buffer.concat([...tree.read()]).toString("latin1");
  if (tree.type !== "directory" || name === undefined) throw new Error("not a file");
  return read(new Map(tree.entries()).get(name)!, ...rest);
}

const defaultPoints = [
  "dev/",
  "dev/mqueue/",
  "dev/pts/",
  "dev/shm/",
  "proc/",
  "sys/",
  "sys/fs/",
  "sys/fs/cgroup/",
  "tmp/",
];
const inRootfs = (...paths: string[]) => paths.map((path) => `/rootfs/${path}`);
const always = [
  "/config.json",
  ...inRootfs("", "nix/", "nix/store/", ...defaultPoints),
  ...inRootfs(
    ...[
      `${bash}/`,
      `${bash}/bin/`,
      `${bash}/bin/bash*`,
      `${glibc}/`,
      `${glibc}/away -> /etc`,
      `${glibc}/lib/`,
      `${script}*`,
    ].map((path) => path.slice(1)),
  ),
];

describe("bundleTree", () => {
  it("holds config.json, the closure and the mount points", () => {
    expect(listing(bundleTree(spec(), closure, facts))).toEqual(always.toSorted());
  });

  it("writes the configuration with a newline at its end", () => {
    const text = read(bundleTree(spec(), closure, facts), "config.json");
    expect(JSON.parse(text)).toEqual(buildRuntimeConfig(spec()));
    expect(text).toMatch(/^\{\n {2}"ociVersion": "1\.0\.2",\n(.|\n)*\n\}\n$/);
  });

  it("makes folders and files for mounts, with their parents", () => {
    const mounts = {
      "/data": bind("/var/lib/mydata"),
      "/etc/app/app.conf": bind("/files/app.conf"),
      "/etc/app/more": bind("/folder"),
      "/cache": { type: "tmpfs", source: "/files/no-source-of-a-bind-mount" },
      "/nix/var": bind("/v"),
      "/nix/store/hostly": bind("/files/h"),
    };
    const more = inRootfs(
      "data/",
      "etc/",
      "etc/app/",
      "etc/app/app.conf",
      "etc/app/more/",
      "cache/",
      "nix/var/",
      "nix/store/hostly",
    );
    expect(listing(bundleTree(spec(mounts), closure, facts))).toEqual([...always, ...more].toSorted());
    expect(read(bundleTree(spec(mounts), closure, facts), "rootfs", "etc", "app", "app.conf")).toBe("");
  });

  it("holds every member of a large closure", () => {
    const many = Array.from({ length: 5000 }, (_, index) => `/nix/store/${String(index).padStart(32, "0")}-member`);
    const members = many.map((path) => ({ path, tree: fileOf(Buffer.from(path)) }));
    const stored = listing(bundleTree(spec(), members, facts)).filter((path) => path.endsWith("-member"));
    expect(stored).toEqual(many.map((path) => `/rootfs${path}`));
  });

  it("is the same tree each time", () => {
    const mounts = { "/b": bind("/files/b"), "/a": bind("/a") };
    const reversed = { "/a": bind("/a"), "/b": bind("/files/b") };
    const [one, two] = [bundleTree(spec(mounts), closure, facts), bundleTree(spec(reversed), closure, facts)];
    expect(listing(two)).toEqual(listing(one));
    expect(read(two, "config.json")).toBe(read(one, "config.json"));
  });

  it.each<[Record<string, MountSpec>, string]>([
    [{ [`${glibc}/away/x`]: bind("/a") }, `mounts."${glibc}/away/x": would change the store object '${glibc}'`],
    [{ [script]: bind("/files/x") }, `would change the store object '${script}'`],
    [{ "/f": bind("/files/f"), "/f/x": bind("/a") }, `mounts."/f/x": lies inside the place of a file, 'f'`],
    [{ "/dev/": { type: "none", source: "/files/dev" } }, "lies inside the place of a file, 'dev'"],
  ])("refuses %j", (mounts, message) => {
    expect(() => bundleTree(spec(mounts), closure, facts)).toThrow(message);
  });

  it("takes an object with the same beginning as a member for another one", () => {
    expect(() => bundleTree(spec({ [`${script}2`]: bind("/a") }), closure, facts)).not.toThrow();
  });
});

describe("factsOfHost", () => {
  it("takes for a file what is there and no folder", () => {
    const { files } = createMemoryHost({ "/file": "x", "/folder/": "", "/link": { symlink: "/file" } });
    const { sourceIsFile } = factsOfHost(files);
    expect(["/file", "/link", "/folder", "/missing"].map(sourceIsFile)).toEqual([true, true, false, false]);
    const stat = (path: string) => {
      throw new FileError("EACCES", path, "Permission denied");
    };
    expect(factsOfHost({ ...files, stat }).sourceIsFile("/root/secret")).toBe(false);
  });
});

describe("ociBundleBuilder", () => {
  const references = new Map([
    [script, [bash]],
    [bash, [glibc]],
    [glibc, []],
    [unused, []],
  ]);
  const closureOf = (paths: Iterable<string>): Set<string> => {
    const found = new Set<string>();
    const visit = (path: string): void => {
      if (found.has(path)) return;
      found.add(path);
      references.get(path)!.forEach(visit);
    };
    for (const path of paths) visit(path);
    return found;
  };
  const request = (attributes: Record<string, unknown>) => ({
    name: "container",
    attributes,
    outputs: new Map([["out", `/nix/store/${"g".repeat(32)}-container`]]),
    inputs: [unused, bash, glibc, script],
    closure: closureOf,
    tree: (path: string) => trees.get(path)!,
  });

  it("puts the closure of `args` into the bundle, and no other input", () => {
    const container = { args: [`${script}`, "x"], readonly: true };
    const outputs = ociBundleBuilder(facts)(request({ container, other: 1 }));
    expect([...outputs.keys()]).toEqual(["out"]);
    expect(listing(outputs.get("out")!)).toEqual(always.toSorted());
  });

  it("finds paths inside arguments", () => {
    const container = { args: ["/init", `--shell=${bash}/bin/bash`], readonly: true };
    const tree = ociBundleBuilder(facts)(request({ container })).get("out")!;
    const stored = listing(tree).flatMap((path) => /^\/rootfs(\/nix\/store\/[^/]+)\/$/.exec(path)?.[1] ?? []);
    expect(stored).toEqual([bash, glibc]);
  });

  it("refuses a specification that is missing or wrong", () => {
    expect(() => ociBundleBuilder(facts)(request({ args: [script] }))).toThrow(
      "needs the structured attribute 'container'",
    );
    expect(() => ociBundleBuilder(facts)(request({ container: { args: script } }))).toThrow(
      "args: must be a list of strings",
    );
  });
});
