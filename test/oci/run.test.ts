// Bundles that really run: in runc and crun, as root and as an ordinary user, as far as the machine has and allows them.
import { type SpawnSyncReturns, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, type TestContext } from "vitest";
import { FileError } from "../../src/host/host.ts";
import { createMemoryHost } from "../../src/host/memory-host.ts";
import { createNodeHost } from "../../src/host/node-host.ts";
import { chooseRuntime, findProgram, hiddenCgroups } from "../../src/oci/container-runtime.ts";
import type { RunOptions } from "../../src/oci/run.ts";
import { noShellBundle, type ShellBundle, writeShellBundle } from "./shell-bundle.ts";

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-run-test-"));
const runner = path.resolve(import.meta.dirname, "run-bundle.ts");
const isRoot = process.getuid?.() === 0;
const nobody = 65534;

beforeAll(() => fs.chmodSync(scratch, 0o755));
afterAll(() => createNodeHost().files.remove(scratch));

/** Who runs the container: the command to become them, and why that is not possible here. */
interface Runner {
  readonly name: string;
  readonly prefix: readonly string[];
  readonly owner: number | undefined;
  readonly obstacle: string | undefined;
}

const asUser = isRoot ? ["setpriv", `--reuid=${nobody}`, `--regid=${nobody}`, "--clear-groups"] : [];
const runners: readonly Runner[] = [
  { name: "root", prefix: [], owner: undefined, obstacle: isRoot ? undefined : "the tests do not run as root" },
  { name: "an ordinary user", prefix: asUser, owner: isRoot ? nobody : undefined, obstacle: userObstacle() },
];

function userObstacle(): string | undefined {
  const namespace = [...asUser, "unshare", "--user", "--map-root-user", "--mount", "true"];
  if (spawnSync(namespace[0]!, namespace.slice(1)).status !== 0) {
    return "an ordinary user cannot make a user namespace here";
  }
  const reading = [...asUser, process.execPath, "-e", `require("fs").accessSync(${JSON.stringify(runner)})`];
  if (spawnSync(reading[0]!, reading.slice(1)).status !== 0) return "an ordinary user cannot read the tests";
  return undefined;
}

const runtimes = ["runc", "crun"].map((name) => ({
  name,
  obstacle: findProgram(createNodeHost(), name) === undefined ? `${name} is not installed` : undefined,
}));

const everywhere = runners.flatMap((user) => runtimes.map((runtime) => ({ user, runtime })));

/** Skips the test, with the reason, where it cannot be run. */
function needs({ skip }: TestContext, ...obstacles: readonly (string | undefined)[]): void {
  const obstacle = [noShellBundle, ...obstacles].find((reason) => reason !== undefined);
  if (obstacle !== undefined) skip(obstacle);
}

interface Place {
  readonly bundle: string;
  /** Where the run folder of the container is made; empty before and after. */
  readonly temporary: string;
  readonly env: Record<string, string>;
  readonly user: Runner;
}

let places = 0;

function place(user: Runner, bundle: ShellBundle): Place {
  const dir = path.join(scratch, `${places++}`);
  // An apostrophe, a comma and a colon: what shells and mount options trip over.
  const temporary = path.join(dir, "tmp'a,b:c");
  fs.mkdirSync(temporary, { recursive: true });
  if (user.owner !== undefined) for (const each of [dir, temporary]) fs.chownSync(each, user.owner, user.owner);
  writeShellBundle(path.join(dir, "bundle"), { ...bundle, ...(user.owner !== undefined && { owner: user.owner }) });
  const env = { PATH: "/usr/bin:/bin", TMPDIR: temporary, HOME: temporary };
  return { bundle: path.join(dir, "bundle"), temporary, env, user };
}

function command(place: Place, options: Partial<RunOptions>): [string, string[]] {
  const all = [process.execPath, runner, place.bundle, JSON.stringify({ terminal: false, ...options })];
  const [program, ...args] = [...place.user.prefix, ...all];
  return [program!, args];
}

