// The NAR format: a file tree as one stream of bytes. Trees, events and bytes turn into each other without recursion
// and without a whole file in memory. Surprise: whoever takes a `regular` event has to draw its contents, which are
// written or read at that moment.
import { compareBytes } from "./byte-order.ts";
import { ByteReader } from "./byte-reader.ts";
import { directoryOf, type FileTree, fileOf, linkTo } from "./file-tree.ts";
import { type Hash, Hasher } from "./hash.ts";
import { StoreError } from "./store-error.ts";

/** One step of a walk through a tree, in the order of a NAR. The root's name is empty. */
export type NarEvent = NarFile | NarLink | NarDirectory | NarDirectoryEnd;

export interface NarFile {
  readonly type: "regular";
  readonly name: string;
  readonly executable: boolean;
  /** In bytes. */
  readonly size: number;
  /** May be drawn once, and must have been before the next event. */
  readonly contents: Iterable<Uint8Array>;
}

export interface NarLink {
  readonly type: "symlink";
  readonly name: string;
  readonly target: string;
}

export interface NarDirectory {
  readonly type: "directory";
  readonly name: string;
}

/** The end of the folder that was entered last. */
export interface NarDirectoryEnd {
  readonly type: "end";
}

const magic = "nix-archive-1";
const maxDepth = 64;
const maxTag = 32;
const maxName = 255;
const maxTarget = 4095;

/**
 * Walks a tree in NAR order. `label` is what errors call the root. Throws StoreError `bad-archive` for names that no
 * folder may have and beyond 64 levels, as C++ Nix does.
 */
export function* narEvents(tree: FileTree, label = ""): Generator<NarEvent, void, void> {
  const open: { readonly name: string; readonly entries: Iterator<readonly [string, FileTree]>; last: string }[] = [];
  let name = "";
  let node = tree;
  while (true) {
    if (open.length >= maxDepth) {
      const path = [label, ...open.slice(1).map((folder) => folder.name), name].join("/");
      throw new StoreError("bad-archive", `path '${path}' exceeds maximum NAR directory depth of ${maxDepth}`);
    }
    switch (node.type) {
      case "regular":
        yield { type: "regular", name, executable: node.executable, size: node.size, contents: node.read() };
        break;
      case "symlink":
        yield { type: "symlink", name, target: node.target };
        break;
      case "directory": {
        yield { type: "directory", name };
        const entries = node.sorted ? node.entries() : sortedEntries(node.entries());
        open.push({ name, entries: entries[Symbol.iterator](), last: "" });
        break;
      }
    }
    let next: IteratorResult<readonly [string, FileTree]>;
    while (true) {
      const folder = open.at(-1);
      if (folder === undefined) return;
      next = folder.entries.next();
      if (!next.done) {
        checkEntryName(next.value[0], folder.last);
        folder.last = next.value[0];
        break;
      }
      open.pop();
      yield { type: "end" };
    }
    [name, node] = next.value;
  }
}

function sortedEntries(entries: Iterable<readonly [string, FileTree]>): readonly (readonly [string, FileTree])[] {
  return [...entries].sort((a, b) => compareBytes(a[0], b[0]));
}

const illegalInName = /[/\0]/;

function checkEntryName(name: string, previous: string): void {
  if (name === "" || name === "." || name === ".." || illegalInName.test(name)) {
    throw badArchive(`NAR contains invalid file name '${name}'`);
  }
  if (name <= previous) throw badArchive("NAR directory is not sorted");
}

function badArchive(problem: string): StoreError {
  return new StoreError("bad-archive", `bad archive: ${problem}`);
}

/** The NAR of a tree in pieces of up to 64 KiB and, for the contents of files, of whatever size they come in. */
export function narOf(tree: FileTree, label?: string): Iterable<Uint8Array> {
  return encodeNar(narEvents(tree, label));
}

/** The NAR of a walk. */
export function* encodeNar(events: Iterable<NarEvent>): Generator<Uint8Array, void, void> {
  let ready: Uint8Array[] = [];
  const encoder = new NarEncoder((chunk) => ready.push(chunk));
  for (const event of events) {
    for (const _ of encoder.encode(event)) {
      yield* ready;
      ready = [];
    }
    yield* ready;
    ready = [];
  }
  encoder.finish();
  yield* ready;
}

/** SHA-256 and length of a NAR. */
export interface NarDigest {
  readonly narHash: Hash;
  /** In bytes. */
  readonly narSize: number;
}

