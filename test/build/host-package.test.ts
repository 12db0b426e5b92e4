import { describe, expect, it } from "vitest";
import { parseElf } from "../../src/build/elf.ts";
import { type HostPackageDescription, makeHostPackage } from "../../src/build/host-package.ts";
import { HostPackageError } from "../../src/build/host-package-error.ts";
import { createMemoryHost, type MemoryFile } from "../../src/host/memory-host.ts";
import { nameOfStorePath } from "../../src/store/store-path.ts";
import { VirtualStore } from "../../src/store/virtual-store.ts";
import { elfImage } from "./elf-image.ts";
import { describePackage, machineFiles, programFile, scriptFile } from "./host-description.ts";

const bash = `/nix/store/${"1".repeat(32)}-bash`;
const perl = `/nix/store/${"2".repeat(32)}-perl`;
const interpreters: Readonly<Record<string, string>> = { bash, sh: bash, perl };

function make(
  files: Readonly<Record<string, MemoryFile>>,
  description: Partial<HostPackageDescription>,
  searchPath: readonly string[] = [],
) {
  const host = createMemoryHost(machineFiles(files));
  const store = new VirtualStore({ files: host.files });
  const lookup = (name: string): string | undefined => interpreters[name];
  const made = makeHostPackage(host.files, store, describePackage(description), searchPath, lookup);
  const list = (path: string): string[] =>
    store.files.readDir(path).flatMap(({ name, type }) => {
      const below = `${path}/${name}`;
      if (type === "symlink") return [`${below} -> ${store.files.readLink(below)}`];
      return type === "directory" ? list(below) : [below];
    });
  return {
    ...made,
    store,
    tree: list(made.path)
      .map((path) => path.replaceAll(made.path, "").replace(/\/nix\/store\/[^-]*-/g, "@"))
      .sort(),
    text: (path: string) => Buffer.from(store.files.readFile(made.path + path)).toString("latin1"),
  };
}

describe("the programs of a package", () => {
  it("are those that the machine has, and more names for them", () => {
    const { tree, path } = make(
      { "/usr/bin/one": programFile(), "/usr/bin/also": programFile({ soname: "also" }) },
      { programs: ["one", "two", "also"], required: ["one"], links: { uno: "one", dos: "two" } },
    );
    expect(tree).toEqual(["/bin/also", "/bin/one", "/bin/uno -> one"]);
    expect(nameOfStorePath(path)).toBe("thing");
  });

  it("are looked for in folders of the package, in the system's, and in PATH", () => {
    const from = (contents: string): MemoryFile => programFile({ contents });
    const files = {
      "/opt/pg/9/bin/x": from("nine"),
      "/opt/pg/15/bin/x": from("fifteen"),
      "/usr/local/bin/x": from("local"),
      "/usr/bin/x": from("system"),
      "/home/x/bin/x": from("home"),
      "/home/x/bin/y": from("home"),
      "/usr/bin/y": "not executable",
    };
    const folders = ["/opt/pg/*/bin"];
    const search = ["/home/x/bin"];
    expect(make(files, { programs: ["x"], folders }, search).text("/bin/x")).toContain("fifteen");
    expect(make(files, { programs: ["x"] }, search).text("/bin/x")).toContain("local");
    expect(make(files, { programs: ["y"] }, search).text("/bin/y")).toContain("home");
    expect(make(files, { programs: ["/usr/bin/x"] }, search).text("/bin/x")).toContain("system");
  });

  it("are what alternatives stand for, once however many names they have", () => {
    const { tree } = make(
      {
        "/usr/bin/x": { symlink: "/etc/alternatives/x" },
        "/etc/alternatives/x": { symlink: "/usr/bin/x.basic" },
        "/usr/bin/x.basic": programFile(),
        "/usr/bin/view": { symlink: "x.basic" },
      },
      { programs: ["x", "view"] },
    );
    expect(tree).toEqual(["/bin/view -> x", "/bin/x"]);
  });

  it("may be scripts, for interpreters of other packages", () => {
    const made = make(
      {
        "/usr/bin/x": programFile(),
        "/usr/bin/shell": scriptFile("#!/bin/sh\nexec x\n"),
        "/usr/bin/perl-script": scriptFile("#!/usr/bin/perl -w\n1;\n"),
        "/usr/bin/odd": scriptFile("#!/usr/bin/tclsh\n"),
      },
      { programs: ["x", "shell", "perl-script", "odd"], required: ["x"] },
    );
    expect(made.tree).toEqual(["/bin/perl-script", "/bin/shell", "/bin/x"]);
    expect(made.text("/bin/shell")).toBe(`#!${bash}/bin/sh\nPATH="\${PATH:+$PATH:}\${0%/*}"\nexec x\n`);
    expect(made.text("/bin/perl-script")).toBe(`#!${perl}/bin/perl -w\n1;\n`);
    expect(made.store.references(made.path)).toEqual(expect.arrayContaining([bash, perl]));
    expect([...made.interpreters]).toEqual([
      ["sh", bash],
      ["perl", perl],
      ["tclsh", undefined],
    ]);
  });

  it("are linked to the same objects in every package", () => {
    const files = { "/usr/bin/x": programFile({ contents: "x" }), "/usr/bin/y": programFile({ contents: "y" }) };
    const [x, y] = ["x", "y"].map((name) => make(files, { programs: [name], pname: name }));
    expect(x!.store.references(x!.path)).toEqual(y!.store.references(y!.path));
    expect(x!.objects.map(({ name }) => name)).toEqual(["glibc", "x"]);
    expect(make(files, { programs: ["x"], pname: "x" }).path).toBe(x!.path);
    expect(parseElf(x!.store.files.readFile(`${x!.path}/bin/x`)).rpath).toEqual([
      `${x!.store.references(x!.path)[0]}/lib`,
    ]);
  });

  it("carry the version of the machine's package in their path", () => {
    const status = "Package: thing-bin\nVersion: 1:2.3-4\n";
    const files = { "/usr/bin/x": programFile(), "/var/lib/dpkg/status": status };
    expect(nameOfStorePath(make(files, { programs: ["x"], apt: "thing-bin" }).path)).toBe("thing-2.3");
  });
});

