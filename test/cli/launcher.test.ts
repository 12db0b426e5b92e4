// bin/ocinix as it is shipped: found through symlinks, from anywhere, with little stack, on an old Node, into a pipe
// that nobody reads; and the exit status of what never gets to a command.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import { version } from "../../src/cli/version.ts";

const root = path.resolve(import.meta.dirname, "../..");
const launcher = path.join(root, "bin/ocinix");
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-launcher-"));
afterAll(() => fs.rmSync(scratch, { recursive: true }));

const env = { PATH: "/usr/bin:/bin", HOME: scratch };

function run(program: string, args: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}) {
  const child = spawnSync(program, args, { encoding: "utf8", cwd: scratch, env, ...options });
  return { status: child.status, stdout: child.stdout, stderr: child.stderr };
}

const ok = { status: 0, stdout: `ocinix ${version}\n`, stderr: "" };

describe("the launcher", () => {
  it("runs by its path and through PATH", () => {
    expect(run(launcher, ["--version"])).toEqual(ok);
    expect(run("./ocinix", ["--version"], { cwd: path.dirname(launcher) })).toEqual(ok);
    expect(run("sh", [path.basename(launcher), "--version"], { cwd: path.dirname(launcher) })).toEqual(ok);
    const PATH = `${path.dirname(launcher)}:${env.PATH}`;
    expect(run("sh", ["-c", "ocinix --version"], { env: { ...env, PATH } })).toEqual(ok);
  });

  it("runs through symlinks, also where another ocinix lies beside the link", () => {
    fs.mkdirSync(`${scratch}/bin`);
    fs.symlinkSync(launcher, `${scratch}/bin/absolute`);
    fs.symlinkSync("absolute", `${scratch}/bin/twice`);
    expect(run(`${scratch}/bin/absolute`, ["--version"])).toEqual(ok);
    expect(run("./twice", ["--version"], { cwd: `${scratch}/bin` })).toEqual(ok);
    fs.mkdirSync(`${scratch}/ocinix/bin`, { recursive: true });
    fs.writeFileSync(`${scratch}/ocinix/bin/ocinix`, "#!/bin/sh\necho another\n", { mode: 0o755 });
    expect(run(`${scratch}/bin/absolute`, ["--version"])).toEqual(ok);
  });

  it("runs from node_modules/.bin and from a global bin without a subprocess", () => {
    // With nothing but node in PATH there is no readlink to be called.
    fs.mkdirSync(`${scratch}/only-node`);
    fs.symlinkSync(process.execPath, `${scratch}/only-node/node`);
    const bare = { env: { ...env, PATH: `${scratch}/only-node` } };
    for (const [bin, packages] of [
      ["project/node_modules/.bin", "project/node_modules"],
      ["prefix/bin", "prefix/lib/node_modules"],
    ]) {
      fs.mkdirSync(`${scratch}/${bin}`, { recursive: true });
      fs.mkdirSync(`${scratch}/${packages}`, { recursive: true });
      fs.symlinkSync(root, `${scratch}/${packages}/ocinix`);
      fs.symlinkSync(`${scratch}/${packages}/ocinix/bin/ocinix`, `${scratch}/${bin}/ocinix`);
      expect(run(`${scratch}/${bin}/ocinix`, ["--version"], bare)).toEqual(ok);
    }
  });

  it("makes do with the stack it is granted", () => {
    for (const limit of [1024, 8192, 65520, 100000]) {
      expect(run("sh", ["-c", `ulimit -s ${limit} && exec "$0" --version`, launcher])).toEqual(ok);
    }
  });

  it.runIf(process.platform === "linux")("takes most of the memory there is, or what NODE_OPTIONS says", () => {
    const copy = `${scratch}/measured`;
    fs.mkdirSync(`${copy}/bin`, { recursive: true });
    fs.copyFileSync(launcher, `${copy}/bin/ocinix`);
    fs.writeFileSync(`${copy}/bin/node`, '#!/bin/sh\necho "$@"\n', { mode: 0o755 });
    const heap = (more: NodeJS.ProcessEnv) => {
      const { stdout } = run(`${copy}/bin/ocinix`, [], { env: { PATH: `${copy}/bin:${env.PATH}`, ...more } });
      expect(stdout).toContain("--stack-size");
      return /--max-old-space-size=(.*?) /.exec(stdout)?.[1];
    };
    const own = Number(heap({ bytes: "1048576" }));
    expect(own).toBeGreaterThan(100);
    expect(own).toBeLessThanOrEqual((os.totalmem() / 2 ** 20) * 0.75);
    expect(heap({ NODE_OPTIONS: "--max-old-space-size=200" })).toBeUndefined();
  });

  it("ends with an error when the values do not fit into the memory", () => {
    const values = "builtins.filter (x: x.a >= 0) (builtins.genList (i: { a = i; b = [ i ]; }) 2000000)";
    const small = { env: { ...env, NODE_OPTIONS: "--max-old-space-size=100" } };
    const expected = { status: 1, stdout: "", stderr: "error: out of memory\n" };
    expect(run(launcher, ["eval", "-E", `builtins.length (${values})`], small)).toEqual(expected);
  });

  it("does without the code cache, or with a damaged one", () => {
    const home = `${scratch}/cached`;
    const cache = `${home}/.cache/ocinix/code`;
    const result = () => run(launcher, ["eval", "-E", "1 + 1"], { env: { ...env, HOME: home } });
    const two = { status: 0, stdout: "2\n", stderr: "" };
    expect(result()).toEqual(two);
    const [name, ...others] = fs.readdirSync(cache);
    expect(others).toEqual([]);
    const good = fs.readFileSync(`${cache}/${name}`);
    for (const bad of ["", "not a cache", good.subarray(0, good.length / 2)]) {
      fs.writeFileSync(`${cache}/${name}`, bad);
      expect(result()).toEqual(two);
      expect(fs.readFileSync(`${cache}/${name}`).length).toBeGreaterThan(good.length / 2);
    }
    fs.rmSync(home, { recursive: true });
    fs.writeFileSync(home, "no folder");
    expect(result()).toEqual(two);
    expect(run(launcher, ["eval", "-E", "1 + 1"], { env: { PATH: env.PATH } })).toEqual(two);
  });

  it("says what it needs when there is no Node", () => {
    const copy = `${scratch}/installed`;
    fs.mkdirSync(`${copy}/bin`, { recursive: true });
    fs.copyFileSync(launcher, `${copy}/bin/ocinix`);
    const none = run(`${copy}/bin/ocinix`, ["--version"], { env: { PATH: `${copy}/bin` } });
    expect(none).toEqual({
      status: 1,
      stdout: "",
      stderr: "ocinix needs Node 24 or newer, and there is no node in PATH\n",
    });
  });

  it("says what it needs on an old Node, in one line", () => {
    const old = "Object.defineProperty(process, 'version', { value: 'v20.19.5' });";
    const child = run(process.execPath, ["--import", `data:text/javascript,${old}`, `${root}/dist/cli/ocinix.cjs`]);
    expect(child.status).toBe(1);
    expect(child.stderr).toBe(`ocinix needs Node 24 or newer; this is v20.19.5 (${process.execPath})\n`);
  });
});

