// Reading 64-bit little-endian ELF files (x86-64, aarch64): program headers, dynamic section and the names in it.
// Only what dynamic linking needs; section headers matter to the patcher alone. Texts are byte strings.
import { bytesFromBuffer } from "../source/bytes.ts";

export const segmentType = {
  load: 1,
  dynamic: 2,
  interp: 3,
  note: 4,
  phdr: 6,
  gnuRelro: 0x6474e552,
  gnuProperty: 0x6474e553,
} as const;
export const dynamicTag = { null: 0, needed: 1, strtab: 5, strsz: 10, soname: 14, rpath: 15, runpath: 29 } as const;

/** `e_machine` values that ocinix knows programs for. */
export const elfMachine = { x86_64: 62, aarch64: 183 } as const;

/** `e_type` values of files that the loader maps. */
export const elfType = { executable: 2, shared: 3 } as const;

const elfHeaderSize = 64;
export const segmentHeaderSize = 56;
export const sectionHeaderSize = 64;
export const dynamicEntrySize = 16;

export interface ElfSegment {
  readonly type: number;
  readonly flags: number;
  /** Offset in the file, in bytes. */
  readonly offset: number;
  readonly address: number;
  readonly fileSize: number;
  readonly memorySize: number;
  readonly alignment: number;
}

export interface DynamicEntry {
  readonly tag: number;
  readonly value: number;
}

export interface ElfFile {
  readonly type: number;
  readonly machine: number;
  /** File offset of the program headers. */
  readonly segmentsOffset: number;
  readonly segments: readonly ElfSegment[];
  /** File offset of the section headers; 0 when there are none. */
  readonly sectionsOffset: number;
  readonly sectionCount: number;
  /** PT_INTERP, without its NUL. */
  readonly interpreter: string | undefined;
  /** Entries of the dynamic section up to DT_NULL; undefined for a static file. */
  readonly dynamic: readonly DynamicEntry[] | undefined;
  readonly needed: readonly string[];
  readonly soname: string | undefined;
  /** DT_RPATH split at `:`; ignored by the loader when there is a DT_RUNPATH. */
  readonly rpath: readonly string[];
  readonly runpath: readonly string[];
}

/** The file claims to be ELF but is cut short, contradicts itself, or is of a kind that cannot be handled. */
export class ElfError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ElfError";
  }
}

/** Whether the bytes begin with the ELF magic number; four bytes are enough. */
export function isElf(bytes: Uint8Array): boolean {
  return bytes[0] === 0x7f && bytes[1] === 0x45 && bytes[2] === 0x4c && bytes[3] === 0x46;
}

/** Parses a file for which `isElf` holds. Throws ElfError. */
export function parseElf(bytes: Uint8Array): ElfFile {
  if (!isElf(bytes)) throw new ElfError("not an ELF file");
  if (bytes.length < elfHeaderSize) throw new ElfError("the ELF header is cut short");
  if (bytes[4] !== 2 || bytes[5] !== 1) throw new ElfError("not a 64-bit little-endian ELF file");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const segmentsOffset = readWord(view, 32);
  const segmentCount = view.getUint16(56, true);
  if (segmentCount > 0 && view.getUint16(54, true) !== segmentHeaderSize) {
    throw new ElfError("program headers of an unknown size");
  }
  const segments: ElfSegment[] = [];
  for (let i = 0; i < segmentCount; i++) segments.push(readSegment(view, segmentsOffset + i * segmentHeaderSize));
  const sectionsOffset = readWord(view, 40);
  const sectionCount = view.getUint16(60, true);
  const sectionsAreHere =
    sectionsOffset !== 0 &&
    view.getUint16(58, true) === sectionHeaderSize &&
    sectionsOffset + sectionCount * sectionHeaderSize <= bytes.length;

  const interpSegment = segments.find((segment) => segment.type === segmentType.interp);
  const interpreter =
    interpSegment && readText(bytes, interpSegment.offset, interpSegment.offset + interpSegment.fileSize);
  const dynamicSegment = segments.find((segment) => segment.type === segmentType.dynamic);
  const dynamic = dynamicSegment && readDynamic(view, dynamicSegment);
  const strings = dynamic && findStrings(segments, dynamic, bytes.length);
  const textsOf = (tag: number): string[] =>
    (dynamic ?? []).filter((entry) => entry.tag === tag).map((entry) => readDynamicText(bytes, strings, entry.value));
  const foldersOf = (tag: number): string[] =>
    textsOf(tag)
      .flatMap((text) => text.split(":"))
      .filter((folder) => folder !== "");

  return {
    type: view.getUint16(16, true),
    machine: view.getUint16(18, true),
    segmentsOffset,
    segments,
    sectionsOffset: sectionsAreHere ? sectionsOffset : 0,
    sectionCount: sectionsAreHere ? sectionCount : 0,
    interpreter,
    dynamic,
    needed: textsOf(dynamicTag.needed),
    soname: textsOf(dynamicTag.soname)[0],
    rpath: foldersOf(dynamicTag.rpath),
    runpath: foldersOf(dynamicTag.runpath),
  };
}

