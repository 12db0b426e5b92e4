// A host that notes what a program learns from it, so that another run can find out whether it would learn the same.
import type { FileStat, Host, ReadableFiles, WritableFiles } from "./host.ts";
import { isSettled, sightingOf } from "./sighting.ts";

/** What was asked: `lstat`, `stat`, contents, entries of a folder, target of a symlink, real path, environment. */
export type InputKind = "l" | "s" | "c" | "d" | "r" | "p" | "e";

/** One thing that was learnt. */
export type Input = readonly [kind: InputKind, name: string, found: string];

const mostInputs = 50_000;

const writes = [
  "makeDir",
  "writeFile",
  "symlink",
  "hardLink",
  "chmod",
  "setTimes",
  "rename",
  "remove",
  "syncDir",
  "syncAll",
] as const satisfies readonly Exclude<keyof WritableFiles, keyof ReadableFiles>[];

export interface Recording {
  readonly host: Host;
  /** In order; undefined when something was learnt or done that cannot be compared. */
  inputs(): readonly Input[] | undefined;
}

export function recordHost(host: Host): Recording {
  const inputs = new Map<string, Input>();
  let isComparable = true;

  const note = (kind: InputKind, name: string, found: string): void => {
    const key = kind + name;
    if (inputs.has(key)) return;
    if (inputs.size >= mostInputs) isComparable = false;
    else inputs.set(key, [kind, name, found]);
  };
  const noteStat = (kind: "l" | "s" | "c" | "d", path: string, stat: FileStat | undefined): void => {
    if (stat !== undefined && isDecisive(kind, stat) && !isSettled(stat, host)) isComparable = false;
    note(kind, path, describe(kind, stat));
  };
  /** What fails may fail for reasons that nobody can look at. */
  const watched = <Result>(action: () => Result): Result => {
    try {
      return action();
    } catch (error) {
      isComparable = false;
      throw error;
    }
  };

  const { files } = host;
  const read: ReadableFiles = {
    lstat(path) {
      const stat = watched(() => files.lstat(path));
      noteStat("l", path, stat);
      return stat;
    },
    stat(path) {
      const stat = watched(() => files.stat(path));
      noteStat("s", path, stat);
      return stat;
    },
    readFile(path) {
      noteStat(
        "c",
        path,
        watched(() => files.stat(path)),
      );
      return watched(() => files.readFile(path));
    },
    readChunks(path) {
      noteStat(
        "c",
        path,
        watched(() => files.stat(path)),
      );
      return watched(() => files.readChunks(path));
    },
    readDir(path) {
      noteStat(
        "d",
        path,
        watched(() => files.stat(path)),
      );
      return watched(() => files.readDir(path));
    },
    readLink(path) {
      const target = watched(() => files.readLink(path));
      note("r", path, target);
      return target;
    },
    realPath(path) {
      const real = watched(() => files.realPath(path));
      note("p", path, real);
      return real;
    },
  };
  /** Everything else is an effect. */
  const effect =
    <Args extends readonly unknown[], Result>(action: (...args: Args) => Result) =>
    (...args: Args): Result => {
      isComparable = false;
      return action(...args);
    };

  const effects = writes.map((name) => [name, effect(files[name].bind(files) as (...args: never[]) => void)]);
  const recording: Host = Object.create(host, {
    files: { value: { ...read, ...Object.fromEntries(effects) } },
    env: {
      value: (name: string) => {
        const value = host.env(name);
        note("e", name, value === undefined ? "" : `=${value}`);
        return value;
      },
    },
    now: { value: effect(() => host.now()) },
    writeError: { value: effect((text: string) => host.writeError(text)) },
    run: { value: effect(host.run.bind(host)) },
    ...(host.lock && { lock: { value: effect(host.lock.bind(host)) } }),
  });
  return { host: recording, inputs: () => (isComparable ? [...inputs.values()] : undefined) };
}

/** Whether the host would answer the same now. */
export function isStillSo(host: Host, [kind, name, found]: Input): boolean {
  const { files } = host;
  try {
    switch (kind) {
      case "l":
        return describe(kind, files.lstat(name)) === found;
      case "s":
      case "c":
      case "d":
        return describe(kind, files.stat(name)) === found;
      case "r":
        return files.readLink(name) === found;
      case "p":
        return files.realPath(name) === found;
      case "e": {
        const value = host.env(name);
        return (value === undefined ? "" : `=${value}`) === found;
      }
    }
  } catch {
    return false;
  }
}

/** Whether the time stamp counts: who only asks what a folder or a symlink is does not learn what is in it. */
function isDecisive(kind: "l" | "s" | "c" | "d", { type }: FileStat): boolean {
  return kind === "c" || kind === "d" || type === "regular";
}

function describe(kind: "l" | "s" | "c" | "d", stat: FileStat | undefined): string {
  return stat === undefined || isDecisive(kind, stat) ? sightingOf(stat) : `${stat.type},${stat.mode}`;
}
