// Collections that meet other processes, and that are killed. What they delete, and print, is compared with C++ Nix in
// test/cli/store-commands.test.ts.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeOutLinks } from "../../src/build/out-link.ts";
import { createNodeHost } from "../../src/host/node-host.ts";
import { findRoots } from "../../src/store/collector-roots.ts";
import type { StorePath } from "../../src/store/eval-store.ts";
import { directoryOf, fileOf } from "../../src/store/file-tree.ts";
import { collectGarbage, deletePaths } from "../../src/store/garbage-collector.ts";
import { LocalStore } from "../../src/store/local-store.ts";
import { verifyStore } from "../../src/store/store-verification.ts";
import { VirtualStore } from "../../src/store/virtual-store.ts";
import { storeErrorOf } from "./fixture-file.ts";

const host = createNodeHost();
const program = path.join(import.meta.dirname, "collector-process.ts");
let folder: string;
let dir: string;
let local: LocalStore;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-collector-"));
  dir = `${folder}/store`;
  local = LocalStore.open(host, dir);
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  local.close();
  host.files.remove(folder);
});

function add(name: string, references: readonly StorePath[] = [], contents = name): StorePath {
  const store = new VirtualStore({ files: host.files, local });
  const tree = directoryOf(new Map([["file", fileOf(Buffer.from(`${contents} ${references.join(" ")}`), true)]]));
  const added = store.add({ name, tree, method: "nar", algorithm: "sha256", references });
  store.materialise(added, local);
  return added;
}

