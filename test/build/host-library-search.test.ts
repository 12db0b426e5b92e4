import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { describe, expect, it } from "vitest";
import { elfMachine, parseElf } from "../../src/build/elf.ts";
import { LibrarySearch, type Requester, readLoaderCache } from "../../src/build/host-library-search.ts";
import { HostProbe } from "../../src/build/host-probe.ts";
import { createMemoryHost, type MemoryFile } from "../../src/host/memory-host.ts";
import { type ElfImage, elfImage } from "./elf-image.ts";
import { loaderCache } from "./loader-cache.ts";

const library = elfImage({ soname: "libx.so.1" });

function searchIn(files: Record<string, MemoryFile>): LibrarySearch {
  return new LibrarySearch(new HostProbe(createMemoryHost(files).files));
}

function requester(image: ElfImage, more: Partial<Requester> = {}): Requester {
  return { elf: parseElf(elfImage(image)), folder: "/opt/app/bin", inherited: [], ...more };
}

describe("finding a library as glibc does", () => {
  const everywhere = {
    "/run/rpath/libx.so.1": library,
    "/run/runpath/libx.so.1": library,
    "/run/inherited/libx.so.1": library,
    "/run/cached/libx.so.1": library,
    "/usr/lib/x86_64-linux-gnu/libx.so.1": library,
    "/etc/ld.so.cache": loaderCache({ "libx.so.1": "/run/cached/libx.so.1" }),
  };
  const search = searchIn(everywhere);
  const find = (image: ElfImage, inherited: string[] = []): string | undefined =>
    search.find("libx.so.1", requester(image, { inherited }), "glibc");

  it("looks into RPATH, then where the one that needs it was told to look, then into the cache", () => {
    expect(find({ rpath: "/run/rpath" }, ["/run/inherited"])).toBe("/run/rpath/libx.so.1");
    expect(find({ rpath: "/nowhere" }, ["/run/inherited"])).toBe("/run/inherited/libx.so.1");
    expect(find({})).toBe("/run/cached/libx.so.1");
  });

  it("ignores RPATHs when there is a RUNPATH", () => {
    expect(find({ rpath: "/run/rpath", runpath: "/run/runpath" }, ["/run/inherited"])).toBe("/run/runpath/libx.so.1");
    expect(find({ rpath: "/run/rpath", runpath: "/nowhere" }, ["/run/inherited"])).toBe("/run/cached/libx.so.1");
  });

  it("hands RPATHs down, but not RUNPATHs", () => {
    const handedDown = (image: ElfImage) => search.inheritedFrom(requester(image, { inherited: ["/up"] }), "glibc");
    expect(handedDown({ rpath: "$ORIGIN/../lib" })).toEqual(["/opt/app/bin/../lib", "/up"]);
    expect(handedDown({ rpath: "/own", runpath: "/run" })).toEqual(["/up"]);
  });

  it("falls back to the trusted folders, and to what is loaded already", () => {
    const { "/usr/lib/x86_64-linux-gnu/libx.so.1": trusted } = everywhere;
    const path = "/usr/lib/x86_64-linux-gnu/libx.so.1";
    expect(searchIn({ [path]: trusted }).find("libx.so.1", requester({}), "glibc")).toBe(path);
    const loaded = new Map([["libx.so.1", "/private/libx.so.1"]]);
    expect(searchIn({}).find("libx.so.1", requester({}, { loaded }), "glibc")).toBe("/private/libx.so.1");
    expect(searchIn({}).find("libx.so.1", requester({}), "glibc")).toBeUndefined();
  });

  it("knows $ORIGIN and paths", () => {
    const near = searchIn({ "/opt/app/bin/": "", "/opt/app/lib/libx.so.1": library, "/opt/libx.so": library });
    const own = requester({ runpath: `\${ORIGIN}/../lib` }, { folder: "/opt/app/bin" });
    expect(near.find("libx.so.1", own, "glibc")).toBe("/opt/app/bin/../lib/libx.so.1");
    expect(near.find("/opt/libx.so", requester({}), "glibc")).toBe("/opt/libx.so");
  });

  it("passes over what the loader cannot map", () => {
    const narrow = Buffer.from(library);
    narrow[4] = 1;
    const files = {
      "/a/libx.so.1": "INPUT(-lx)",
      "/b/libx.so.1": narrow,
      "/c/libx.so.1": elfImage({ machine: elfMachine.aarch64 }),
      "/d/libx.so.1/": "",
      "/e/libx.so.1": library,
    };
    const all = requester({ runpath: "/a:/b:/c:/d:/e" });
    expect(searchIn(files).find("libx.so.1", all, "glibc")).toBe("/e/libx.so.1");
  });

  it("reads ld.so.conf where there is no cache", () => {
    const found = searchIn({
      "/etc/ld.so.conf": "# where\ninclude /etc/ld.so.conf.d/*.conf\n",
      "/etc/ld.so.conf.d/a.conf": "/opt/none # nothing\n",
      "/etc/ld.so.conf.d/b.conf": "/opt/b\ninclude /etc/ld.so.conf\n",
      "/etc/ld.so.conf.d/c.txt": "/opt/c\n",
      "/opt/b/libx.so.1": library,
      "/opt/c/libx.so.1": library,
      "/lib/libx.so.1": library,
    }).find("libx.so.1", requester({}), "glibc");
    expect(found).toBe("/opt/b/libx.so.1");
  });
});