describe("the command line before any command", () => {
  it("explains itself", () => {
    const { status, stdout } = run(launcher, ["--help"]);
    expect(status).toBe(0);
    for (const { name, summary, isOld = false } of commands) {
      expect(stdout.split("\n").some((line) => line.startsWith(`  ${name} `) && line.endsWith(` ${summary}`))).toBe(
        !isOld,
      );
    }
    expect(run(launcher, [])).toEqual({ status: 2, stdout: "", stderr: stdout });
  });

  it.each(commands.map(({ name }) => name))("explains %s, every option of it, within 100 columns", (name) => {
    const { status, stdout, stderr } = run(launcher, [...name.split(" "), "--help"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout.split("\n").filter((line) => line.length > 100)).toEqual([]);
    const shown = commands
      .find((command) => command.name === name)!
      .groups.flatMap(({ options }) => Object.values(options));
    for (const { names, summary } of shown) if (summary) expect(stdout).toContain(names[0]);
    expect(run(launcher, [...name.split(" "), "--version"])).toEqual(ok);
  });

  it("explains the commands that have their first word in common", () => {
    const { status, stdout } = run(launcher, ["hash", "--help"]);
    expect(status).toBe(0);
    for (const name of ["file", "path", "convert", "to-sri"]) expect(stdout).toContain(`\n  hash ${name} `);
    expect(stdout).not.toContain("nar");
    expect(run(launcher, ["hash"])).toMatchObject({ status: 2, stdout: "" });
    expect(run(launcher, ["hash", "fil"]).stderr).toContain(
      "'fil' is not a recognised command\n       Did you mean file?",
    );
  });

  it("answers a wrong command line with 2, and with Nix's 1 for instantiate", () => {
    expect(run(launcher, ["evall"])).toEqual({
      status: 2,
      stdout: "",
      stderr: `error: 'evall' is not a command of ocinix
       Did you mean eval?
Try 'ocinix --help' for more information.
`,
    });
    const unknown = (command: string) => `error: unrecognised flag '--strct'
       Did you mean --strict?
Try 'ocinix ${command} --help' for more information.
`;
    expect(run(launcher, ["eval", "--strct"])).toEqual({ status: 2, stdout: "", stderr: unknown("eval") });
    expect(run(launcher, ["instantiate", "--strct"])).toEqual({
      status: 1,
      stdout: "",
      stderr: unknown("instantiate"),
    });
  });

  it("ends quietly when nobody reads its output", async () => {
    const child = spawn("sh", ["-c", 'read go; exec "$0" eval --help', launcher], { env });
    child.stdout.destroy();
    let stderr = "";
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    child.stdin.end("go\n");
    const status = await new Promise((resolve) => child.on("close", resolve));
    expect({ status, stderr }).toEqual({ status: 141, stderr: "" });
  });
});