describe("the data of a package", () => {
  it("is the first of the places that exists", () => {
    const { tree, text } = make(
      { "/b/file": "b", "/c/file": "c", "/usr/share/d/one": "1", "/usr/share/d/two": "2" },
      {
        files: { "etc/file": ["/a/file", "/b/file", "/c/file"], "share/d": ["/usr/share/d"], "share/e": ["/no"] },
        exclude: ["share/d/t*"],
      },
    );
    expect(tree).toEqual(["/etc/file", "/share/d/one"]);
    expect(text("/etc/file")).toBe("b");
  });

  it("keeps symlinks that stay inside, and follows those that do not", () => {
    const { tree, text } = make(
      {
        "/data/sub/near": { symlink: "../file" },
        "/data/file": "file",
        "/data/far": { symlink: "/etc/far" },
        "/data/above": { symlink: "../outside" },
        "/data/gone": { symlink: "nothing" },
        "/etc/far": "far",
        "/outside/x": "outside",
      },
      { files: { data: ["/data"] } },
    );
    expect(tree).toEqual(["/data/above/x", "/data/far", "/data/file", "/data/sub/near -> ../file"]);
    expect(text("/data/far")).toBe("far");
  });

  it("is linked to the store where it is programs or modules, and left out where these cannot work", () => {
    const { tree, store, path, text } = make(
      {
        "/usr/bin/x": programFile(),
        "/data/module.so": elfImage({ needed: ["libc.so.6"] }),
        "/data/broken.so": elfImage({ needed: ["libnone.so"] }),
        "/data/tool": programFile({ contents: "tool" }),
        "/data/script": scriptFile("#!/bin/bash\n"),
        "/data/odd": scriptFile("#!/usr/bin/tclsh\n"),
        "/data/text": "#!/bin/sh\n",
      },
      { programs: ["x"], files: { data: ["/data"] } },
    );
    expect(tree).toEqual(["/bin/x", "/data/module.so", "/data/odd", "/data/script", "/data/text", "/data/tool"]);
    for (const name of ["module.so", "tool"]) {
      expect(parseElf(store.files.readFile(`${path}/data/${name}`)).rpath[0]).toMatch(/^\/nix\/store\/.*glibc\/lib$/);
    }
    expect(text("/data/script")).toBe(`#!${bash}/bin/bash\n`);
    expect(text("/data/odd")).toBe("#!/usr/bin/tclsh\n");
    expect(text("/data/text")).toBe("#!/bin/sh\n");
  });

  it("holds a program that is among it once", () => {
    const { tree } = make(
      { "/usr/lib/pg/bin/x": programFile(), "/usr/bin/x": { symlink: "../lib/pg/bin/x" } },
      { programs: ["x"], files: { "lib/pg": ["/usr/lib/pg"] } },
    );
    expect(tree).toEqual(["/bin/x -> ../lib/pg/bin/x", "/lib/pg/bin/x"]);
  });
});