describe("finding a library as musl does", () => {
  it("looks into both search paths of the one that needs it and of what needs that", () => {
    const search = searchIn({ "/a/libx.so.1": library, "/lib/libx.so.1": library });
    expect(search.find("libx.so.1", requester({ runpath: "/b" }, { inherited: ["/a"] }), "musl")).toBe("/a/libx.so.1");
    expect(search.find("libx.so.1", requester({}), "musl")).toBe("/lib/libx.so.1");
    expect(search.inheritedFrom(requester({ runpath: "/b" }), "musl")).toEqual(["/b"]);
  });

  it("reads the file with the system's folders", () => {
    const search = searchIn({ "/etc/ld-musl-x86_64.path": "/x:/y\n/z\n", "/z/libx.so.1": library });
    expect(search.find("libx.so.1", requester({}), "musl")).toBe("/z/libx.so.1");
  });
});

describe("the loader's cache", () => {
  it("has entries of other architectures and of newer processors, which are left out", () => {
    const x86 = { "libx.so.1": "/x86/libx.so.1" };
    expect(readLoaderCache(loaderCache(x86, { flags: 0x0a03 }), 0x0303)).toEqual(new Map());
    expect(readLoaderCache(loaderCache(x86, { hwcap: 1 }), 0x0303)).toEqual(new Map());
    expect(readLoaderCache(loaderCache(x86), 0x0303)).toEqual(new Map(Object.entries(x86)));
  });

  it("may follow a table in the old format", () => {
    const old = Buffer.concat([Buffer.from("ld.so-1.7.0\0"), Buffer.alloc(4)]);
    const cache = Buffer.concat([old, loaderCache({ "liby.so": "/y" })]);
    expect(readLoaderCache(cache, 0x0303)?.get("liby.so")).toBe("/y");
  });

  it("is not used when it is something else or cut short", () => {
    expect(readLoaderCache(Buffer.from("nothing"), 0x0303)).toBeUndefined();
    expect(readLoaderCache(loaderCache({ a: "/a", b: "/b" }).subarray(0, 60), 0x0303)).toBeUndefined();
  });

  const listed = spawnSync("ldconfig", ["-p"], { encoding: "utf8" }).stdout ?? "";
  const flags = process.arch === "x64" ? 0x0303 : 0x0a03;
  const hasCache = fs.existsSync("/etc/ld.so.cache") && listed.includes("libc.so.6 (");

  it.skipIf(!hasCache)("of this machine says what ldconfig says", () => {
    const cache = readLoaderCache(fs.readFileSync("/etc/ld.so.cache"), flags);
    const label = process.arch === "x64" ? "x86-64" : "AArch64";
    const expected = new Map<string, string>();
    for (const [, name, kind, file] of listed.matchAll(/^\s+(\S+) \((.*)\) => (.*)$/gm)) {
      if (kind!.startsWith(`libc6,${label}`) && !kind!.includes("hwcap") && !expected.has(name!)) {
        expected.set(name!, file!);
      }
    }
    expect(expected.size).toBeGreaterThan(10);
    expect(cache).toEqual(expected);
  });
});
