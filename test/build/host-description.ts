// Descriptions of packages for tests, and machines to make them of.
import type { HostPackageDescription } from "../../src/build/host-package.ts";
import type { MemoryFile } from "../../src/host/memory-host.ts";
import { type ElfImage, elfImage } from "./elf-image.ts";

export function describePackage(description: Partial<HostPackageDescription>): HostPackageDescription {
  return {
    attr: "thing",
    pname: "thing",
    programs: [],
    required: [],
    folders: [],
    links: {},
    files: {},
    exclude: [],
    environment: {},
    arguments: {},
    runtime: undefined,
    apt: undefined,
    ...description,
  };
}

const loader = "/lib64/ld-linux-x86-64.so.2";

/** A program of that machine. */
export function programFile(image: ElfImage = {}): MemoryFile {
  return { contents: elfImage({ interpreter: loader, needed: ["libc.so.6"], ...image }), executable: true };
}

export function scriptFile(text: string): MemoryFile {
  return { contents: text, executable: true };
}

/** The files of a machine with a C library and these. */
export function machineFiles(files: Readonly<Record<string, MemoryFile>> = {}): Record<string, MemoryFile> {
  return {
    [loader]: elfImage({ soname: "ld-linux-x86-64.so.2" }),
    "/lib/libc.so.6": elfImage({ soname: "libc.so.6" }),
    ...files,
  };
}
