// Giving an ELF file another interpreter and DT_RPATH without recompiling it. Nothing moves: the new strings go to the end
// of the file, into a PT_LOAD made out of a program header the loader can spare (a PT_NOTE), so code and data stay put.
import { bufferFromBytes } from "../source/bytes.ts";
import {
  type DynamicEntry,
  dynamicEntrySize,
  dynamicTag,
  ElfError,
  type ElfFile,
  elfMachine,
  findStrings,
  parseElf,
  readWord,
  sectionHeaderSize,
  segmentHeaderSize,
  segmentType,
} from "./elf.ts";

export interface ElfPatch {
  /** The new PT_INTERP; without it, or when the file has none, the interpreter stays. */
  readonly interpreter?: string | undefined;
  /** The folders of the new DT_RPATH in order; it replaces DT_RPATH and DT_RUNPATH. Empty removes both. */
  readonly rpath: readonly string[];
}

const segmentFlagsReadOnly = 4;
const segmentFlagsReadWrite = 6;

/**
 * The patched file; the same input gives the same bytes. A file that needs no change (static, or no libraries and no
 * RPATH) is returned as it is, the very same array. DT_RPATH and not DT_RUNPATH, since only the former is also searched
 * for the libraries' own libraries and for dlopen. Throws ElfError when no program header can be spared.
 */
export function patchElf(bytes: Uint8Array, patch: ElfPatch): Uint8Array {
  const elf = parseElf(bytes);
  const interpreter = elf.interpreter === undefined ? undefined : patch.interpreter;
  const rpath = elf.dynamic === undefined ? "" : patch.rpath.join(":");
  const hasOldPath = elf.dynamic?.some(isSearchPath) ?? false;
  if (interpreter === undefined && rpath === "" && !hasOldPath) return bytes;

  const addition = new Addition(alignUp(bytes.length, 16), addressAfter(elf, alignUp(bytes.length, 16)));
  const interp = interpreter === undefined ? undefined : addition.append(bufferFromBytes(`${interpreter}\0`));
  const dynamicPlan = elf.dynamic && planDynamic(bytes, elf, elf.dynamic, rpath, addition);

  const result = new Uint8Array(addition.offset + addition.size);
  result.set(bytes);
  addition.copyInto(result);
  const view = new DataView(result.buffer);
  writeSegments(view, elf, addition, interp, dynamicPlan);
  if (dynamicPlan) writeDynamic(view, elf, dynamicPlan);
  writeSections(view, elf, interp, dynamicPlan);
  return result;
}

/** A piece of the added segment. */
interface Placed {
  readonly offset: number;
  readonly address: number;
  readonly size: number;
}

/** What is appended to the file, all of it in one new segment. */
class Addition {
  readonly offset: number;
  readonly address: number;
  size = 0;
  private readonly pieces: { readonly at: number; readonly bytes: Uint8Array }[] = [];

  constructor(offset: number, address: number) {
    this.offset = offset;
    this.address = address;
  }

  append(bytes: Uint8Array): Placed {
    const at = alignUp(this.size, 16);
    this.pieces.push({ at, bytes });
    this.size = at + bytes.length;
    return { offset: this.offset + at, address: this.address + at, size: bytes.length };
  }

  copyInto(target: Uint8Array): void {
    for (const piece of this.pieces) target.set(piece.bytes, this.offset + piece.at);
  }
}

interface DynamicPlan {
  readonly entries: readonly DynamicEntry[];
  /** Address of the string table before. */
  readonly oldStrings: number;
  readonly strings: Placed | undefined;
  /** Set when the entries do not fit where they were. */
  readonly moved: Placed | undefined;
}

function planDynamic(
  bytes: Uint8Array,
  elf: ElfFile,
  dynamic: readonly DynamicEntry[],
  rpath: string,
  addition: Addition,
): DynamicPlan {
  const old = findStrings(elf.segments, dynamic, bytes.length);
  const oldStrings = dynamic.find((entry) => entry.tag === dynamicTag.strtab)!.value;
  const entries = dynamic.filter((entry) => !isSearchPath(entry));
  if (rpath === "") return { entries, oldStrings, strings: undefined, moved: undefined };
  // The old table stays the beginning of the new one, so that every index into it remains right.
  const table = Buffer.concat([bytes.subarray(old.offset, old.offset + old.size), bufferFromBytes(`${rpath}\0`)]);
  const strings = addition.append(table);
  const renewed = entries.map((entry) =>
    entry.tag === dynamicTag.strtab
      ? { tag: entry.tag, value: strings.address }
      : entry.tag === dynamicTag.strsz
        ? { tag: entry.tag, value: strings.size }
        : entry,
  );
  renewed.push({ tag: dynamicTag.rpath, value: old.size });
  const room = Math.floor(elf.segments.find((segment) => segment.type === segmentType.dynamic)!.fileSize / 16);
  const moved =
    renewed.length + 1 > room ? addition.append(new Uint8Array((renewed.length + 1) * dynamicEntrySize)) : undefined;
  return { entries: renewed, oldStrings, strings, moved };
}

function isSearchPath(entry: DynamicEntry): boolean {
  return entry.tag === dynamicTag.rpath || entry.tag === dynamicTag.runpath;
}

