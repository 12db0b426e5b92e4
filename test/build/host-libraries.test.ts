import { describe, expect, it } from "vitest";
import { elfMachine, parseElf } from "../../src/build/elf.ts";
import { HostLibraries, MissingLibraryError } from "../../src/build/host-libraries.ts";
import { HostObjects } from "../../src/build/host-objects.ts";
import { HostProbe } from "../../src/build/host-probe.ts";
import { createMemoryHost, type MemoryFile } from "../../src/host/memory-host.ts";
import { nameOfStorePath } from "../../src/store/store-path.ts";
import { VirtualStore } from "../../src/store/virtual-store.ts";
import { type ElfImage, elfImage } from "./elf-image.ts";

const loader = "/lib64/ld-linux-x86-64.so.2";
const libc = "libc.so.6";

/** A glibc host with these libraries and one program. */
function linked(files: Record<string, MemoryFile>, program: ElfImage, more: { libc?: ElfImage } = {}) {
  const host = createMemoryHost({
    "/lib/ld-2.36.so": elfImage({ soname: "ld-linux-x86-64.so.2" }),
    [loader]: { symlink: "../lib/ld-2.36.so" },
    [`/lib/${libc}`]: elfImage({
      soname: libc,
      contents: "GNU C Library stable release version 2.36.\n",
      ...more.libc,
    }),
    "/lib/libm.so.6": elfImage({ soname: "libm.so.6", needed: [libc] }),
    "/lib/libgcc_s.so.1": elfImage({ soname: "libgcc_s.so.1", needed: [libc] }),
    "/bin/program": { contents: elfImage({ interpreter: loader, ...program }), executable: true },
    ...files,
  });
  const store = new VirtualStore({ files: host.files });
  const objects = new HostObjects(store);
  const libraries = new HostLibraries(new HostProbe(host.files), objects);
  const file = libraries.linkedFile("/bin/program", libraries.elfAt("/bin/program")!);
  const elf = parseElf(Buffer.concat([...file.read()]));
  /** The patched library that the loader finds from there. */
  const follow = (from: { readonly rpath: readonly string[] }, name: string, own = "") => {
    const found = from.rpath
      .map((folder) => `${folder === "$ORIGIN" ? own : folder}/${name}`)
      .find((path) => store.files.stat(path) !== undefined)!;
    return { path: store.files.realPath(found), ...parseElf(store.files.readFile(found)) };
  };
  const names = (paths: readonly string[]) => paths.map((path) => path.replace(/^\/nix\/store\/[^-]*-/, ""));
  return { store, objects, elf, file, follow, names };
}

