// Binary caches from the command line, and against C++ Nix where it can be had: each reads what the other wrote.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { missingReference, referencePrograms } from "../differential/reference.ts";
import { compressions } from "../substitute/fixture-cache.ts";

const launcher = path.resolve(import.meta.dirname, "../../bin/ocinix");
const fixtures = path.resolve(import.meta.dirname, "../substitute/fixtures");
const scratch = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-cache-")));
const publicKey = fs.readFileSync(path.join(fixtures, "public.key"), "utf8");
const joined = objectNamed("joined");
const tree = objectNamed("tree");
const env = {
  PATH: process.env["PATH"],
  HOME: scratch,
  NIX_CONF_DIR: "/nonexistent",
  NIX_CONFIG: "experimental-features = nix-command\nbuild-users-group =\nsubstituters =",
};

afterAll(() => {
  spawnSync("chmod", ["-R", "u+w", scratch]);
  fs.rmSync(scratch, { recursive: true });
});

function objectNamed(name: string): string {
  const folder = path.join(fixtures, "cache-none");
  const files = fs.readdirSync(folder).filter((file) => file.endsWith(".narinfo"));
  const paths = files.map((file) => /^StorePath: (.*)$/m.exec(fs.readFileSync(path.join(folder, file), "utf8"))![1]!);
  return paths.find((path) => path.endsWith(`-${name}`))!;
}

function run(program: string, words: readonly string[], input = "") {
  const child = spawnSync(program, words, { cwd: scratch, encoding: "utf8", env, input });
  return { status: child.status, stdout: child.stdout, stderr: child.stderr };
}

const ocinix = (words: readonly string[], input?: string) => run(launcher, words, input);
const nix = (words: readonly string[]) => run(path.join(referencePrograms!, "nix"), words);
const done = { status: 0, stdout: "" };
const trusting = ["--trusted-public-keys", publicKey];

function start(words: readonly string[]): Promise<{ readonly child: ChildProcess; readonly address: string }> {
  const child = spawn(launcher, words, { cwd: scratch, env, stdio: ["ignore", "pipe", "ignore"] });
  return new Promise((resolve, reject) => {
    child.once("exit", () => reject(new Error("the server ended")));
    child.stdout.setEncoding("utf8").once("data", (text: string) => resolve({ child, address: text.trim() }));
  });
}

describe("ocinix key", () => {
  it("makes keys, and public ones of them", () => {
    const secret = ocinix(["key", "generate-secret", "--key-name", "some-1"]);
    expect(secret).toMatchObject({ status: 0, stderr: "", stdout: expect.stringMatching(/^some-1:[\w+/]{86}==$/) });
    const open = ocinix(["key", "convert-secret-to-public"], secret.stdout);
    expect(open).toMatchObject({ status: 0, stderr: "", stdout: expect.stringMatching(/^some-1:[\w+/]{43}=$/) });
    const known = ocinix(
      ["key", "convert-secret-to-public"],
      fs.readFileSync(path.join(fixtures, "secret.key"), "utf8"),
    );
    expect(known).toEqual({ status: 0, stderr: "", stdout: publicKey });
  });

  it("says what is wrong", () => {
    expect(ocinix(["key", "convert-secret-to-public"], "nonsense")).toMatchObject({
      status: 1,
      stdout: "",
      stderr: "error: secret key is corrupt: it has to be '<name>:<base64>'\n",
    });
    expect(ocinix(["key", "generate-secret"]).stderr).toMatch(/^error: required argument '--key-name' is missing\n/);
  });
});

