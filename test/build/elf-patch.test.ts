import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ElfError, elfMachine, parseElf, segmentType } from "../../src/build/elf.ts";
import { patchElf } from "../../src/build/elf-patch.ts";
import { elfImage } from "./elf-image.ts";

const loader = `/nix/store/${"1".repeat(32)}-glibc/lib/ld-linux-x86-64.so.2`;
const folders = [`/nix/store/${"2".repeat(32)}-libx/lib`, "$ORIGIN"];

describe("patching", () => {
  const images = {
    "a program": { interpreter: "/lib64/ld-linux-x86-64.so.2", needed: ["libx.so"] },
    "a program with a RUNPATH": { interpreter: "/lib64/ld.so", needed: ["libx.so"], runpath: "/opt/x/lib" },
    "a program with both": { interpreter: "/lib64/ld.so", needed: ["libx.so"], rpath: "/opt/lib", runpath: "/opt/x" },
    "a program at a fixed address": { interpreter: "/lib64/ld.so", needed: ["libx.so"], base: 0x400000, type: 2 },
    "a dynamic section without room": { interpreter: "/lib64/ld.so", needed: ["libx.so"], spare: 1 },
    "several notes": { interpreter: "/lib64/ld.so", needed: ["libx.so"], notes: 3, headers: true },
    "a library": { needed: ["libx.so"], soname: "liby.so.1" },
    "a library whose only spare header is the headers' own": { needed: ["libx.so"], notes: 0, headers: true },
    "a program with nothing to spare but a protection": {
      interpreter: "/lib/ld.so",
      needed: ["libx.so"],
      notes: 0,
      headers: true,
      relro: true,
    },
    "another machine": { interpreter: "/lib/ld.so", needed: ["libx.so"], machine: elfMachine.aarch64 },
  } as const;

  for (const [name, image] of Object.entries(images)) {
    it(`gives ${name} its loader and libraries`, () => {
      const before = elfImage(image);
      const copy = Buffer.from(before);
      const patched = patchElf(before, { interpreter: loader, rpath: folders });
      expect(before.equals(copy)).toBe(true);
      const elf = parseElf(patched);
      const old = parseElf(before);
      expect(elf).toMatchObject({ needed: old.needed, rpath: folders, runpath: [] });
      expect(elf.soname).toBe(old.soname);
      expect(elf.interpreter).toBe(old.interpreter === undefined ? undefined : loader);
      // What the kernel asks for: segments in order, and offsets that agree with addresses within a page.
      const page = elf.machine === elfMachine.x86_64 ? 0x1000 : 0x10000;
      const loads = elf.segments.filter((segment) => segment.type === segmentType.load);
      expect(loads).toHaveLength(2);
      expect(loads.map(({ address }) => address)).toEqual(loads.map(({ address }) => address).sort((a, b) => a - b));
      const added = loads[1]!;
      expect(added.offset % page).toBe(added.address % page);
      expect(added.offset + added.fileSize).toBe(patched.length);
      expect(added.address).toBeGreaterThanOrEqual(loads[0]!.address + loads[0]!.memorySize);
      expect(Buffer.from(patchElf(before, { interpreter: loader, rpath: folders })).equals(patched)).toBe(true);
    });
  }

  it("returns a file that needs no change as it is", () => {
    for (const image of [elfImage({ dynamic: false }), elfImage({ soname: "libx.so" })]) {
      expect(patchElf(image, { interpreter: loader, rpath: [] })).toBe(image);
    }
  });

  it("removes search paths", () => {
    const patched = patchElf(elfImage({ soname: "libx.so", runpath: "/opt", rpath: "/usr/local/lib" }), { rpath: [] });
    expect(parseElf(patched)).toMatchObject({ soname: "libx.so", rpath: [], runpath: [] });
  });

  it("says when there is no room for a segment", () => {
    const image = elfImage({ interpreter: "/lib/ld.so", needed: ["libx.so"], notes: 0 });
    const patch = () => patchElf(image, { interpreter: loader, rpath: folders });
    expect(patch).toThrow(new ElfError("no program header can be spared for the new segment"));
  });
});

describe("a patched program of this machine", () => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-elf-"));
  afterAll(() => fs.rmSync(dir, { recursive: true }));
  const program = fs.realpathSync("/bin/ls");
  const isDynamic = parseElf(fs.readFileSync(program)).interpreter !== undefined;

  it.skipIf(!isDynamic)("runs with the copied loader, and finds a library in its folder", () => {
    const bytes = fs.readFileSync(program);
    const elf = parseElf(bytes);
    const copied = path.join(dir, "loader");
    fs.copyFileSync(fs.realpathSync(elf.interpreter!), copied);
    const changed = path.join(dir, "ls");
    fs.writeFileSync(changed, patchElf(bytes, { interpreter: copied, rpath: [path.join(dir, "nowhere"), dir] }), {
      mode: 0o755,
    });
    const listed = spawnSync(copied, ["--list", changed], { encoding: "utf8" }).stdout;
    const library = /^\s*(libc\.\S+) => (\S+)/m.exec(listed);
    expect(library).not.toBeNull();
    fs.copyFileSync(library![2]!, path.join(dir, library![1]!));
    expect(spawnSync(copied, ["--list", changed], { encoding: "utf8" }).stdout).toContain(`=> ${dir}/${library![1]}`);
    expect(spawnSync(changed, ["-d", "/"], { encoding: "utf8" }).stdout).toBe("/\n");
  });
});