/** Runs the bundle, and sees to it that it stays as it was and that nothing else stays. */
function run(place: Place, options: Partial<RunOptions>, input = ""): SpawnSyncReturns<string> {
  const before = treeHash(place.bundle);
  const result = spawnSync(...command(place, options), { encoding: "utf8", env: place.env, input });
  expect(fs.readdirSync(place.temporary), result.stderr).toEqual([]);
  expect(treeHash(place.bundle)).toBe(before);
  return result;
}

function treeHash(root: string): string {
  const hash = createHash("sha256");
  for (const name of (fs.readdirSync(root, { recursive: true }) as string[]).sort()) {
    const stat = fs.lstatSync(path.join(root, name));
    hash.update(`${name}\0${stat.mode}\0${stat.mtimeMs}\0${stat.size}\0`);
    if (stat.isFile()) hash.update(fs.readFileSync(path.join(root, name)));
  }
  return hash.digest("hex");
}

describe.each(everywhere)("$runtime.name as $user.name", ({ user, runtime }) => {
  const options = { runtime: runtime.name };

  it("runs the program with its arguments, environment and standard streams", (context) => {
    needs(context, user.obstacle, runtime.obstacle);
    const script = 'read line; echo "$line|$1|$2|$PATH"; read name < /proc/sys/kernel/hostname; echo $name >&2; exit 7';
    const result = run(place(user, { script, readonly: true }), { ...options, args: ["a b", "*"] }, "typed\n");
    expect(result.stdout).toBe("typed|a b|*|/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n");
    expect(result.stderr).toBe("ocinix\n");
    expect(result.status).toBe(7);
  });

  it("holds the closure, and devices that work", (context) => {
    needs(context, user.obstacle, runtime.obstacle);
    const script =
      "echo /* /nix/* /nix/store/*; echo lost > /dev/null && [ -c /dev/urandom ] && echo devices; echo /proc/[0-9]*";
    const result = run(place(user, { script, readonly: true }), options);
    expect(result.stdout).toBe(
      `/dev /nix /proc /sys /tmp /nix/store /nix/store/${"1".repeat(32)}-libraries /nix/store/${"2".repeat(32)}-shell\n` +
        "devices\n/proc/1\n",
    );
    expect(result.status, result.stderr).toBe(0);
  });

  it("refuses writes to a read-only root, but not to /tmp", (context) => {
    needs(context, user.obstacle, runtime.obstacle);
    const script =
      "[ -k /tmp ] && echo x > /tmp/file && echo written; (echo x > /file) || echo refused; (echo x > /nix/file) || echo refused";
    const result = run(place(user, { script, readonly: true }), options);
    expect(result.stdout).toBe("written\nrefused\nrefused\n");
    expect(result.stderr).toContain("Read-only file system");
  });

  it("lets a container write where the root is not read-only, and forgets it", (context) => {
    needs(context, user.obstacle, runtime.obstacle);
    const script =
      "[ -e /file ] && echo stale; echo x > /file && echo x > /nix/store/file && for sh in /nix/store/*-shell/sh; do echo x >> $sh; done && echo /f*";
    const here = place(user, { script });
    for (const _ of ["once", "twice"]) {
      const result = run(here, options);
      expect(result.stdout, result.stderr).toBe("/file\n");
    }
  });

  it("mounts folders and files of the host", (context) => {
    needs(context, user.obstacle, runtime.obstacle);
    const host = fs.mkdtempSync(path.join(scratch, "host-"));
    fs.chmodSync(host, 0o777);
    fs.writeFileSync(path.join(host, "greeting"), "hello from the host\n");
    fs.mkdirSync(path.join(host, "nested"));
    const mounts = {
      "/data": { type: "none", source: host, options: ["bind"] },
      "/etc/greeting": { type: "bind", source: path.join(host, "greeting"), options: ["ro"] },
      "/data/nested": { type: "tmpfs", source: "tmpfs" },
    };
    const script =
      "read a < /data/greeting; read b < /etc/greeting; echo $a, $b; echo new > /data/new; echo x > /data/nested/x; (echo x > /etc/greeting) || echo refused";
    const here = place(user, { script, mounts, readonly: true, sourceIsFile: (file) => file.endsWith("greeting") });
    const result = run(here, options);
    expect(result.stdout, result.stderr).toBe("hello from the host, hello from the host\nrefused\n");
    expect(fs.readFileSync(path.join(host, "new"), "utf8")).toBe("new\n");
    expect(fs.readdirSync(path.join(host, "nested"))).toEqual([]);
  });

  it("mounts a file where the bundle was built for a folder, and the other way round", (context) => {
    needs(context, user.obstacle, runtime.obstacle);
    const host = fs.mkdtempSync(path.join(scratch, "host-"));
    fs.chmodSync(host, 0o755);
    fs.writeFileSync(path.join(host, "file"), "now a file\n");
    fs.mkdirSync(path.join(host, "folder"));
    const mounts = {
      "/etc/one": { type: "none", source: path.join(host, "file") },
      "/etc/two": { type: "none", source: path.join(host, "folder") },
    };
    const script = "read line < /etc/one; echo $line; [ -d /etc/two ] && echo folder; (echo x > /x) || echo refused";
    const here = place(user, { script, mounts, readonly: true, sourceIsFile: (file) => file.endsWith("folder") });
    const result = run(here, options);
    expect(result.stdout, result.stderr).toBe("now a file\nfolder\nrefused\n");
  });

  it("gives the container a terminal where there is one", (context) => {
    const script = findProgram(createNodeHost(), "script") === undefined ? "script(1) is not installed" : undefined;
    needs(context, user.obstacle, runtime.obstacle, script);
    const here = place(user, {
      script: '[ -t 0 ] && [ -t 1 ] && [ -c /dev/console ] && read x && echo "tty $TERM $x"; exit 5',
    });
    const [program, args] = command(here, { ...options, terminal: true });
    const quoted = [program, ...args].map((arg) => `'${arg.replaceAll("'", "'\\''")}'`).join(" ");
    const result = spawnSync("script", ["-qec", quoted, "/dev/null"], {
      encoding: "utf8",
      env: here.env,
      input: "hi\n",
    });
    expect(result.stdout).toContain("tty xterm hi");
    expect(result.status).toBe(5);
    expect(fs.readdirSync(here.temporary)).toEqual([]);
  });

  it("passes signals on", async (context) => {
    needs(context, user.obstacle, runtime.obstacle);
    const script = 'trap "echo stopping; exit 42" TERM; echo ready; { read x <&3; } 3<&0 & while :; do wait $!; done';
    const here = place(user, { script, readonly: true });
    const child = spawn(...command(here, options), { env: here.env, stdio: ["pipe", "pipe", "inherit"] });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (output === "ready\n") child.kill("SIGTERM");
    });
    const status = await new Promise((resolve) => child.on("close", resolve));
    expect(output).toBe("ready\nstopping\n");
    expect(status).toBe(42);
    expect(fs.readdirSync(here.temporary)).toEqual([]);
  });

  it("names a missing source of a mount before it starts anything", (context) => {
    needs(context, user.obstacle, runtime.obstacle);
    const source = path.join(scratch, "missing");
    const here = place(user, { script: "echo started", mounts: { "/data": { type: "none", source } } });
    const result = run(here, options);
    expect(result.stdout).toBe("");
    expect(result.stderr).toContain(
      `mount /data: the source '${source}' does not exist on this host; create the folder or file, or change the mount`,
    );
  });

  it("gives the runtime's status, and leaves nothing, where the program cannot be started", (context) => {
    needs(context, user.obstacle, runtime.obstacle);
    const here = place(user, { script: "" });
    const file = path.join(here.bundle, "config.json");
    const config = JSON.parse(fs.readFileSync(file, "utf8"));
    config.process.args = ["/no/such/program"];
    fs.chmodSync(file, 0o644);
    fs.writeFileSync(file, JSON.stringify(config));
    const result = run(here, options);
    expect(result.stderr).toContain("/no/such/program");
    expect(result.status).toBe(1);
  });
});

