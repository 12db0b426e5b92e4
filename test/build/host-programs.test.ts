// Packages of the embedded <nixpkgs>, made of the programs of the machine that runs the tests, work where there is
// nothing but /nix/store. What the machine lacks is left out.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { Evaluation, embeddedSearchPath } from "../../src/api/evaluation.ts";
import { isElf, parseElf } from "../../src/build/elf.ts";
import { defaultSettings } from "../../src/evaluator/settings.ts";
import type { Host } from "../../src/host/host.ts";
import { createNodeHost, nixSystem } from "../../src/host/node-host.ts";
import { bytesFromText } from "../../src/source/bytes.ts";
import { NixError } from "../../src/source/nix-error.ts";
import type { StorePath } from "../../src/store/eval-store.ts";
import { LocalStore } from "../../src/store/local-store.ts";
import type { ContextString } from "../../src/value/string-context.ts";
import { makeStoreRoot, noStoreRoot, runInStoreRoot } from "./store-root.ts";

const root = fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-host-programs-"));
const cache = path.join(root, "cache");
// The files of this machine, and a cache of our own.
const machine = createNodeHost();
const host: Host = Object.create(machine, {
  env: { value: (name: string) => (name === "XDG_CACHE_HOME" ? bytesFromText(cache) : machine.env(name)) },
});
const local = LocalStore.open(host, bytesFromText(root));
makeStoreRoot(root);
afterAll(() => {
  local.close();
  machine.files.remove(root);
});

const newEvaluation = (): Evaluation =>
  new Evaluation({
    host,
    settings: { ...defaultSettings, system: nixSystem(process.platform, process.arch), nixPath: embeddedSearchPath },
    storeDir: undefined,
    prelude: true,
  });

/** The path of a package, written into the store; undefined when this machine cannot give it. */
function packagePath(expression: string): StorePath | undefined {
  const evaluation = newEvaluation();
  try {
    const value = evaluation.run(() => evaluation.evaluateText(`"\${${expression}}"`, "string"));
    const { text } = value as ContextString;
    evaluation.store.materialise(text, local);
    return text;
  } catch (error) {
    if (
      error instanceof NixError &&
      error.kind === "throw" &&
      error.message.includes("of this machine's own programs")
    ) {
      return undefined;
    }
    throw error;
  } finally {
    evaluation.close();
  }
}

const packages = new Map<string, StorePath | undefined>();
function lookUp(name: string): StorePath | undefined {
  if (!packages.has(name)) packages.set(name, packagePath(name));
  return packages.get(name);
}

/** Also when it is a symlink to another place in the store. */
function hasFile(file: string): boolean {
  return fs.lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}