describe("libraries of a glibc host", () => {
  it("are objects of their own, and the C library's family is one", () => {
    const { store, elf, follow, names } = linked(
      {
        "/lib/libx.so.1": elfImage({ soname: "libx.so.1", needed: ["liby.so.2", "libm.so.6", libc] }),
        "/lib/liby.so.2": elfImage({ soname: "liby.so.2", needed: [libc] }),
      },
      { needed: ["libx.so.1", libc], runpath: "/opt/private" },
    );
    expect(names([elf.interpreter!])).toEqual(["glibc-2.36/lib/ld-linux-x86-64.so.2"]);
    expect(names(elf.rpath)).toEqual(["libx.so.1/lib", "glibc-2.36/lib"]);
    expect(elf.runpath).toEqual([]);
    const x = follow(elf, "libx.so.1");
    expect(names(x.rpath)).toEqual(["liby.so.2/lib", "glibc-2.36/lib"]);
    expect(names(follow(x, "liby.so.2").rpath)).toEqual(["glibc-2.36/lib"]);
    const glibc = elf.interpreter!.replace(/\/lib\/.*/, "");
    const family = store.files.readDir(`${glibc}/lib`).map(({ name }) => name);
    expect(family.sort()).toEqual(["ld-linux-x86-64.so.2", libc, "libgcc_s.so.1", "libm.so.6"]);
    expect(store.references(glibc)).toEqual([]);
    expect(store.files.stat(elf.interpreter!)?.executable).toBe(true);
    const object = x.path.replace(/\/lib\/.*/, "");
    expect(store.references(object).map(nameOfStorePath).sort()).toEqual(["glibc-2.36", "liby.so.2"]);
  });

  it("share an object when they need each other", () => {
    const { elf, follow, names } = linked(
      {
        "/lib/liba.so": elfImage({ soname: "liba.so", needed: ["libb.so"] }),
        "/lib/libb.so": elfImage({ soname: "libb.so", needed: ["libc2.so"] }),
        "/lib/libc2.so": elfImage({ soname: "libc2.so", needed: ["liba.so", "libd.so"] }),
        "/lib/libd.so": elfImage({ soname: "libd.so" }),
      },
      { needed: ["libb.so", "liba.so"] },
    );
    expect(names(elf.rpath)).toEqual(["liba.so/lib"]);
    const a = follow(elf, "liba.so");
    expect(a.rpath).toEqual(["$ORIGIN"]);
    const last = follow(elf, "libc2.so");
    expect(names(last.rpath)).toEqual(["$ORIGIN", "libd.so/lib"]);
    expect(follow(last, "liba.so", elf.rpath[0]).path).toBe(a.path);
  });

  it("have the names by which they are needed", () => {
    const { elf, follow, names } = linked(
      {
        "/lib/libx-3.1.so": elfImage({ soname: "libx.so.3" }),
        "/lib/libx.so.3": { symlink: "libx-3.1.so" },
        "/lib/libx.so": { symlink: "libx.so.3" },
        "/lib/plain.so": elfImage({}),
      },
      { needed: ["libx.so", "libx.so.3", "plain.so"] },
    );
    expect(names(elf.rpath)).toEqual(["libx.so/lib", "libx.so.3/lib", "plain.so/lib"]);
    // One file, or the loader would map it twice.
    expect(follow(elf, "libx.so").path).toBe(follow(elf, "libx.so.3").path);
  });

  it("are those that the program finds, not those of the system", () => {
    const { elf, follow, store } = linked(
      {
        "/opt/lib/libx.so": elfImage({ soname: "libx.so", needed: ["liby.so"], contents: "private x" }),
        "/opt/lib/liby.so": elfImage({ soname: "liby.so", contents: "private y" }),
        "/lib/liby.so": elfImage({ soname: "liby.so", contents: "system y" }),
      },
      { needed: ["libx.so"], rpath: "$ORIGIN/../opt/lib" },
    );
    const y = follow(follow(elf, "libx.so"), "liby.so");
    expect(Buffer.from(store.files.readFile(y.path)).toString("latin1")).toContain("private y");
  });

  it("may rely on what the program has loaded", () => {
    const { elf, follow, names } = linked(
      {
        "/opt/lib/core.so": elfImage({ soname: "core.so", needed: ["shared.so"] }),
        "/opt/lib/shared.so": elfImage({ soname: "shared.so" }),
      },
      { needed: ["core.so", "shared.so"], runpath: "/opt/lib" },
    );
    expect(names(follow(elf, "core.so").rpath)).toEqual(["shared.so/lib"]);
  });

  it("of static programs are none", () => {
    const image = elfImage({ dynamic: false });
    const host = createMemoryHost({ "/bin/x": { contents: image, executable: true } });
    const objects = new HostObjects(new VirtualStore({ files: host.files }));
    const libraries = new HostLibraries(new HostProbe(host.files), objects);
    const file = libraries.linkedFile("/bin/x", libraries.elfAt("/bin/x")!);
    expect(Buffer.concat([...file.read()]).equals(image)).toBe(true);
    expect(file.executable).toBe(true);
  });

  it("that are missing are named, with what needs them", () => {
    const broken = () =>
      linked({ "/lib/liba.so": elfImage({ soname: "liba.so", needed: ["libz.so"] }) }, { needed: ["liba.so"] });
    expect(broken).toThrow(
      new MissingLibraryError("the library 'libz.so', which '/lib/liba.so' needs, was not found on this machine"),
    );
    expect(() => linked({ [loader]: { symlink: "/gone" } }, { needed: [libc] })).toThrow("its loader '/lib64/ld-linux");
  });

  it("that are missing do not spoil those that need each other", () => {
    const host = createMemoryHost({
      [loader]: elfImage({}),
      "/lib/libc.so.6": elfImage({ soname: libc }),
      "/lib/liba.so": elfImage({ soname: "liba.so", needed: ["libb.so", "libz.so"] }),
      "/lib/libb.so": elfImage({ soname: "libb.so", needed: ["liba.so"] }),
      "/opt/libz.so": elfImage({ soname: "libz.so" }),
      "/bin/one": elfImage({ interpreter: loader, needed: ["liba.so"] }),
      "/bin/two": elfImage({ interpreter: loader, needed: ["liba.so"], rpath: "/opt" }),
      "/bin/three": elfImage({ interpreter: loader, needed: ["libb.so"] }),
    });
    const objects = new HostObjects(new VirtualStore({ files: host.files }));
    const libraries = new HostLibraries(new HostProbe(host.files), objects);
    const link = (path: string) => libraries.linkedFile(path, libraries.elfAt(path)!);
    expect(() => link("/bin/one")).toThrow(MissingLibraryError);
    expect(() => link("/bin/three")).toThrow(MissingLibraryError);
    expect(parseElf(Buffer.concat([...link("/bin/two").read()])).rpath).toHaveLength(1);
  });
});

