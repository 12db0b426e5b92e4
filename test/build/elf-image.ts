// Makes small ELF files for tests: enough for the reader, the patcher and the search for libraries, and laid out as a
// linker does it (headers, one segment with the texts and the dynamic section). Nothing in them can run.
import { elfMachine, elfType, segmentType } from "../../src/build/elf.ts";

export interface ElfImage {
  readonly machine?: number;
  readonly type?: number;
  readonly interpreter?: string;
  /** Without it the file is static. */
  readonly dynamic?: boolean;
  readonly needed?: readonly string[];
  readonly soname?: string;
  readonly rpath?: string;
  readonly runpath?: string;
  /** PT_NOTEs, each of which the patcher can take for its segment. */
  readonly notes?: number;
  /** A PT_GNU_RELRO at the end. */
  readonly relro?: boolean;
  /** A PT_PHDR in front. */
  readonly headers?: boolean;
  /** Free entries at the end of the dynamic section, the one that ends it included. */
  readonly spare?: number;
  /** Where the segment is mapped. */
  readonly base?: number;
  /** Follows everything else. */
  readonly contents?: string;
}

const tags = { needed: 1, strtab: 5, strsz: 10, soname: 14, rpath: 15, runpath: 29 } as const;

export function elfImage(image: ElfImage = {}): Buffer {
  const { machine = elfMachine.x86_64, notes = 1, spare = 2, base = 0 } = image;
  const isDynamic = image.dynamic ?? true;
  const strings: string[] = [""];
  let stringsSize = 1;
  const entries: [number, number][] = [];
  const text = (tag: number, value: string | undefined): void => {
    if (value === undefined) return;
    entries.push([tag, stringsSize]);
    strings.push(value);
    stringsSize += value.length + 1;
  };
  for (const name of image.needed ?? []) text(tags.needed, name);
  text(tags.soname, image.soname);
  text(tags.rpath, image.rpath);
  text(tags.runpath, image.runpath);

  const segments = [
    ...(image.headers ? ["phdr"] : []),
    ...(image.interpreter === undefined ? [] : ["interp"]),
    "load",
    ...(isDynamic ? ["dynamic"] : []),
    ...Array.from({ length: notes }, () => "note"),
    ...(image.relro ? ["relro"] : []),
  ];
  const interpAt = 64 + segments.length * 56;
  const interp = image.interpreter === undefined ? "" : `${image.interpreter}\0`;
  const stringsAt = interpAt + interp.length;
  const dynamicAt = Math.ceil((stringsAt + stringsSize) / 16) * 16;
  const dynamicSize = isDynamic ? (entries.length + 2 + spare) * 16 : 0;
  const contentsAt = dynamicAt + dynamicSize;
  const bytes = Buffer.alloc(contentsAt + (image.contents?.length ?? 0));
  const word = (at: number, value: number): void => void bytes.writeBigUInt64LE(BigInt(value), at);

  bytes.write("\x7fELF\x02\x01\x01", "latin1");
  bytes.writeUInt16LE(image.type ?? elfType.shared, 16);
  bytes.writeUInt16LE(machine, 18);
  bytes.writeUInt32LE(1, 20);
  word(32, 64);
  bytes.writeUInt16LE(64, 52);
  bytes.writeUInt16LE(56, 54);
  bytes.writeUInt16LE(segments.length, 56);
  const places: Record<string, readonly [type: number, offset: number, size: number]> = {
    phdr: [segmentType.phdr, 64, segments.length * 56],
    interp: [segmentType.interp, interpAt, interp.length],
    load: [segmentType.load, 0, bytes.length],
    dynamic: [segmentType.dynamic, dynamicAt, dynamicSize],
    note: [segmentType.note, interpAt, 0],
    relro: [segmentType.gnuRelro, dynamicAt, dynamicSize],
  };
  segments.forEach((name, i) => {
    const [type, offset, size] = places[name]!;
    const at = 64 + i * 56;
    bytes.writeUInt32LE(type, at);
    bytes.writeUInt32LE(6, at + 4);
    word(at + 8, offset);
    word(at + 16, base + offset);
    word(at + 24, base + offset);
    word(at + 32, size);
    word(at + 40, size);
    word(at + 48, name === "load" ? 0x1000 : 8);
  });
  bytes.write(interp, interpAt, "latin1");
  bytes.write(`${strings.join("\0")}\0`, stringsAt, "latin1");
  if (isDynamic) {
    const all: [number, number][] = [...entries, [tags.strtab, base + stringsAt], [tags.strsz, stringsSize]];
    all.forEach(([tag, value], i) => {
      word(dynamicAt + i * 16, tag);
      word(dynamicAt + i * 16 + 8, value);
    });
  }
  bytes.write(image.contents ?? "", contentsAt, "latin1");
  return bytes;
}
