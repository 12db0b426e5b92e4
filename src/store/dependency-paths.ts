// Why an object has another one in its closure: the shortest chain of references, or all of them, as a tree of lines
// like that of `nix why-depends`.
import { blue, green, normal } from "../source/ansi-colors.ts";
import type { StorePath } from "./eval-store.ts";
import type { FileTree } from "./file-tree.ts";
import type { LocalStore } from "./local-store.ts";
import { hashPartOfStorePath } from "./store-path.ts";

export interface DependencyOptions {
  /** Every chain, not only a shortest one. */
  readonly all?: boolean;
  /** Show the place in each object that refers to the next one. */
  readonly precise?: boolean;
}

// UTF-8, one character a byte.
const arrow = "\xe2\x86\x92 ";
const lastBranch = "\xe2\x94\x94\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80";
const branch = "\xe2\x94\x9c\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80";
const trunk = "\xe2\x94\x82   ";
const gap = "    ";
const ellipsis = "\xe2\x80\xa6";
const gray = "\x1b[38;5;244m";
/** How many bytes are shown on either side of a reference. */
const margin = 32;

/** The lines (byte strings); the second object must be in the closure of the first one. Throws StoreError, FileError. */
export function dependencyLines(
  local: LocalStore,
  from: StorePath,
  to: StorePath,
  options: DependencyOptions,
): Iterable<string> {
  const tree = new DependencyTree(local, from, to, options);
  return options.precise ? tree.visit(from, "", "") : withRoot(from, tree.visit(from, "", ""));
}

function* withRoot(root: StorePath, lines: Iterable<string>): Generator<string, void, void> {
  yield root;
  yield* lines;
}

class DependencyTree {
  private readonly local: LocalStore;
  private readonly from: StorePath;
  private readonly to: StorePath;
  private readonly options: DependencyOptions;
  /** How many references away `to` is. */
  private readonly distances: ReadonlyMap<StorePath, number>;
  private readonly visited = new Set<StorePath>();
  private isDone = false;

  constructor(local: LocalStore, from: StorePath, to: StorePath, options: DependencyOptions) {
    this.local = local;
    this.from = from;
    this.to = to;
    this.options = options;
    this.distances = distancesTo(local, from, to);
  }

  *visit(path: StorePath, firstPad: string, tailPad: string): Generator<string, void, void> {
    const { all = false, precise = false } = this.options;
    const wasVisited = this.visited.has(path);
    if (precise) {
      yield `${firstPad}${wasVisited ? gray : ""}${firstPad === "" ? "" : arrow}${path}${normal}`;
    }
    if (path === this.to && !all && this.from !== this.to) {
      this.isDone = true;
      return;
    }
    if (wasVisited) return;
    if (precise) this.visited.add(path);
    const references = this.references(path);
    const hits = precise ? this.hits(path, references) : undefined;
    for (const [index, reference] of references.entries()) {
      const isLast = !all || index === references.length - 1;
      const found = hits?.get(reference) ?? [];
      for (const [place, hit] of found.entries()) {
        const isFirst = place === 0;
        yield `${tailPad}${isFirst ? (isLast ? lastBranch : branch) : isLast ? gap : trunk}${hit}`;
        if (!all) break;
      }
      if (!precise) {
        yield `${firstPad}${this.visited.has(reference) ? gray : ""}${isLast ? lastBranch : branch}${reference}${normal}`;
        this.visited.add(path);
      }
      const pad = tailPad + (isLast ? gap : trunk);
      yield* this.visit(reference, pad, pad);
      if (this.isDone) return;
    }
  }

  /** Those that lead to the goal, the nearest first. */
  private references(path: StorePath): readonly StorePath[] {
    const distance = (reference: StorePath): number => this.distances.get(reference)!;
    return this.local
      .pathInfo(path)
      .references.filter((reference) => reference !== path || this.from === this.to)
      .filter((reference) => this.distances.has(reference))
      .sort((a, b) => distance(a) - distance(b));
  }

  /** Where an object names each of these. */
  private hits(path: StorePath, references: readonly StorePath[]): ReadonlyMap<StorePath, readonly string[]> {
    const hits = new Map<StorePath, string[]>(references.map((reference) => [reference, []]));
    for (const [name, contents, isLink] of textsOf(this.local.readTree(path), "")) {
      for (const reference of references) {
        const hash = hashPartOfStorePath(reference);
        const at = contents.indexOf(hash);
        if (at < 0) continue;
        const colour = reference === this.to ? green : blue;
        if (isLink) {
          hits.get(reference)!.push(`${name} -> ${marked(contents, at, hash.length, colour)}`);
          continue;
        }
        const start = Math.max(0, at - margin);
        const text = contents.slice(start, at + hash.length + margin).replace(/[^\x20-\x7e]/g, ".");
        hits.get(reference)!.push(`${name}: ${ellipsis}${marked(text, at - start, hash.length, colour)}${ellipsis}`);
      }
    }
    return hits;
  }
}

/** The files and symlinks of a tree: what a hit calls each, and its contents or target. */
function* textsOf(tree: FileTree, path: string): Generator<readonly [string, string, boolean], void, void> {
  const shown = path === "" ? "/" : path.slice(1);
  switch (tree.type) {
    case "regular":
      yield [shown, Buffer.concat([...tree.read()]).toString("latin1"), false];
      break;
    case "symlink":
      yield [shown, tree.target, true];
      break;
    case "directory":
      for (const [name, entry] of tree.entries()) yield* textsOf(entry, `${path}/${name}`);
  }
}

function marked(text: string, at: number, length: number, colour: string): string {
  return text.slice(0, at) + colour + text.slice(at, at + length) + normal + text.slice(at + length);
}

function distancesTo(local: LocalStore, from: StorePath, to: StorePath): ReadonlyMap<StorePath, number> {
  const referrers = new Map<StorePath, StorePath[]>();
  for (const path of local.closure([from])) {
    for (const reference of local.pathInfo(path).references) {
      const known = referrers.get(reference);
      if (known === undefined) referrers.set(reference, [path]);
      else known.push(path);
    }
  }
  const distances = new Map<StorePath, number>([[to, 0]]);
  // A map gives what is added to it during the loop as well.
  for (const [path, distance] of distances) {
    for (const referrer of referrers.get(path) ?? []) {
      if (!distances.has(referrer)) distances.set(referrer, distance + 1);
    }
  }
  return distances;
}