/** Where the dynamic string table lies in the file. Throws ElfError when the dynamic section does not tell. */
export function findStrings(
  segments: readonly ElfSegment[],
  dynamic: readonly DynamicEntry[],
  fileSize: number,
): { readonly offset: number; readonly size: number } {
  const address = dynamic.find((entry) => entry.tag === dynamicTag.strtab)?.value;
  const size = dynamic.find((entry) => entry.tag === dynamicTag.strsz)?.value;
  if (address === undefined || size === undefined) throw new ElfError("the dynamic section names no string table");
  const segment = segments.find(
    (candidate) =>
      candidate.type === segmentType.load &&
      address >= candidate.address &&
      address + size <= candidate.address + candidate.fileSize,
  );
  const offset = segment && segment.offset + (address - segment.address);
  if (offset === undefined || offset + size > fileSize) throw new ElfError("the string table is outside the file");
  return { offset, size };
}

/** A 64-bit word as a number; exact below 2^53, which every address of a user program is. */
export function readWord(view: DataView, offset: number): number {
  if (offset + 8 > view.byteLength) throw new ElfError("the file is cut short");
  return view.getUint32(offset, true) + view.getUint32(offset + 4, true) * 0x1_0000_0000;
}

function readSegment(view: DataView, at: number): ElfSegment {
  if (at + segmentHeaderSize > view.byteLength) throw new ElfError("the program headers are cut short");
  return {
    type: view.getUint32(at, true),
    flags: view.getUint32(at + 4, true),
    offset: readWord(view, at + 8),
    address: readWord(view, at + 16),
    fileSize: readWord(view, at + 32),
    memorySize: readWord(view, at + 40),
    alignment: readWord(view, at + 48),
  };
}

function readDynamic(view: DataView, segment: ElfSegment): DynamicEntry[] {
  const entries: DynamicEntry[] = [];
  for (let at = segment.offset; at + dynamicEntrySize <= segment.offset + segment.fileSize; at += dynamicEntrySize) {
    const tag = readWord(view, at);
    if (tag === dynamicTag.null) break;
    entries.push({ tag, value: readWord(view, at + 8) });
  }
  return entries;
}

function readDynamicText(
  bytes: Uint8Array,
  strings: { readonly offset: number; readonly size: number } | undefined,
  index: number,
): string {
  if (!strings || index >= strings.size)
    throw new ElfError("a name of the dynamic section is outside the string table");
  return readText(bytes, strings.offset + index, strings.offset + strings.size);
}

function readText(bytes: Uint8Array, start: number, limit: number): string {
  const end = bytes.indexOf(0, start);
  if (start >= bytes.length || limit > bytes.length || end < 0 || end >= limit) {
    throw new ElfError("a text in the file has no end");
  }
  return bytesFromBuffer(bytes.subarray(start, end));
}