/** Hashes the NAR of a tree, reading every file once. */
export function hashNar(tree: FileTree, algorithm: Hash["algorithm"], label?: string): NarDigest {
  const hasher = new Hasher(algorithm);
  let narSize = 0;
  for (const chunk of narOf(tree, label)) {
    hasher.update(chunk);
    narSize += chunk.length;
  }
  return { narHash: hasher.finish(), narSize };
}

const firstBuffer = 4096;
const laterBuffer = 65536;

/** Encodes a walk while somebody else uses its events: what hashing and writing in one pass needs. */
export class NarEncoder {
  private readonly emit: (chunk: Uint8Array) => void;
  private buffer = Buffer.allocUnsafe(firstBuffer);
  private used = 0;
  private depth = 0;

  /** `emit` gets each piece once and may keep it. */
  constructor(emit: (chunk: Uint8Array) => void) {
    this.emit = emit;
    this.text(magic);
  }

  /**
   * Encodes an event. The contents of a file are encoded as they are drawn from what this gives, and they have to be
   * drawn to the end. Throws StoreError `hash-mismatch` when they are not of the size that was announced.
   */
  encode(event: NarEvent): Iterable<Uint8Array> {
    if (event.type === "end") {
      this.depth--;
      this.text(")");
      this.leave();
      return [];
    }
    if (this.depth > 0) {
      for (const text of ["entry", "(", "name", event.name, "node"]) this.text(text);
    }
    this.text("(");
    this.text("type");
    this.text(event.type);
    switch (event.type) {
      case "regular":
        if (event.executable) {
          this.text("executable");
          this.text("");
        }
        this.text("contents");
        this.integer(event.size);
        return this.contents(event);
      case "symlink":
        this.text("target");
        this.text(event.target);
        this.text(")");
        this.leave();
        return [];
      case "directory":
        this.depth++;
        return [];
    }
  }

  /** Gives the last piece. */
  finish(): void {
    this.emit(this.buffer.subarray(0, this.used));
  }

  private *contents(file: NarFile): Generator<Uint8Array, void, void> {
    let size = 0;
    for (const chunk of file.contents) {
      size += chunk.length;
      this.bytes(chunk);
      yield chunk;
    }
    if (size !== file.size) {
      throw new StoreError(
        "hash-mismatch",
        `file '${file.name}' changed while it was read: it has ${size} bytes and had ${file.size}. ` +
          "Nothing was added to the store; try again.",
      );
    }
    this.padding(size);
    this.text(")");
    this.leave();
  }

  private leave(): void {
    if (this.depth > 0) this.text(")");
  }

  private text(text: string): void {
    this.integer(text.length);
    this.reserve(text.length);
    this.used += this.buffer.write(text, this.used, "latin1");
    this.padding(text.length);
  }

  private integer(value: number): void {
    this.reserve(8);
    this.used = this.buffer.writeUInt32LE(value % 0x1_0000_0000, this.used);
    this.used = this.buffer.writeUInt32LE(Math.floor(value / 0x1_0000_0000), this.used);
  }

  private padding(size: number): void {
    const count = -size & 7;
    this.reserve(count);
    this.buffer.fill(0, this.used, this.used + count);
    this.used += count;
  }

  private bytes(chunk: Uint8Array): void {
    if (chunk.length > this.buffer.length - this.used) this.flush();
    if (chunk.length > this.buffer.length) {
      this.emit(chunk);
      return;
    }
    this.buffer.set(chunk, this.used);
    this.used += chunk.length;
  }

  private reserve(size: number): void {
    if (size > this.buffer.length - this.used) this.flush(size);
  }

  private flush(needed = 0): void {
    if (this.used > 0) this.emit(this.buffer.subarray(0, this.used));
    this.buffer = Buffer.allocUnsafe(Math.max(laterBuffer, needed));
    this.used = 0;
  }
}

/**
 * Reads a NAR strictly: what C++ Nix refuses (unsorted or repeated names, `.`, `..`, slashes and NUL in names, padding
 * that is not zero, unknown tags, more than 64 levels) is StoreError `bad-archive`, and so is anything after its end.
 * Contents that nobody draws are skipped.
 */