describe("programs that need variables or arguments", () => {
  const files = { "/usr/bin/x": programFile(), "/usr/bin/y": programFile({ contents: "y" }), "/d/file": "data" };

  it("are started by scripts around the package", () => {
    const made = make(files, {
      programs: ["x"],
      links: { also: "x" },
      files: { "share/d": ["/d"] },
      environment: { D: "share/d/file", NONE: "share/none" },
    });
    const inner = made.objects.find(({ name }) => name === "thing-unwrapped")!.path;
    expect(made.tree).toEqual(["/bin/also", "/bin/x", "/share -> @thing-unwrapped/share"]);
    // The folder is there, but not the second.
    expect(made.text("/bin/x")).toBe(
      `#!${bash}/bin/bash\nexport D="\${D-${inner}/share/d/file}"\nexec -a "$0" ${inner}/bin/x "$@"\n`,
    );
    expect(made.text("/bin/also")).toContain(`exec -a "$0" ${inner}/bin/also "$@"`);
    expect(made.store.references(made.path)).toEqual([bash, inner].sort());
  });

  it("are left alone when only others need arguments", () => {
    const made = make(files, { programs: ["x", "y"], arguments: { y: "-S @package@/bin/x" } });
    const inner = made.objects.find(({ name }) => name === "thing-unwrapped")!.path;
    expect(made.tree).toEqual(["/bin/x -> @thing-unwrapped/bin/x", "/bin/y"]);
    expect(made.text("/bin/y")).toBe(`#!${bash}/bin/bash\nexec -a "$0" ${inner}/bin/y -S ${inner}/bin/x "$@"\n`);
  });

  it("need no script when the machine has none of the files", () => {
    const made = make(files, { programs: ["x"], files: { none: ["/none"] }, environment: { NONE: "none" } });
    expect(made.tree).toEqual(["/bin/x"]);
  });
});

describe("packages with rules of their own", () => {
  it("take Python's standard library, with its compiled modules made valid for the store", () => {
    const compiled = (mtime: number, size: number): Buffer => {
      const bytes = Buffer.alloc(20);
      bytes.writeUInt32LE(mtime, 8);
      bytes.writeUInt32LE(size, 12);
      return bytes;
    };
    // All files of a memory host are of the year 1970.
    const lib = "/usr/lib/python3.11";
    const made = make(
      {
        "/usr/bin/python3": { symlink: "python3.11" },
        "/usr/bin/python3.11": programFile(),
        [`${lib}/os.py`]: "text",
        [`${lib}/old.py`]: "text",
        [`${lib}/__pycache__/os.cpython-311.pyc`]: compiled(0, 4),
        [`${lib}/__pycache__/old.cpython-311.pyc`]: compiled(7, 4),
        [`${lib}/__pycache__/os.cpython-311.opt-1.pyc`]: compiled(0, 4),
        [`${lib}/lib-dynload/_x.so`]: elfImage({ needed: ["libc.so.6"] }),
        [`${lib}/lib-dynload/_gone.so`]: elfImage({ needed: ["libgone.so"] }),
        [`${lib}/test/x.py`]: "",
        [`${lib}/site-packages/x.py`]: "",
        [`${lib}/config-3.11-x86_64-linux-gnu/x.a`]: "",
        "/usr/lib/python3.9/os.py": "",
      },
      { programs: ["python3"], links: { python: "python3" }, runtime: "python" },
    );
    expect(made.tree).toEqual([
      "/bin/python -> python3",
      "/bin/python3",
      "/bin/python3.11 -> python3",
      "/lib/python3.11/__pycache__/old.cpython-311.pyc",
      "/lib/python3.11/__pycache__/os.cpython-311.pyc",
      "/lib/python3.11/lib-dynload/_x.so",
      "/lib/python3.11/old.py",
      "/lib/python3.11/os.py",
    ]);
    const read = (name: string): Buffer => Buffer.from(made.text(`/lib/python3.11/__pycache__/${name}`), "latin1");
    expect(read("os.cpython-311.pyc").equals(compiled(1, 4))).toBe(true);
    expect(read("old.cpython-311.pyc").equals(compiled(7, 4))).toBe(true);
  });

  it("take Perl's own modules, from the folders that it has compiled in", () => {
    const made = make(
      {
        "/usr/bin/perl": programFile({ needed: ["libperl.so.5", "libc.so.6"] }),
        "/lib/libperl.so.5": elfImage({
          soname: "libperl.so.5",
          contents: "\0/etc/perl\0/usr/share/perl5\0/usr/share/perl/5.36\0/usr/lib/perl/5.36\0",
        }),
        "/usr/share/perl5/Installed.pm": "",
        "/usr/share/perl/5.36/strict.pm": "",
        "/usr/share/perl/5.36/perl.pod": "",
        "/usr/lib/perl/5.36/Config.pm": "",
        "/usr/lib/perl/5.36/auto/POSIX/POSIX.so": elfImage({}),
      },
      { programs: ["perl"], runtime: "perl" },
    );
    expect(made.tree).toEqual(["/bin/perl", "/lib -> @thing-unwrapped/lib", "/share -> @thing-unwrapped/share"]);
    const inner = made.objects.find(({ name }) => name === "thing-unwrapped")!.path;
    const list = `${inner}/share/perl/5.36:${inner}/lib/perl/5.36`;
    expect(made.text("/bin/perl")).toContain(`export PERL5LIB="\${PERL5LIB:+$PERL5LIB:}${list}"`);
    expect(made.store.files.stat(`${inner}/lib/perl/5.36/auto/POSIX/POSIX.so`)).toBeDefined();
    expect(made.store.files.stat(`${inner}/share/perl/5.36/perl.pod`)).toBeUndefined();
  });

  it("give busybox the name of every program that it is", () => {
    const made = make(
      { "/bin/busybox": programFile({ contents: "x\0[\0[[\0ash\0cat\0wget\0usage: x\0" }) },
      { programs: ["busybox"], runtime: "busybox" },
    );
    const names = ["[", "[[", "ash", "cat", "wget"].map((name) => `/bin/${name} -> busybox`);
    expect(made.tree).toEqual([...names, "/bin/busybox"].sort());
  });

  it("bring npm along, run by the very node of the package", () => {
    const made = make(
      {
        "/usr/bin/node": programFile(),
        "/usr/lib/node_modules/npm/bin/npm-cli.js": scriptFile("#!/usr/bin/env node\n"),
        "/usr/lib/node_modules/npm/bin/npx-cli.js": scriptFile("#!/usr/bin/env node\n"),
        "/usr/lib/node_modules/npm/docs/x": "",
      },
      { programs: ["node"], runtime: "node" },
    );
    const node = made.objects.find(({ name }) => name === "thing-unwrapped")!.path;
    expect(made.tree).toEqual([
      "/bin/node -> @thing-unwrapped/bin/node",
      "/bin/npm -> ../lib/node_modules/npm/bin/npm-cli.js",
      "/bin/npx -> ../lib/node_modules/npm/bin/npx-cli.js",
      "/lib/node_modules/npm/bin/npm-cli.js",
      "/lib/node_modules/npm/bin/npx-cli.js",
    ]);
    expect(made.text("/bin/npm")).toBe(`#!${node}/bin/node\n`);
  });
});

