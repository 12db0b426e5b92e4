// Objects from binary caches into a local store: their closures are found first, then each is checked, stored and
// registered, references first. A cache that fails for one object is not asked for it again, another one is.
import type { StorePath } from "../store/eval-store.ts";
import type { LocalStore } from "../store/local-store.ts";
import type { PathInfo } from "../store/path-info.ts";
import { StoreError } from "../store/store-error.ts";
import { hashPartOfStorePath } from "../store/store-path.ts";
import type { AbsenceCache } from "./absence-cache.ts";
import { CacheError } from "./cache-error.ts";
import type { CacheLocation } from "./cache-location.ts";
import type { NarInfo } from "./nar-info.ts";
import { isSignedBy, type PublicKey } from "./signing-key.ts";
import type { NarTransfer, Transfers } from "./transfers.ts";

export interface SubstituterOptions {
  /** Those of the same priority are asked in this order. */
  readonly caches: readonly CacheLocation[];
  readonly trustedKeys: readonly PublicKey[];
  /** Whether objects that are not content-addressed need a signature by one of these keys. */
  readonly requireSigs: boolean;
  /** Where it is remembered what caches do not have; absent where they are asked in any case. */
  readonly absences?: AbsenceCache | undefined;
  /** Told what a cache could not do, where it goes on without it (a byte string). */
  readonly warn: (message: string) => void;
  /** Told of every object right before it is stored. */
  readonly onCopy?: (path: StorePath, cache: CacheLocation) => void;
}

/** An object that some cache has. */
export interface Available {
  readonly cache: CacheLocation;
  readonly info: NarInfo;
}

/** So many archives are on their way at a time. */
const transfersAhead = 6;

export class Substituter {
  private readonly options: SubstituterOptions;
  private readonly transfers: Transfers;
  /** Of each cache that could be opened, in the order in which they are asked. */
  private ordered: readonly CacheLocation[] | undefined;
  /** What caches said, by URL and hash part; an error for those that could not say it. */
  private readonly answers = new Map<string, NarInfo | CacheError | undefined>();

  constructor(transfers: Transfers, options: SubstituterOptions) {
    this.transfers = transfers;
    this.options = options;
  }

  /** What caches have of these objects, by path, without what they refer to. Never throws for a cache that fails. */
  available(paths: Iterable<StorePath>): ReadonlyMap<StorePath, Available> {
    const found = new Map<StorePath, Available>();
    let wanted = [...paths];
    for (const cache of this.caches()) {
      if (wanted.length === 0) break;
      this.query(cache, wanted);
      for (const path of wanted) {
        const info = this.infoFrom(cache, path);
        if (info !== undefined) found.set(path, { cache, info });
      }
      wanted = wanted.filter((path) => !found.has(path));
    }
    return found;
  }

  /**
   * Copies objects with all they refer to into the store, as far as they are not valid there, and gives those that were
   * copied. Each is registered when it is complete. Throws CacheError or StoreError for the first one that no cache can
   * give; nothing of it is left, those before it stay.
   */
  substitute(paths: Iterable<StorePath>, local: LocalStore, isRecursive = true): readonly StorePath[] {
    local.protect();
    const plan = this.plan(paths, local, isRecursive);
    const running = new Map<StorePath, NarTransfer>();
    const copied: StorePath[] = [];
    const start = (index: number): void => {
      const next = plan[index];
      if (next !== undefined) running.set(next.info.path, this.transfers.nar(next.cache, next.info));
    };
    for (let index = 0; index < transfersAhead; index++) start(index);
    try {
      for (const [index, found] of plan.entries()) {
        const { path } = found.info;
        const transfer = running.get(path)!;
        running.delete(path);
        start(index + transfersAhead);
        try {
          // Another process may have been faster.
          if (local.isValid(path)) continue;
          this.copy(found, transfer, local);
          copied.push(path);
        } finally {
          transfer.cancel();
        }
      }
    } finally {
      for (const transfer of running.values()) transfer.cancel();
    }
    return copied;
  }

  /** What has to be copied, references first. Throws CacheError for what no cache has. */
  plan(paths: Iterable<StorePath>, local: Pick<LocalStore, "isValid">, isRecursive: boolean): readonly Available[] {
    const plan = new Map<StorePath, Available>();
    let wanted = [...new Set(paths)].filter((path) => !local.isValid(path));
    while (wanted.length > 0) {
      const found = this.available(wanted);
      for (const path of wanted) {
        const one = found.get(path);
        if (one === undefined) throw this.unavailable(path);
        plan.set(path, one);
      }
      if (!isRecursive) break;
      const references = new Set([...found.values()].flatMap(({ info }) => info.references));
      wanted = [...references].filter((path) => !plan.has(path) && !local.isValid(path));
    }
    return referencesFirst(plan);
  }

  private copy(found: Available, transfer: NarTransfer, local: LocalStore): void {
    let { info, cache } = found;
    let { chunks } = transfer;
    for (;;) {
      this.options.onCopy?.(info.path, cache);
      try {
        const { path, references, deriver, ca, sigs } = info;
        const more = {
          ...(deriver !== undefined && { deriver }),
          ...(ca !== undefined && { ca }),
          ...(sigs && { sigs }),
        };
        local.addTrees([{ path, tree: chunks, references, ...more }], ([stored]) =>
          checkContents(info, stored!, cache),
        );
        return;
      } catch (error) {
        // Only what may be the cache's fault.
        const isFault = error instanceof StoreError && (error.code === "bad-archive" || error.code === "hash-mismatch");
        if (!(error instanceof CacheError || isFault)) throw error;
        const message = isFault ? `'${info.path}' from '${cache.url}': ${error.message}` : error.message;
        const fault = new CacheError(error instanceof CacheError ? error.code : "corrupt-cache", message, {
          cause: error,
        });
        this.answers.set(keyOf(cache, info.path), fault);
        const next = this.available([info.path]).get(info.path);
        const isReady = next?.info.references.every((path) => path === info.path || local.isValid(path));
        if (next === undefined || !isReady) throw fault;
        this.options.warn(message);
        ({ info, cache } = next);
        ({ chunks } = this.transfers.nar(cache, info));
      }
    }
  }