describe("as root", () => {
  const [root] = runners as [Runner, Runner];

  it.for(runtimes)("gives 128 + the signal that ended the program ($name)", async ({ name, obstacle }, context) => {
    needs(context, root.obstacle, obstacle);
    const here = place(root, { script: "echo ready; read x", readonly: true });
    const id = `ocinix-test-${process.pid}`;
    const child = spawn(...command(here, { runtime: name, id }), { env: here.env, stdio: ["pipe", "pipe", "inherit"] });
    child.stdout.once("data", () => spawnSync(findProgram(createNodeHost(), name)!, ["kill", id, "KILL"]));
    expect(await new Promise((resolve) => child.on("close", resolve))).toBe(128 + 9);
    expect(fs.readdirSync(here.temporary)).toEqual([]);
  });

  it.for(runtimes)("removes a container whose runtime was killed ($name)", async ({ name, obstacle }, context) => {
    needs(context, root.obstacle, obstacle);
    const here = place(root, { script: "echo ready; read x", readonly: true });
    const id = `ocinix-killed-${process.pid}`;
    const child = spawn(...command(here, { runtime: name, id }), { env: here.env, stdio: ["pipe", "pipe", "inherit"] });
    child.stdout.once("data", () => {
      const children = fs.readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, "utf8");
      process.kill(Number(children), "SIGKILL");
    });
    expect(await new Promise((resolve) => child.on("close", resolve))).toBe(128 + 9);
    expect(spawnSync(findProgram(createNodeHost(), name)!, ["state", id]).status).not.toBe(0);
    expect(fs.readdirSync(here.temporary)).toEqual([]);
  });

  it("copies the root where no overlay can be mounted", (context) => {
    needs(context, root.obstacle, runtimes[0]?.obstacle);
    const host = fs.mkdtempSync(path.join(scratch, "host-"));
    fs.writeFileSync(path.join(host, "file"), "a file\n");
    const mounts = { "/etc/one": { type: "none", source: path.join(host, "file") } };
    const here = place(root, { script: "echo x > /file && read x < /etc/one && echo /f* $x", mounts });
    const noNamespaces = path.join(scratch, "no-namespaces");
    fs.mkdirSync(noNamespaces);
    fs.writeFileSync(path.join(noNamespaces, "unshare"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
    here.env["PATH"] = `${noNamespaces}:${here.env["PATH"]}`;
    const result = run(here, { runtime: "runc" });
    expect(result.stdout, result.stderr).toBe("/file a file\n");
    const failing = path.join(noNamespaces, "cp");
    fs.writeFileSync(failing, "#!/bin/sh\nexit 1\n", { mode: 0o755 });
    expect(run(here, { runtime: "runc" }).stderr).toContain("could not be copied");
  });

  it.for(runtimes)("can do without being root ($name)", ({ name, obstacle }, context) => {
    needs(context, root.obstacle, obstacle, runners[1]?.obstacle);
    const script = "read inside outside size < /proc/self/uid_map; echo $inside $size";
    const result = run(place(root, { script }), { runtime: name, rootless: true });
    expect(result.stdout, result.stderr).toBe("0 1\n");
  });
});

describe("a bundle that is none", () => {
  it("is said to be none", () => {
    const dir = fs.mkdtempSync(path.join(scratch, "empty-"));
    const here = { bundle: dir, temporary: dir, env: { PATH: "/usr/bin:/bin" }, user: runners[0]! };
    const fails = () => spawnSync(...command(here, {}), { encoding: "utf8", env: here.env }).stderr;
    expect(fails()).toContain(`RunError: '${dir}' is not a bundle: there is no config.json in it`);
    fs.writeFileSync(path.join(dir, "config.json"), "{");
    expect(fails()).toContain(`ConfigError: the OCI configuration is not valid: '${dir}/config.json' is not JSON`);
    fs.writeFileSync(path.join(dir, "config.json"), "{}");
    expect(fails()).toContain("ConfigError: the OCI configuration is not valid: 'ociVersion' is missing");
  });
});

describe("chooseRuntime", () => {
  const program = { contents: "", executable: true };
  const hybrid = { "/sys/fs/cgroup/unified/cgroup.controllers": "hugetlb\n" };
  const host = (...files: readonly Record<string, string | typeof program>[]) =>
    createMemoryHost(Object.assign({}, ...files), { env: { PATH: "/usr/bin" }, workingDir: "/home/me" });
  const both = { "/usr/bin/crun": program, "/usr/sbin/runc": program };

  it("prefers crun", () => {
    expect(chooseRuntime(host(both), undefined)).toEqual({ name: "crun", path: "/usr/bin/crun" });
  });

  it("prefers runc where crun cannot read the cgroups, and takes either", () => {
    expect(chooseRuntime(host(both, hybrid), undefined)).toEqual({ name: "runc", path: "/usr/sbin/runc" });
    expect(chooseRuntime(host({ "/usr/bin/crun": program }, hybrid), undefined).name).toBe("crun");
    expect(chooseRuntime(host({ "/sbin/runc": program }), undefined).path).toBe("/sbin/runc");
  });

  it("goes past folders that it may not look into", () => {
    const { files, ...rest } = host(both);
    const stat = (path: string) => {
      if (path.startsWith("/secret/")) throw new FileError("EACCES", path, "Permission denied");
      return files.stat(path);
    };
    const secret = { ...rest, files: Object.assign(Object.create(files), { stat }), env: () => "/secret:/usr/bin" };
    expect(chooseRuntime(secret, undefined).path).toBe("/usr/bin/crun");
  });

  it("takes a name or path", () => {
    expect(chooseRuntime(host(both), "runc").path).toBe("/usr/sbin/runc");
    const youki = host({ "/home/me/bin/youki": program });
    expect(chooseRuntime(youki, "bin/youki")).toEqual({ name: "youki", path: "/home/me/bin/youki" });
    expect(chooseRuntime(youki, "/home/me/bin/youki").name).toBe("youki");
  });

  it("says what is missing and what to do", () => {
    expect(() => chooseRuntime(host({ "/usr/bin/crun": "not a program" }), undefined)).toThrow(
      /^running a container needs a container runtime, and neither crun nor runc is installed;\n {2}install one: apt install crun/,
    );
    expect(() => chooseRuntime(host({ "/usr/bin/crun": program }), "runc")).toThrow(
      /^the container runtime 'runc' is not installed;\n {2}use the installed one: --runtime crun\n {2}install one: apt install runc/,
    );
    expect(() => chooseRuntime(host(), "./runc")).toThrow("'./runc' is not an executable file");
  });

  it("hides the cgroup v2 tree from crun only, and only where it has controllers", () => {
    const [crun, runc] = ["crun", "runc"].map((name) => ({ name, path: `/usr/bin/${name}` }));
    expect(hiddenCgroups(host(hybrid), crun!)).toBe("/sys/fs/cgroup/unified");
    expect(hiddenCgroups(host(hybrid), runc!)).toBeUndefined();
    expect(hiddenCgroups(host({ "/sys/fs/cgroup/unified/cgroup.controllers": "\n" }), crun!)).toBeUndefined();
    expect(hiddenCgroups(host(), crun!)).toBeUndefined();
  });
});
