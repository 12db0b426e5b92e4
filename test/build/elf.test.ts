import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ElfError, elfMachine, elfType, isElf, parseElf } from "../../src/build/elf.ts";
import { elfImage } from "./elf-image.ts";

describe("reading ELF files", () => {
  it("gives what the loader needs to know", () => {
    const elf = parseElf(
      elfImage({
        type: elfType.executable,
        interpreter: "/lib64/ld-linux-x86-64.so.2",
        needed: ["libx.so.1", "libc.so.6"],
        rpath: "/one::$ORIGIN/../lib",
        runpath: "/two",
        base: 0x400000,
      }),
    );
    expect(elf).toMatchObject({
      type: elfType.executable,
      machine: elfMachine.x86_64,
      interpreter: "/lib64/ld-linux-x86-64.so.2",
      needed: ["libx.so.1", "libc.so.6"],
      rpath: ["/one", "$ORIGIN/../lib"],
      runpath: ["/two"],
      soname: undefined,
    });
  });

  it("knows libraries and static files", () => {
    expect(parseElf(elfImage({ soname: "libx.so.1", machine: elfMachine.aarch64 }))).toMatchObject({
      machine: elfMachine.aarch64,
      soname: "libx.so.1",
      interpreter: undefined,
      needed: [],
    });
    expect(parseElf(elfImage({ dynamic: false })).dynamic).toBeUndefined();
  });

  it("tells other files apart by their first bytes", () => {
    expect(isElf(elfImage().subarray(0, 4))).toBe(true);
    for (const text of ["", "\x7fELG", "#!/bin/sh"]) expect(isElf(Buffer.from(text, "latin1"))).toBe(false);
    expect(() => parseElf(Buffer.from("#!/bin/sh"))).toThrow(new ElfError("not an ELF file"));
  });

  it("refuses what it cannot handle", () => {
    const narrow = elfImage();
    narrow[4] = 1;
    const bigEndian = elfImage();
    bigEndian[5] = 2;
    for (const bytes of [narrow, bigEndian]) {
      expect(() => parseElf(bytes)).toThrow(new ElfError("not a 64-bit little-endian ELF file"));
    }
  });

  it("throws nothing but ElfError for damaged files", () => {
    const whole = elfImage({ interpreter: "/lib/ld.so", needed: ["libc.so.6"], soname: "x", runpath: "/r" });
    let refused = 0;
    const check = (bytes: Buffer): void => {
      try {
        parseElf(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(ElfError);
        refused++;
      }
    };
    for (let size = 4; size < whole.length; size++) check(whole.subarray(0, size));
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        const damaged = Buffer.from(whole);
        damaged[at] = byte;
        if (isElf(damaged)) check(damaged);
      }),
    );
    expect(refused).toBeGreaterThan(whole.length / 2);
  });

  const hasReadelf = spawnSync("readelf", ["--version"]).status === 0;

  it.skipIf(!hasReadelf)("agrees with readelf on the programs of this machine", () => {
    const programs = fs
      .readdirSync("/usr/bin")
      .map((name) => path.join("/usr/bin", name))
      .filter((file) => fs.statSync(file, { throwIfNoEntry: false })?.isFile())
      .filter((_, i) => i % 20 === 0);
    let compared = 0;
    for (const file of programs) {
      const bytes = fs.readFileSync(file);
      if (!isElf(bytes) || bytes[4] !== 2) continue;
      const listed = spawnSync("readelf", ["-d", "-l", "-W", file], { encoding: "utf8" }).stdout;
      const elf = parseElf(bytes);
      expect(elf.needed).toEqual(Array.from(listed.matchAll(/\(NEEDED\).*\[(.*)\]/g), (match) => match[1]));
      expect(elf.interpreter).toBe(/interpreter: (.*)\]/.exec(listed)?.[1]);
      expect(elf.runpath.join(":")).toBe(/\(RUNPATH\).*\[(.*)\]/.exec(listed)?.[1] ?? "");
      compared++;
    }
    expect(compared).toBeGreaterThan(5);
  });
});