describe("a package that the machine cannot give", () => {
  const fails = (
    files: Readonly<Record<string, MemoryFile>>,
    description: Partial<HostPackageDescription>,
    message: string,
  ): void => {
    const action = () => make(files, { required: description.programs ?? [], ...description }, ["/home/x/bin"]);
    expect(action).toThrow(HostPackageError);
    expect(action).toThrow(message);
  };

  it("says what was looked for and where, and the two ways out", () => {
    fails(
      {},
      { attr: "nginx", programs: ["nginx"], apt: "nginx" },
      "the package 'nginx' of the built-in <nixpkgs> is made of this machine's own programs, but there is no program " +
        "'nginx' on it (looked for in /usr/local/sbin, /usr/local/bin, /usr/sbin, /usr/bin, /sbin, /bin, /home/x/bin).\n" +
        "Install it (on Debian or Ubuntu: apt-get install nginx), or use the real nixpkgs: put it into NIX_PATH or " +
        "give -I nixpkgs=PATH.",
    );
    fails({}, { files: { "a/b": ["/x", "/y"] }, required: ["a/b"] }, "but there is no '/x' and no '/y' on it");
    fails({}, { programs: ["a", "b"], required: [] }, "but none of 'a', 'b' is on it");
  });

  it("says what is wrong with a program", () => {
    const narrow = Buffer.from(elfImage({}));
    narrow[4] = 1;
    const cases: readonly [MemoryFile, string][] = [
      [{ contents: narrow, executable: true }, "'/bin/x' is not a program for 64-bit x86 or ARM"],
      [scriptFile("echo"), "'/bin/x' is neither an ELF file nor a script"],
      [scriptFile("#!/bin/tclsh\n"), "'/bin/x' is a script for 'tclsh', of which <nixpkgs> has no package"],
      [programFile({ needed: ["libz.so"] }), "the library 'libz.so', which '/bin/x' needs, was not found"],
      [programFile({ notes: 0 }), "'/bin/x' cannot be changed to find its libraries in the store: no program header"],
    ];
    for (const [file, message] of cases) fails({ "/bin/x": file }, { programs: ["x"] }, message);
  });

  it("says when the data is missing that it cannot work without", () => {
    fails({ "/bin/python3": programFile() }, { programs: ["python3"], runtime: "python" }, "the standard library of");
    fails({ "/bin/perl": programFile() }, { programs: ["perl"], runtime: "perl" }, "the modules of '/bin/perl'");
  });
});