interface Trial {
  readonly package: string;
  readonly program: string;
  readonly args?: readonly string[];
  readonly output: string | RegExp;
  /** Packages whose programs are in PATH, besides the own one. */
  readonly path?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const python = `
import bz2, ctypes, curses, decimal, hashlib, json, lzma, os, readline, sqlite3, ssl, sys, uuid, zlib
assert sys.prefix == os.path.realpath(sys.executable).rsplit("/", 2)[0], sys.prefix
assert all(p == "" or p.startswith("/nix/store/") for p in sys.path), sys.path
assert zlib.decompress(zlib.compress(b"x")) == bz2.decompress(bz2.compress(b"x")) == lzma.decompress(lzma.compress(b"x"))
assert ctypes.CDLL(None).abs(-3) == 3
ssl.create_default_context()
print(json.dumps(sqlite3.connect(":memory:").execute("select 1 + 1").fetchone()), hashlib.sha256(b"").hexdigest()[:6])
import subprocess
print(subprocess.run("echo $0", shell=True, capture_output=True).stdout.decode().rsplit("/", 1)[-1], end="")
print("compiled" if json.decoder.__cached__ and os.path.exists(json.decoder.__cached__) else "not compiled")
`;

const perl = `
use strict; use warnings; use POSIX; use List::Util qw(sum); use Encode; use File::Temp; use JSON::PP; use Socket;
die join " ", @INC if grep { !m{^/nix/store/} && -d } @INC;
open(my $child, "-|", $^X, "-MPOSIX", "-e", 'print ceil(0.5), "\\n"') or die $!;
print encode_json([sum(1, 2, 3), POSIX::floor(2.5)]), " ", scalar(<$child>);
`;

const trials: readonly Trial[] = [
  { package: "bash", program: "bash", args: ["-c", "echo $((6 * 7)); [[ aXb =~ X ]] && echo ok"], output: "42\nok\n" },
  { package: "bash", program: "sh", args: ["-c", "shopt -o posix"], output: "posix          \ton\n" },
  {
    package: "bashInteractive",
    program: "bash",
    args: ["-ic", "bind -v | grep -c completion-ignore-case"],
    path: ["gnugrep"],
    output: "1\n",
  },
  { package: "coreutils", program: "ls", args: ["/nix"], output: /^store$/m },
  { package: "coreutils", program: "sha256sum", args: ["/etc/group"], output: /^[0-9a-f]{64} {2}\/etc\/group\n$/ },
  { package: "coreutils", program: "id", args: ["-un"], output: "root\n" },
  { package: "findutils", program: "find", args: ["/etc", "-name", "g*"], output: "/etc/group\n" },
  { package: "gnugrep", program: "grep", args: ["-oP", "(?<=root:)x", "/etc/group"], output: "x\n" },
  { package: "gnugrep", program: "egrep", args: ["-o", "^(r|o)+", "/etc/group"], output: "roo\n" },
  { package: "gnused", program: "sed", args: ["-n", "s/root/toor/p", "/etc/group"], output: "toor:x:0:\n" },
  { package: "gawk", program: "awk", args: ['BEGIN { print toupper("x") }'], output: "X\n" },
  { package: "mawk", program: "awk", args: ['BEGIN { print toupper("x") }'], output: "X\n" },
  { package: "gnutar", program: "tar", args: ["-cf", "/dev/null", "-v", "/etc/group"], output: "/etc/group\n" },
  { package: "gzip", program: "zcat", args: ["--version"], output: /gzip/ },
  { package: "xz", program: "xz", args: ["--version"], output: /XZ Utils/ },
  { package: "bzip2", program: "bzip2", args: ["-c", "/dev/null"], output: /^BZh9/ },
  { package: "zstd", program: "zstd", args: ["--version"], output: /v1/ },
  { package: "curl", program: "curl", args: ["-s", "file:///etc/group"], output: "root:x:0:\n" },
  { package: "curl", program: "curl", args: ["--version"], output: /https/ },
  { package: "wget", program: "wget", args: ["--version"], output: /GNU Wget/ },
  { package: "git", program: "git", args: ["--exec-path"], output: /^\/nix\/store\/.*\/libexec\/git-core\n$/ },
  {
    package: "git",
    program: "git",
    args: ["clone", "--quiet", "file:///tmp/repository", "/tmp/clone"],
    output: "",
    path: ["bash", "coreutils"],
  },
  {
    package: "git",
    program: "git",
    args: ["-C", "/tmp/repository", "submodule", "status"],
    output: "",
    path: ["bash", "coreutils", "gnused"],
  },
  { package: "git", program: "git", args: ["-C", "/tmp/repository", "remote-https"], output: /usage: git remote/ },
  { package: "jq", program: "jq", args: ["-nc", "[1, {a: 2}] | map(type)"], output: '["number","object"]\n' },
  { package: "less", program: "less", args: ["/etc/group"], output: "root:x:0:\n" },
  { package: "procps", program: "ps", args: ["-o", "comm=", "-p", "1"], output: /\S/ },
  { package: "util-linux", program: "getopt", args: ["-o", "a", "--", "-a", "b"], output: " -a -- 'b'\n" },
  { package: "iproute2", program: "ip", args: ["-V"], output: /iproute2/ },
  { package: "hostname", program: "hostname", output: /\S/ },
  { package: "ncurses", program: "tput", args: ["bold"], env: { TERM: "xterm" }, output: "\x1b[1m" },
  { package: "file", program: "file", args: ["-b", "/etc/group"], output: "ASCII text\n" },
  {
    package: "openssl",
    program: "openssl",
    args: ["dgst", "-md5", "-r", "/dev/null"],
    output: /^d41d8cd98f00b204e9800998ecf8427e/,
  },
  {
    package: "openssl",
    program: "openssl",
    args: ["list", "-providers", "-provider", "legacy"],
    output: /Legacy Provider/,
  },
  { package: "openssh", program: "ssh-keygen", args: ["-q", "-t", "ed25519", "-N", "", "-f", "/tmp/key"], output: "" },
  { package: "sqlite", program: "sqlite3", args: [":memory:", "select sqrt(16)"], output: /4\.0/ },
  { package: "python3", program: "python3", args: ["-c", python], output: /^\[2\] e3b0c4\nsh\n(not )?compiled\n$/ },
  { package: "perl", program: "perl", args: ["-e", perl], output: "[6,2] 1\n" },
  {
    package: "nodejs",
    program: "node",
    args: ["-p", "require('crypto').createHash('md5').digest('hex')"],
    output: "d41d8cd98f00b204e9800998ecf8427e\n",
  },
  { package: "nodejs", program: "npm", args: ["--version"], output: /^\d+\./, path: ["bash"] },
  { package: "postgresql", program: "postgres", args: ["--describe-config"], output: /max_connections/ },
  {
    package: "vim",
    program: "vim",
    args: ["-es", "-c", "verbose echo $VIMRUNTIME", "-c", "q"],
    output: /\/nix\/store\/.*share\/vim\/vim/,
  },
  {
    package: "gnumake",
    program: "make",
    args: ["-s", "-f", "/dev/null", "--eval", "$(info made)x:;"],
    output: "made\n",
  },
  { package: "which", program: "which", args: ["which"], output: /^\/nix\/store\/.*\/bin\/which\n$/ },
  { package: "busybox", program: "ash", args: ["-c", "echo $((1 + 1)) | cat"], output: "2\n" },
  { package: "nginx", program: "nginx", args: ["-v"], output: /nginx/ },
  { package: "redis", program: "redis-server", args: ["--version"], output: /Redis server/ },
  { package: 'hostProgram "nproc"', program: "nproc", output: /^\d+\n$/ },
  {
    package: 'hostProgram "zgrep"',
    program: "zgrep",
    args: ["root", "/etc/group"],
    path: ["gzip", "gnugrep", "coreutils", "gnused"],
    output: "root:x:0:\n",
  },
];

describe.skipIf(noStoreRoot !== undefined)("programs of this machine, with nothing but the store", () => {
  it("prepares a repository", () => {
    const git = lookUp("git");
    if (git === undefined) return;
    const env = { PATH: `${lookUp("bash")}/bin` };
    expect(runInStoreRoot(root, [`${git}/bin/git`, "init", "-q", "/tmp/repository"], env).status).toBe(0);
    expect(fs.existsSync(path.join(root, "tmp/repository/.git/description"))).toBe(true);
  });

  trials.forEach(({ package: attr, program, args = [], output, path: others, env }) => {
    it(`${attr}: ${[program, ...args].join(" ").split("\n")[0] || "script"}`.slice(0, 100), ({ skip }) => {
      const own = lookUp(attr);
      if (own === undefined || !hasFile(path.join(root, own, "bin", program))) skip("not on this machine");
      const PATH = [own, ...(others ?? []).map(lookUp)].map((folder) => `${folder}/bin`).join(":");
      const result = runInStoreRoot(root, [`${own}/bin/${program}`, ...args], { PATH, ...env });
      if (typeof output === "string") expect(result).toMatchObject({ stdout: output });
      else expect(result.stdout + result.stderr).toMatch(output);
    });
  });

  it("map no file of the machine", ({ skip }) => {
    const [bash, curl] = [lookUp("bash"), lookUp("curl")];
    if (bash === undefined || curl === undefined) skip("not on this machine");
    for (const args of [
      [`${bash}/bin/bash`, "-c", "while read -r line; do echo $line; done < /proc/self/maps"],
      [`${curl}/bin/curl`, "-s", "file:///proc/self/maps"],
    ]) {
      const mapped = runInStoreRoot(root, args).stdout.match(/(?<= )\/\S+/g) ?? [];
      expect(mapped.length).toBeGreaterThan(10);
      expect(mapped.filter((file) => !file.includes("/nix/store/"))).toEqual([]);
    }
  });

  it("have names of their own", () => {
    const script = "read -r name < /proc/self/comm; echo $name";
    expect(runInStoreRoot(root, [`${lookUp("bash")}/bin/bash`, "-c", script]).stdout).toBe("bash\n");
  });
});

describe("packages of this machine", () => {
  it("refer to everything that their files name, and to nothing that is not there", () => {
    const bash = lookUp("bash")!;
    const program = fs.readFileSync(local.realPath(`${bash}/bin/bash`));
    const { interpreter, rpath } = parseElf(program);
    const references = local.pathInfo(bash).references;
    for (const place of [interpreter!, ...rpath]) {
      expect(references).toContain(place.split("/").slice(0, 4).join("/"));
      expect(fs.existsSync(local.realPath(place))).toBe(true);
    }
    expect(local.closure([bash]).length).toBeGreaterThan(1);
  });

  it("are the same when they are made again", () => {
    const before = [lookUp("bash"), lookUp("coreutils")];
    fs.rmSync(cache, { recursive: true });
    expect(["bash", "coreutils"].map(packagePath)).toEqual(before);
    // From the cache now.
    expect(["bash", "coreutils"].map(packagePath)).toEqual(before);
  });

  it("hold no setuid program and nothing that can be written", () => {
    for (const attr of ["util-linux", "coreutils"]) {
      const bin = path.join(root, lookUp(attr) ?? lookUp("bash")!, "bin");
      for (const name of fs.readdirSync(bin)) {
        const stat = fs.lstatSync(path.join(bin, name));
        if (stat.isFile()) expect(stat.mode & 0o7777).toBe(0o555);
      }
    }
  });

  it("share the C library", () => {
    const libc = (attr: string): readonly string[] =>
      local.closure([lookUp(attr)!]).filter((object) => /-(glibc|musl)(-|$)/.test(object));
    expect(libc("bash")).toHaveLength(1);
    expect(libc("coreutils")).toEqual(libc("bash"));
  });

  it("leave the machine's programs as they are", () => {
    const bytes = fs.readFileSync("/bin/bash");
    if (isElf(bytes)) expect(parseElf(bytes).rpath.join()).not.toContain("/nix/store");
  });
});