describe("ocinix store copy", () => {
  it("copies from a cache what a trusted key has signed, and nothing else", () => {
    const words = ["store", "copy", "--store", "mistrusting", "--from", `file://${fixtures}/cache-zstd`, joined];
    const refused = ocinix(words);
    expect(refused).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^error: cannot add path .* lacks a signature/),
    });
    expect(fs.readdirSync(`${scratch}/mistrusting/nix/store`).filter((name) => !name.startsWith("."))).toEqual([]);
    expect(ocinix([...words, ...trusting])).toMatchObject(done);
    expect(fs.readlinkSync(`${scratch}/mistrusting${joined}/file`)).toBe(`${tree}/file`);
    expect(ocinix([...words, ...trusting])).toMatchObject({ ...done, stderr: "" });
  });

  it("copies without signatures when told so", () => {
    const from = (url: string) => ["store", "copy", "--store", `trusting-${url.length}`, "--from", url, joined];
    expect(ocinix([...from(`file://${fixtures}/cache-none`), "--no-check-sigs"])).toMatchObject(done);
    expect(ocinix(from(`file://${fixtures}/cache-none?trusted=true`))).toMatchObject(done);
    expect(ocinix([...from(`file://${fixtures}/./cache-none`), "--no-require-sigs"])).toMatchObject(done);
  });

  it("says what is missing", () => {
    const absent = `/nix/store/${"0".repeat(32)}-absent`;
    const words = ["store", "copy", "--store", "absent", "--from", `file://${fixtures}/cache-none`];
    expect(ocinix([...words, absent])).toMatchObject({
      status: 1,
      stderr: `error: path '${absent}' is required, but it is not in 'file://${fixtures}/cache-none'\n`,
    });
    expect(ocinix(["store", "copy", absent])).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/you must pass/),
    });
    expect(ocinix([...words, "--to", "file:///x", absent]).stderr).toMatch(/not supported/);
    expect(ocinix(["store", "copy", "--from", "s3://bucket", absent]).stderr).toMatch(/not a binary cache that ocinix/);
  });
});

describe("ocinix store serve", () => {
  let server: Awaited<ReturnType<typeof start>>;

  beforeAll(async () => {
    const from = ["--from", `file://${fixtures}/cache-none`, joined, ...trusting];
    expect(ocinix(["store", "copy", "--store", "served", ...from])).toMatchObject(done);
    server = await start(["store", "serve", "--store", "served", "--port", "0"]);
  });
  afterAll(() => {
    server.child.kill();
  });

  it("serves what can be copied from it", () => {
    const words = ["store", "copy", "--store", "from-http", "--from", server.address, joined, ...trusting];
    expect(ocinix(words)).toMatchObject(done);
    expect(fs.readFileSync(`${scratch}/from-http${tree}/file`, "utf8")).toBe("contents\n");
  });

  it("serves parts, and nothing that is not there", async () => {
    const get = async (name: string, range?: string) => {
      const response = await fetch(`${server.address}/${name}`, { headers: range === undefined ? {} : { range } });
      return { status: response.status, body: Buffer.from(await response.arrayBuffer()).toString("latin1") };
    };
    const hashPart = path.basename(tree).slice(0, 32);
    const { body } = await get(`${hashPart}.narinfo`);
    const url = /^URL: (.*)$/m.exec(body)![1]!;
    const whole = await get(url);
    expect(whole.body).toHaveLength(Number(/^NarSize: (.*)$/m.exec(body)![1]));
    expect(await get(url, "bytes=100-")).toEqual({ status: 206, body: whole.body.slice(100) });
    expect(await get(url, `bytes=${whole.body.length}-`)).toMatchObject({ status: 416 });
    const listing = fs.readFileSync(path.join(fixtures, "cache-none", `${hashPart}.ls`), "latin1");
    expect(await get(`${hashPart}.ls`)).toEqual({ status: 200, body: listing });
    for (const name of [
      `${"0".repeat(32)}.narinfo`,
      "",
      "nar/",
      "../secret",
      url.replace(/-./, "-z"),
      `${hashPart}.drv`,
    ]) {
      expect(await get(name)).toMatchObject({ status: 404 });
    }
    expect((await fetch(server.address, { method: "POST" })).status).toBe(405);
  });

  it.skipIf(referencePrograms === undefined)(`serves C++ Nix (${missingReference})`, () => {
    const copied = nix(["copy", "--store", `${scratch}/by-nix`, "--from", server.address, joined, ...trusting]);
    expect(copied).toMatchObject(done);
    expect(nix(["store", "verify", "--store", `${scratch}/by-nix`, "--all", ...trusting])).toMatchObject(done);
  });
});