export function* parseNar(chunks: Iterable<Uint8Array>): Generator<NarEvent, void, void> {
  const reader = new ByteReader(chunks);
  if (!isArchive(reader)) throw badArchive("input doesn't look like a Nix archive");
  // The last name in each open folder.
  const open: string[] = [];
  let name = "";
  while (true) {
    if (open.length >= maxDepth) throw badArchive(`NAR directory nesting exceeds maximum depth of ${maxDepth}`);
    expectTag(reader, "(");
    expectTag(reader, "type");
    const type = readText(reader, maxTag);
    switch (type) {
      case "regular":
        yield* parseFile(reader, name);
        expectTag(reader, ")");
        break;
      case "symlink": {
        expectTag(reader, "target");
        const target = readText(reader, maxTarget);
        if (target === "" || target.includes("\0")) throw badArchive("NAR contains invalid symlink target");
        yield { type: "symlink", name, target };
        expectTag(reader, ")");
        break;
      }
      case "directory":
        yield { type: "directory", name };
        open.push("");
        break;
      default:
        throw badArchive(`unknown file type '${type}'`);
    }
    if (type !== "directory" && open.length > 0) expectTag(reader, ")");
    while (open.length > 0) {
      const tag = readText(reader, maxTag);
      if (tag === "entry") break;
      if (tag !== ")") throw badArchive(`expected tag 'entry' or ')', got '${tag}'`);
      open.pop();
      yield { type: "end" };
      if (open.length > 0) expectTag(reader, ")");
    }
    if (open.length === 0) break;
    expectTag(reader, "(");
    expectTag(reader, "name");
    name = readText(reader, maxName);
    checkEntryName(name, open.at(-1)!);
    open[open.length - 1] = name;
    expectTag(reader, "node");
  }
  if (!reader.atEnd()) throw badArchive("there is something after the end of the archive");
}

function isArchive(reader: ByteReader): boolean {
  const header = Buffer.alloc(24);
  header[0] = magic.length;
  header.write(magic, 8, "latin1");
  // A text file must not be taken for an archive with a name of a million characters.
  return reader.exactly(8).equals(header.subarray(0, 8)) && reader.exactly(16).equals(header.subarray(8));
}

function* parseFile(reader: ByteReader, name: string): Generator<NarFile, void, void> {
  let tag = readText(reader, maxTag);
  const executable = tag === "executable";
  if (executable) {
    readText(reader, 0);
    tag = readText(reader, maxTag);
  }
  if (tag !== "contents") throw badArchive(`expected tag 'contents', got '${tag}'`);
  const size = readInteger(reader);
  let left = size;
  function* contents(): Generator<Uint8Array, void, void> {
    while (left > 0) {
      const chunk = reader.some(left);
      left -= chunk.length;
      yield chunk;
    }
  }
  yield { type: "regular", name, executable, size, contents: contents() };
  while (left > 0) left -= reader.some(left).length;
  readPadding(reader, size);
}

function expectTag(reader: ByteReader, expected: string): void {
  const tag = readText(reader, maxTag);
  if (tag !== expected) throw badArchive(`expected tag '${expected}', got '${tag}'`);
}

function readText(reader: ByteReader, limit: number): string {
  const size = readInteger(reader);
  if (size > limit) throw new StoreError("bad-archive", "string is too long");
  const text = reader.exactly(size).toString("latin1");
  readPadding(reader, size);
  return text;
}

function readInteger(reader: ByteReader): number {
  const bytes = reader.exactly(8);
  const value = bytes.readUInt32LE(4) * 0x1_0000_0000 + bytes.readUInt32LE(0);
  if (!Number.isSafeInteger(value)) throw badArchive("a length is too large");
  return value;
}

function readPadding(reader: ByteReader, size: number): void {
  if (reader.exactly(-size & 7).some((byte) => byte !== 0)) throw new StoreError("bad-archive", "non-zero padding");
}

/** Builds the tree of a walk, with all contents in memory. */
export function treeOfEvents(events: Iterable<NarEvent>): FileTree {
  const open: { readonly name: string; readonly entries: Map<string, FileTree> }[] = [];
  let root: FileTree | undefined;
  const place = (name: string, tree: FileTree): void => {
    const folder = open.at(-1);
    if (folder === undefined) root = tree;
    else folder.entries.set(name, tree);
  };
  for (const event of events) {
    switch (event.type) {
      case "regular":
        // Copied, because a piece may be a view of a much larger buffer.
        place(event.name, fileOf(Buffer.concat([...event.contents]), event.executable));
        break;
      case "symlink":
        place(event.name, linkTo(event.target));
        break;
      case "directory":
        open.push({ name: event.name, entries: new Map() });
        break;
      case "end": {
        const { name, entries } = open.pop()!;
        place(name, directoryOf(entries));
        break;
      }
    }
  }
  if (root === undefined) throw badArchive("the archive is empty");
  return root;
}