/** The page size that file offsets and addresses must agree on: the largest that a kernel for the machine may use. */
function pageSize(elf: ElfFile): number {
  return elf.machine === elfMachine.x86_64 ? 0x1000 : 0x10000;
}

/** The first address beyond all segments that is congruent to the file offset. */
function addressAfter(elf: ElfFile, offset: number): number {
  const page = pageSize(elf);
  const loads = elf.segments.filter((segment) => segment.type === segmentType.load);
  const end = Math.max(...loads.map((segment) => segment.address + segment.memorySize));
  return alignUp(end, page) + (offset % page);
}

/** The index of a program header that the file works without. */
function spareSegment(elf: ElfFile): number {
  const types = elf.segments.map((segment) => segment.type);
  const note = types.lastIndexOf(segmentType.note);
  if (note >= 0) return note;
  const property = types.indexOf(segmentType.gnuProperty);
  if (property >= 0) return property;
  // A library's own program headers are found through its ELF header; only a program's are found through PT_PHDR.
  const headers = types.indexOf(segmentType.phdr);
  if (headers >= 0 && elf.interpreter === undefined) return headers;
  // Last, because it is a protection: tables that the loader has filled in stay writable without it.
  const relro = types.indexOf(segmentType.gnuRelro);
  if (relro >= 0) return relro;
  throw new ElfError("no program header can be spared for the new segment");
}

function writeSegments(
  view: DataView,
  elf: ElfFile,
  addition: Addition,
  interp: Placed | undefined,
  plan: DynamicPlan | undefined,
): void {
  if (interp) {
    const at = segmentPosition(
      elf,
      elf.segments.findIndex((segment) => segment.type === segmentType.interp),
    );
    writePlace(view, at, interp);
  }
  if (plan?.moved) {
    const at = segmentPosition(
      elf,
      elf.segments.findIndex((segment) => segment.type === segmentType.dynamic),
    );
    writePlace(view, at, plan.moved);
  }
  if (addition.size === 0) return;
  // PT_LOADs must stay in order of address, and the new one is the highest: the headers between move down by one.
  const spare = spareSegment(elf);
  const last = elf.segments.findLastIndex((segment) => segment.type === segmentType.load);
  const start = segmentPosition(elf, spare);
  let target = start;
  if (spare < last) {
    target = segmentPosition(elf, last);
    const headers = new Uint8Array(view.buffer);
    headers.copyWithin(start, start + segmentHeaderSize, target + segmentHeaderSize);
  }
  view.setUint32(target, segmentType.load, true);
  view.setUint32(target + 4, plan?.moved ? segmentFlagsReadWrite : segmentFlagsReadOnly, true);
  writePlace(view, target, { offset: addition.offset, address: addition.address, size: addition.size });
  writeWord(view, target + 48, pageSize(elf));
}

function segmentPosition(elf: ElfFile, index: number): number {
  return elf.segmentsOffset + index * segmentHeaderSize;
}

function writePlace(view: DataView, at: number, place: Placed): void {
  writeWord(view, at + 8, place.offset);
  writeWord(view, at + 16, place.address);
  writeWord(view, at + 24, place.address);
  writeWord(view, at + 32, place.size);
  writeWord(view, at + 40, place.size);
}

function writeDynamic(view: DataView, elf: ElfFile, plan: DynamicPlan): void {
  const segment = elf.segments.find((candidate) => candidate.type === segmentType.dynamic)!;
  const start = plan.moved?.offset ?? segment.offset;
  const end = start + (plan.moved?.size ?? segment.fileSize);
  let at = start;
  for (const entry of plan.entries) {
    writeWord(view, at, entry.tag);
    writeWord(view, at + 8, entry.value);
    at += dynamicEntrySize;
  }
  new Uint8Array(view.buffer).fill(0, at, end);
}

/** The loader reads no section headers, but binutils and debuggers do: point them to where things are now. */
function writeSections(view: DataView, elf: ElfFile, interp: Placed | undefined, plan: DynamicPlan | undefined): void {
  const moves = new Map<number, Placed>();
  const addressOf = (type: number): number | undefined =>
    elf.segments.find((segment) => segment.type === type)?.address;
  const oldInterp = addressOf(segmentType.interp);
  if (interp && oldInterp !== undefined) moves.set(oldInterp, interp);
  if (plan?.strings) moves.set(plan.oldStrings, plan.strings);
  const oldDynamic = addressOf(segmentType.dynamic);
  if (plan?.moved && oldDynamic !== undefined) moves.set(oldDynamic, plan.moved);
  for (let i = 1; i < elf.sectionCount; i++) {
    const at = elf.sectionsOffset + i * sectionHeaderSize;
    const place = moves.get(readWord(view, at + 16));
    if (!place || readWord(view, at + 32) === 0) continue;
    writeWord(view, at + 16, place.address);
    writeWord(view, at + 24, place.offset);
    writeWord(view, at + 32, place.size);
  }
}

function writeWord(view: DataView, at: number, value: number): void {
  view.setUint32(at, value % 0x1_0000_0000, true);
  view.setUint32(at + 4, Math.floor(value / 0x1_0000_0000), true);
}

function alignUp(value: number, alignment: number): number {
  return Math.ceil(value / alignment) * alignment;
}