describe.skipIf(referencePrograms === undefined)(`with C++ Nix (${missingReference})`, () => {
  it.each(compressions)("a signed cache of ocinix is read with compression %s", (name) => {
    const from = ["--from", `file://${fixtures}/cache-none`, joined, "--no-check-sigs"];
    expect(ocinix(["store", "copy", "--store", "ours", ...from])).toMatchObject(done);
    const cache = `file://${scratch}/cache-${name}`;
    const to = `${cache}?compression=${name}&secret-key=${fixtures}/secret.key`;
    expect(ocinix(["store", "copy", "--store", "ours", "--to", to, joined])).toMatchObject(done);
    const store = `${scratch}/theirs-${name}`;
    expect(nix(["copy", "--store", store, "--from", cache, joined, ...trusting])).toMatchObject(done);
    expect(nix(["store", "verify", "--store", store, "--all", ...trusting])).toMatchObject(done);
  });

  it("signs as it does", () => {
    for (const store of ["signed", "signed-too"]) {
      const from = ["--from", `file://${fixtures}/cache-none`, joined, "--no-check-sigs"];
      expect(ocinix(["store", "copy", "--store", store, ...from])).toMatchObject(done);
    }
    const key = path.join(scratch, "other.key");
    fs.writeFileSync(key, ocinix(["key", "generate-secret", "--key-name", "other-1"]).stdout);
    const words = ["store", "sign", "-k", key, "-r", joined, "--store"];
    expect(ocinix([...words, "signed"])).toEqual({ ...done, stderr: "added 4 signatures\n" });
    expect(ocinix([...words, "signed"])).toEqual({ ...done, stderr: "added 0 signatures\n" });
    expect(nix([...words, `${scratch}/signed-too`])).toEqual({ ...done, stderr: "added 4 signatures\n" });
    const signatures = (store: string) =>
      nix(["path-info", "--sigs", "-r", joined, "--store", `${scratch}/${store}`]).stdout;
    expect(signatures("signed")).toContain("other-1:");
    expect(signatures("signed")).toBe(signatures("signed-too"));
  });
});

describe("ocinix build with substituters", () => {
  const build = (...words: readonly string[]) =>
    ocinix(["build", "--no-out-link", "--no-prelude", "-A", "joined", ...words, path.join(fixtures, "objects.nix")]);
  const from = (name: string) => ["--substituters", `file://${fixtures}/cache-${name}`, ...trusting];

  it("gets what it cannot build", () => {
    expect(build("--store", "built")).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/no built-in builder/),
    });
    const dry = build("--store", "built", "--dry-run", ...from("zstd"));
    expect(dry).toEqual({ ...done, stderr: `this path will be fetched, with what it refers to:\n  ${joined}\n` });
    const built = build("--store", "built", ...from("zstd"));
    expect(built).toMatchObject({ status: 0, stdout: `${scratch}/built${joined}\n` });
    expect(built.stderr).toContain(`copying path '${joined}' from 'file://${fixtures}/cache-zstd'...\n`);
    expect(fs.readlinkSync(`${scratch}/built${joined}/file`)).toBe(`${tree}/file`);
    expect(build("--store", "built")).toEqual({ ...built, stderr: "" });
  });

  it("gets it in the middle of an evaluation", () => {
    const expr = `builtins.readFile ((import ${fixtures}/objects.nix).joined + "/file")`;
    const words = ["build", "--store", "imported", "--no-out-link", "--dry-run", "--json", ...from("br")];
    const { stdout, stderr } = ocinix([...words, "-E", `writeText "copy" (${expr})`]);
    expect(stderr).toContain(`copying path '${joined}'`);
    expect(JSON.parse(stdout)).toHaveLength(1);
  });

  it("takes nothing that is not trusted, and builds it then if it can", () => {
    const words = ["--store", "untrusted", "--substituters", `file://${fixtures}/cache-br`];
    const { status, stderr } = build(...words);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^warning: cannot add path .* lacks a signature/);
    expect(stderr).toMatch(/no built-in builder/);
    const more = ["build", "--no-out-link", "--store", "untrusted", "--substituters", "file:///nonexistent ftp://x"];
    expect(ocinix([...more, "-E", 'writeText "a" "b"'])).toMatchObject({ status: 0 });
  });
});