describe("other hosts", () => {
  it("can be musl's, whose loader is the C library", () => {
    const musl = "/lib/ld-musl-x86_64.so.1";
    const { elf, follow, names } = linked(
      {
        [musl]: elfImage({ soname: "libc.musl-x86_64.so.1" }),
        "/usr/lib/libz.so.1": elfImage({ soname: "libz.so.1", needed: ["libc.musl-x86_64.so.1"] }),
      },
      { interpreter: musl, needed: ["libz.so.1", "libc.musl-x86_64.so.1"] },
    );
    expect(names([elf.interpreter!, ...elf.rpath])).toEqual([
      "musl/lib/ld-musl-x86_64.so.1",
      "libz.so.1/lib",
      "musl/lib",
    ]);
    expect(names(follow(elf, "libz.so.1").rpath)).toEqual(["musl/lib"]);
  });

  it("can be ARM's", () => {
    const arm = { machine: elfMachine.aarch64 };
    const interpreter = "/lib/ld-linux-aarch64.so.1";
    const { elf, names } = linked(
      {
        [interpreter]: elfImage(arm),
        "/lib/aarch64-linux-gnu/libc.so.6": elfImage({ soname: libc, ...arm }),
        "/lib/aarch64-linux-gnu/libz.so.1": elfImage({ soname: "libz.so.1", needed: [libc], ...arm }),
      },
      { interpreter, needed: ["libz.so.1", libc], ...arm },
    );
    expect(names([elf.interpreter!, ...elf.rpath])).toEqual([
      "glibc/lib/ld-linux-aarch64.so.1",
      "libz.so.1/lib",
      "glibc/lib",
    ]);
  });
});

describe("terminal descriptions", () => {
  const debian = "/etc/terminfo:/lib/terminfo:/usr/share/terminfo";
  const tinfo = (list: string): Buffer =>
    elfImage({ soname: "libtinfo.so.6", needed: [libc], contents: `before\0${list}\0after` });
  const database = { "/lib/terminfo/x/xterm": "a terminal", "/usr/share/terminfo/a/aaa": "an odd one" };

  it("are found in the store where the compiled-in list has room for its path", () => {
    const { elf, follow, store } = linked(
      { "/lib/libtinfo.so.6": tinfo(debian), ...database },
      {
        needed: ["libtinfo.so.6"],
      },
    );
    const { path } = follow(elf, "libtinfo.so.6");
    const contents = Buffer.from(store.files.readFile(path)).toString("latin1");
    const place = /before\0([^\0]*)\0after/.exec(contents)![1]!;
    expect(place).toHaveLength(debian.length);
    expect(store.files.readDir(place).map(({ name }) => name)).toEqual(["x"]);
    expect(Buffer.from(store.files.readFile(`${place}/x/xterm`)).toString()).toBe("a terminal");
    expect(store.references(path.replace(/\/lib\/.*/, ""))).toContain(place.replace(/\/+$/, ""));
  });

  it("are left alone where it has not, or there are none", () => {
    const short = "/etc/terminfo:/usr/share/terminfo";
    for (const [list, files] of [
      [short, database],
      [debian, {}],
    ] as const) {
      const { elf, follow, store } = linked(
        { "/lib/libtinfo.so.6": tinfo(list), ...files },
        {
          needed: ["libtinfo.so.6"],
        },
      );
      const contents = Buffer.from(store.files.readFile(follow(elf, "libtinfo.so.6").path)).toString("latin1");
      expect(contents).toContain(`before\0${list}\0after`);
    }
  });
});
