// Parsed and resolved files, kept in the cache folder, so that the next process neither reads nor parses them. One file
// each, replaced whole: concurrent processes do not harm each other, and what is damaged or outdated is a miss.
import { makeBuildFolder, shortHash } from "../host/cache-folder.ts";
import { FileError, type FileStat, type Host } from "../host/host.ts";
import { isSettled } from "../host/sighting.ts";
import type { Expr, Frame } from "../parser/ast.ts";
import { packTree, type StringPool, viewTree } from "../parser/packed-tree.ts";
import { bufferFromBytes } from "../source/bytes.ts";
import type { Pos } from "../source/position.ts";
import { isStackOverflow } from "../source/stack-overflow.ts";

/** What the names in a file mean besides what it binds, in one text: two files with the same are parsed alike. */
export type Signature = string;

export interface KeptTree {
  /** The tree of a source that begins at `base`. */
  exprAt(base: Pos): Expr;
  /** Its outermost environment. */
  readonly frame: Frame;
  /** The names in it, in the order in which C++ Nix's parser meets them. */
  readonly names: readonly string[];
  /** The length of the source in bytes. */
  readonly length: number;
}

interface NewTree {
  readonly path: string;
  readonly signature: Signature;
  readonly stat: FileStat;
  readonly expr: Expr;
  readonly base: Pos;
  readonly frame: Frame;
  readonly names: readonly string[];
}

/** How the file was seen, then the integers of the header. */
const sightingWords = 8;
const headerWords = 6;

export class TreeCache {
  private readonly host: Host;
  private readonly folder: string;
  private readonly added: NewTree[] = [];

  /** `folder` is for one version of the parser. */
  constructor(host: Host, folder: string) {
    this.host = host;
    this.folder = folder;
  }

  /** The tree of the file that was seen as `stat`; undefined when it has to be parsed. */
  get(path: string, signature: Signature, stat: FileStat): KeptTree | undefined {
    try {
      return readEntry(this.host.files.readFile(this.fileOf(path, signature)), path, signature, stat);
    } catch {
      return undefined;
    }
  }

  /** Notes a tree, to be written by `save`. */
  add(tree: NewTree): void {
    if (isSettled(tree.stat, this.host)) this.added.push(tree);
  }

  /** Writes what was added. Failing is no fault: it is parsed again next time. */
  save(): void {
    if (this.added.length === 0) return;
    try {
      if (this.host.files.stat(this.folder) === undefined) makeBuildFolder(this.host, this.folder);
      for (const tree of this.added) this.saveTree(tree);
    } catch (error) {
      // No room, no permission.
      if (!(error instanceof FileError)) throw error;
    }
    this.added.length = 0;
  }

  private saveTree(tree: NewTree): void {
    const file = this.fileOf(tree.path, tree.signature);
    const temporary = `${file}.${this.host.processId}`;
    let entry: Uint8Array;
    try {
      entry = writeEntry(tree);
    } catch (error) {
      // The stack that was enough to parse it may not be enough to go through it here.
      if (isStackOverflow(error)) return;
      throw error;
    }
    this.host.files.writeFile(temporary, entry);
    this.host.files.rename(temporary, file);
  }

  private fileOf(path: string, signature: Signature): string {
    const name = `${path}\0${signature}`;
    return `${this.folder}/${shortHash(name)}`;
  }
}

function writeEntry({ path, signature, stat, expr, base, frame, names }: NewTree): Uint8Array {
  const { words, strings } = packTree(expr, base);
  const numberOf = new Map(strings.map((text, index) => [text, index]));
  const pool = [...strings];
  const symbols = names.map((name) => {
    const known = numberOf.get(name);
    return known ?? pool.push(name) - 1;
  });
  let end = 0;
  const ends = pool.map((text) => {
    end += text.length;
    return end;
  });
  const header = [0, words.length, pool.length, symbols.length, frame.size, end];
  const integers = Int32Array.from([...header, ...words, ...ends, ...symbols]);
  const text = bufferFromBytes(`${pool.join("")}${path}\0${signature}`);
  integers[0] = checksum(integers.subarray(1)) ^ checksum(text);
  return Buffer.concat([new Uint8Array(sightingOf(stat).buffer), new Uint8Array(integers.buffer), text]);
}

function readEntry(bytes: Uint8Array, path: string, signature: Signature, stat: FileStat): KeptTree | undefined {
  // A copy is where the processor wants it.
  const buffer = bytes.byteOffset % 8 === 0 ? bytes.buffer : Uint8Array.from(bytes).buffer;
  const start = bytes.byteOffset % 8 === 0 ? bytes.byteOffset : 0;
  const wanted = sightingOf(stat);
  const seen = new Float64Array(buffer, start, wanted.length);
  if (wanted.some((value, index) => seen[index] !== value)) return undefined;
  const integersStart = start + sightingWords * 4;
  const header = new Int32Array(buffer, integersStart, headerWords);
  const [sum, wordCount, stringCount, symbolCount, frameSize, poolSize] = header as unknown as number[];
  const integerCount = headerWords + wordCount! + stringCount! + symbolCount!;
  const integers = new Int32Array(buffer, integersStart, integerCount);
  const text = Buffer.from(
    buffer,
    integersStart + integerCount * 4,
    bytes.length - sightingWords * 4 - integerCount * 4,
  );
  if ((checksum(integers.subarray(1)) ^ checksum(text)) !== sum) return undefined;
  if (text.toString("latin1", poolSize) !== `${path}\0${signature}`) return undefined;
  const words = integers.subarray(headerWords, headerWords + wordCount!);
  const strings = new LazyStrings(
    text.toString("latin1", 0, poolSize),
    integers.subarray(headerWords + wordCount!, headerWords + wordCount! + stringCount!),
  );
  const symbols = integers.subarray(headerWords + wordCount! + stringCount!);
  return {
    exprAt: (base) => viewTree({ words, strings }, base),
    frame: { size: frameSize! },
    get names() {
      return Array.from(symbols, (index) => strings.at(index));
    },
    length: stat.size,
  };
}

function sightingOf({ size, mtimeMs, inode, device }: FileStat): Float64Array {
  return Float64Array.of(size, mtimeMs, inode, device);
}

class LazyStrings implements StringPool {
  readonly count: number;
  private readonly text: string;
  private readonly ends: Int32Array;
  private readonly known: (string | undefined)[] = [];

  constructor(text: string, ends: Int32Array) {
    this.text = text;
    this.ends = ends;
    this.count = ends.length;
  }

  at(index: number): string {
    let text = this.known[index];
    if (text === undefined) {
      text = this.text.slice(index === 0 ? 0 : this.ends[index - 1], this.ends[index]);
      this.known[index] = text;
    }
    return text;
  }
}

/** Finds damage, not malice: the folder is the user's own. */
function checksum(values: Int32Array | Uint8Array): number {
  let sum = values.length;
  for (let i = 0; i < values.length; i++) sum = Math.imul(sum ^ (values[i] as number), 0x01000193);
  return sum;
}