  private caches(): readonly CacheLocation[] {
    if (this.ordered !== undefined) return this.ordered;
    const { caches } = this.options;
    const ranked = caches.flatMap((cache) => {
      try {
        return [{ cache, priority: cache.priority ?? this.transfers.cacheInfo(cache).priority }];
      } catch (error) {
        // With one cache only, it is the error of all that is asked of it.
        if (!(error instanceof CacheError) || caches.length === 1) throw error;
        this.options.warn(`${error.message}; going on without it`);
        return [];
      }
    });
    this.ordered = ranked.sort((a, b) => a.priority - b.priority).map(({ cache }) => cache);
    return this.ordered;
  }

  private query(cache: CacheLocation, paths: readonly StorePath[]): void {
    const unknown = paths.filter((path) => !this.answers.has(keyOf(cache, path)));
    if (unknown.length === 0) return;
    // A folder answers as fast as a note about it.
    const absences = cache.dir === undefined ? this.options.absences : undefined;
    const asked = unknown.filter((path) => !absences?.has(cache.url, hashPartOfStorePath(path)));
    const answers = asked.length === 0 ? [] : this.transfers.narInfos(cache, asked.map(hashPartOfStorePath));
    for (const path of unknown) this.answers.set(keyOf(cache, path), undefined);
    for (const [index, path] of asked.entries()) {
      this.answers.set(keyOf(cache, path), answers[index]);
      if (answers[index] === undefined) absences?.add(cache.url, hashPartOfStorePath(path));
    }
  }

  /** The answer of a cache, if it can be used. */
  private infoFrom(cache: CacheLocation, path: StorePath): NarInfo | undefined {
    const answer = this.answers.get(keyOf(cache, path));
    if (answer === undefined || answer instanceof CacheError) return undefined;
    const problem =
      answer.path !== path
        ? new CacheError("corrupt-cache", `'${cache.url}' has '${answer.path}' and not '${path}'`)
        : this.isTrusted(answer, cache)
          ? undefined
          : new CacheError(
              "unsigned",
              `cannot add path '${path}' because it lacks a signature by a trusted key: '${cache.url}' has ` +
                `${signers(answer)}; the keys of 'trusted-public-keys' are ${names(this.options.trustedKeys)}`,
            );
    if (problem === undefined) return answer;
    this.answers.set(keyOf(cache, path), problem);
    return undefined;
  }

  private isTrusted(info: NarInfo, cache: CacheLocation): boolean {
    // A content address is checked when the object is stored.
    if (!this.options.requireSigs || cache.isTrusted || info.ca !== undefined) return true;
    return isSignedBy(info, this.options.trustedKeys);
  }

  private unavailable(path: StorePath): CacheError {
    const faults = this.caches().flatMap((cache) => this.answers.get(keyOf(cache, path)) ?? []);
    const fault = faults.find((answer): answer is CacheError => answer instanceof CacheError);
    if (fault !== undefined) return fault;
    const asked = this.options.caches.map(({ url }) => `'${url}'`).join(", ");
    return new CacheError(
      "not-in-cache",
      `path '${path}' is required, but it is not in ${asked || "any binary cache"}`,
    );
  }
}

function keyOf(cache: CacheLocation, path: StorePath): string {
  return `${cache.url} ${hashPartOfStorePath(path)}`;
}

function checkContents(info: NarInfo, stored: PathInfo, { url }: CacheLocation): void {
  if (stored.narHash === info.narHash && stored.narSize === info.narSize) return;
  throw new CacheError(
    "corrupt-cache",
    `hash mismatch importing path '${info.path}' from '${url}':\n` +
      `  specified: sha256:${info.narHash}\n  got:       sha256:${stored.narHash}`,
  );
}

function signers({ sigs = [] }: NarInfo): string {
  return sigs.length === 0 ? "no signature of it" : `signatures of it by ${sigs.map(nameOf).join(", ")}`;
}

function nameOf(signature: string): string {
  return `'${signature.slice(0, signature.indexOf(":"))}'`;
}

function names(keys: readonly PublicKey[]): string {
  return keys.length === 0 ? "none" : keys.map(({ name }) => `'${name}'`).join(", ");
}

/** In an order in which each comes after those that it refers to. Throws CacheError for a circle. */
function referencesFirst(plan: ReadonlyMap<StorePath, Available>): readonly Available[] {
  const ordered: Available[] = [];
  const done = new Set<StorePath>();
  const open = new Set<StorePath>();
  // A stack of our own, because chains of references can be longer than JavaScript's.
  const stack: { readonly found: Available; readonly rest: Iterator<StorePath> }[] = [];
  const enter = (path: StorePath): void => {
    const found = plan.get(path);
    if (found === undefined || done.has(path)) return;
    if (open.has(path)) throw new CacheError("corrupt-cache", `cycle in the references of '${path}'`);
    open.add(path);
    stack.push({ found, rest: found.info.references.filter((other) => other !== path)[Symbol.iterator]() });
  };
  for (const path of plan.keys()) {
    enter(path);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const next = top.rest.next();
      if (!next.done) {
        enter(next.value);
        continue;
      }
      stack.pop();
      open.delete(top.found.info.path);
      done.add(top.found.info.path);
      ordered.push(top.found);
    }
  }
  return ordered;
}