/** Starts a process on the store and waits for its first line. */
async function start(...words: readonly string[]): Promise<{ readonly child: ChildProcess; readonly line: string }> {
  const child = spawn(process.execPath, [program, words[0]!, dir, ...words.slice(1)], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  children.push(child);
  let output = "";
  child.stderr!.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  const [line] = (await Promise.race([once(child.stdout!, "data"), once(child, "exit")])) as [unknown];
  if (!Buffer.isBuffer(line)) throw new Error(`the process has ended: ${output}`);
  return { child, line: line.toString().trim() };
}

/** Kills a process unless it has found something wrong and ended by itself. */
async function kill(child: ChildProcess): Promise<void> {
  expect(child.exitCode).toBe(null);
  const end = once(child, "exit");
  child.kill("SIGKILL");
  await end;
}

/** What a verification finds, by a store that is opened for it: all that it has looked at is a temporary root. */
function problems(): readonly string[] {
  local.close();
  local = LocalStore.open(host, dir);
  const lines: string[] = [];
  const report = (line: string) => lines.push(line);
  const isRight = verifyStore(host, local, { checkContents: true, report, onError: (error) => report(String(error)) });
  local.close();
  local = LocalStore.open(host, dir);
  const database = new DatabaseSync(`${dir}/nix/var/nix/db/db.sqlite`, { readOnly: true });
  const [integrity] = database.prepare("pragma integrity_check").all();
  database.close();
  expect(integrity).toEqual({ integrity_check: "ok" });
  expect(isRight).toBe(true);
  return lines.filter((line) => !/^(reading|checking) .*\.\.\.$/.test(line));
}

describe("a collection", () => {
  it("leaves what another process has added, until that process ends", async () => {
    const { child, line } = await start("hold");
    const paths = line.split(" ").sort();
    expect(paths).toHaveLength(3);
    expect(collectGarbage(host, local).paths).toEqual([]);
    const by = [...findRoots(host, local, () => {})].flatMap(([, links]) => [...links]);
    expect(new Set(by)).toEqual(new Set([`{temp:${child.pid}}`]));
    child.stdin!.end();
    await once(child, "exit");
    expect(fs.readdirSync(`${dir}/nix/var/nix/temproots`)).toEqual([]);
    expect([...collectGarbage(host, local).paths].sort()).toEqual(paths);
    expect(local.validPaths()).toEqual([]);
  });

  it("takes what a process has added that was killed", async () => {
    const { child, line } = await start("hold");
    await kill(child);
    expect(fs.readdirSync(`${dir}/nix/var/nix/temproots`)).toEqual([String(child.pid)]);
    const lines: string[] = [];
    const { paths } = collectGarbage(host, local, { report: (text) => lines.push(text) });
    expect([...paths].sort()).toEqual(line.split(" ").sort());
    expect(lines).toContain(`removing stale temporary roots file "${dir}/nix/var/nix/temproots/${child.pid}"`);
    expect(fs.readdirSync(`${dir}/nix/var/nix/temproots`)).toEqual([]);
  });

  it("leaves what this process has added itself", () => {
    const kept = add("kept", [add("base")]);
    expect(collectGarbage(host, local).paths).toEqual([]);
    expect(local.isValid(kept)).toBe(true);
    local.close();
    local = LocalStore.open(host, dir);
    expect(collectGarbage(host, local).paths).toHaveLength(2);
  });

  it("may take the folder for temporary files, as that of C++ Nix does", () => {
    add("first");
    local.allowCollection();
    host.files.remove(`${dir}/nix/store/.ocinix-tmp`);
    expect(local.isValid(add("second"))).toBe(true);
  });

  it("does not happen while somebody adds", () => {
    add("some");
    const lock = `${dir}/nix/var/nix/gc.lock`;
    expect(spawnSync("flock", ["-n", "-x", lock, "true"]).status).toBe(1);
    local.allowCollection();
    expect(spawnSync("flock", ["-n", "-x", lock, "true"]).status).toBe(0);
  });

  it("leaves what processes run, have open, or name in their environment", async () => {
    const [run = "", opened = "", named = "", none = ""] = ["run", "opened", "named", "none"].map((name) => {
      return add(name, [], "#!/bin/sh\nread line\n");
    });
    fs.chmodSync(local.realPath(run), 0o755);
    fs.copyFileSync("/bin/sleep", `${folder}/sleep`);
    fs.rmSync(`${local.realPath(run)}/file`);
    fs.renameSync(`${folder}/sleep`, `${local.realPath(run)}/file`);
    const file = fs.openSync(`${local.realPath(opened)}/file`, "r");
    const child = spawn(`${local.realPath(run)}/file`, ["1000"], {
      stdio: ["ignore", "ignore", "ignore", file],
      env: { SOME: `/x:${named}/bin:/y` },
    });
    children.push(child);
    await once(child, "spawn");
    fs.closeSync(file);
    local.close();
    local = LocalStore.open(host, dir);
    expect(collectGarbage(host, local).paths).toEqual([none]);
    const roots = findRoots(host, local, () => {});
    expect(roots.get(run)).toContain(`/proc/${child.pid}/exe`);
    expect(roots.get(opened)).toContain(`/proc/${child.pid}/fd/3`);
    expect(roots.get(named)).toContain(`/proc/${child.pid}/environ`);
    await kill(child);
    expect(collectGarbage(host, local).paths).toHaveLength(3);
  });

  it("leaves what a result link leads to, and both of the link's roots go with it", () => {
    const [old, recent] = [add("old"), add("recent")];
    const link = `${folder}/result`;
    makeOutLinks(host, local, [{ link, path: old }]);
    makeOutLinks(host, local, [{ link, path: recent }]);
    local.close();
    local = LocalStore.open(host, dir);
    const gcroots = `${dir}/nix/var/nix/gcroots`;
    const [name = ""] = fs.readdirSync(`${gcroots}/auto`);
    expect(fs.readlinkSync(`${gcroots}/auto/${name}`)).toBe(link);
    expect(fs.readlinkSync(`${gcroots}/ocinix/${name}`)).toBe(recent);
    expect(collectGarbage(host, local).paths).toEqual([old]);
    fs.rmSync(link);
    expect(collectGarbage(host, local).paths).toEqual([recent]);
    expect(["auto", "ocinix"].flatMap((kind) => fs.readdirSync(`${gcroots}/${kind}`))).toEqual([]);
  });

  it("keeps outputs and derivations as the settings say", () => {
    const built = add("build");
    const drvPath = `/nix/store/${"0".repeat(32)}-build.drv`;
    local.addTree(drvPath, fileOf(Buffer.from("a derivation")));
    const deriver = new DatabaseSync(`${dir}/nix/var/nix/db/db.sqlite`);
    deriver.prepare("update ValidPaths set deriver = ? where path = ?").run(drvPath, built);
    deriver.close();
    local.registerOutputs(drvPath, new Map([["out", built]]));
    local.close();
    local = LocalStore.open(host, dir);
    const root = `${dir}/nix/var/nix/gcroots/root`;
    fs.mkdirSync(path.dirname(root), { recursive: true });
    fs.symlinkSync(built, root);
    const dead = (options: { keepOutputs?: boolean; keepDerivations?: boolean }) => {
      return collectGarbage(host, local, { dryRun: true, ...options }).paths;
    };
    expect(dead({})).toEqual([]);
    expect(dead({ keepDerivations: false })).toEqual([drvPath]);
    fs.rmSync(root);
    fs.symlinkSync(drvPath, root);
    expect(dead({})).toEqual([built]);
    expect(dead({ keepOutputs: true })).toEqual([]);
  });

  it("says what it needs where files cannot be locked", () => {
    const { lock: _, ...rest } = Object.getPrototypeOf(host) as object & { lock: unknown };
    const without = Object.assign(Object.create(host) as typeof host, rest, { lock: undefined });
    expect(storeErrorOf(() => collectGarbage(without, local))).toMatchObject({ code: "unsupported" });
  });

  it("does not delete what is needed when it is asked to", () => {
    const base = add("base");
    const user = add("user", [base]);
    local.close();
    local = LocalStore.open(host, dir);
    const deleted: string[] = [];
    const remove = (paths: readonly string[], options = {}) => {
      deletePaths(host, local, paths, options, (collected) => deleted.push(...collected.paths));
    };
    expect(storeErrorOf(() => remove([base]))).toMatchObject({ code: "in-use" });
    remove([base], { skipAlive: true });
    expect(deleted).toEqual([]);
    remove([base], { alsoReferrers: true });
    expect(deleted).toEqual([user, base]);
  });
});

describe("processes that are killed", () => {
  it("leave a store that verifies, at whatever moment it was", async () => {
    let added = 0;
    for (let round = 0; round < 20; round++) {
      const adders = [await start("add", `${round}-a`), await start("add", `${round}-b`)];
      const collectors = [await start("collect"), await start("collect"), await start("optimise")];
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 300));
      // In some rounds the one is killed while the others go on.
      const victims = [...adders, ...collectors].sort(() => Math.random() - 0.5);
      for (const { child } of victims) {
        await kill(child);
        if (Math.random() < 0.3) await new Promise((resolve) => setTimeout(resolve, Math.random() * 100));
      }
      const unregistered = problems().filter((line) => !/is in the store folder, but not registered/.test(line));
      expect(unregistered).toEqual([]);
      added += local.validPaths().length;
    }
    expect(added).toBeGreaterThan(20);
    collectGarbage(host, local);
    expect(local.validPaths()).toEqual([]);
    expect(fs.readdirSync(`${dir}/nix/store`).filter((name) => !name.startsWith("."))).toEqual([]);
    expect(fs.readdirSync(`${dir}/nix/store/.ocinix-tmp`)).toEqual([]);
    expect(problems()).toEqual([]);
  });
});
