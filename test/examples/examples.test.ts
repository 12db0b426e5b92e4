// The examples, as a user meets them: built with the command line as it is shipped, built again elsewhere to the same
// bytes, and run in a container runtime as far as the machine has one and allows it.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, type TestContext } from "vitest";
import { createNodeHost } from "../../src/host/node-host.ts";
import { findProgram } from "../../src/oci/container-runtime.ts";
import { validateConfig } from "../../src/oci/validate-config.ts";

const root = path.resolve(import.meta.dirname, "../..");
const folder = path.join(root, "examples");
const launcher = path.join(root, "bin/ocinix");
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-examples-"));
const isRoot = process.getuid?.() === 0;
const nobody = 65534;

/** The host's folder that the example of the manual mounts. */
const mounted = "/var/lib/mydata";
const marker = `ocinix-test-${process.pid}`;
let madeMounted = false;

beforeAll(() => {
  fs.chmodSync(scratch, 0o755);
  if (!isRoot) return;
  madeMounted = !fs.existsSync(mounted);
  if (madeMounted) fs.mkdirSync(mounted);
  fs.writeFileSync(path.join(mounted, marker), "from the host\n");
});

afterAll(() => {
  createNodeHost().files.remove(scratch);
  if (!isRoot) return;
  fs.rmSync(path.join(mounted, marker));
  if (madeMounted) fs.rmdirSync(mounted);
});

interface Example {
  readonly file: string;
  readonly attr?: string;
  /** Programs of the host that it takes. */
  readonly programs: readonly string[];
  /** What is typed into the container. */
  readonly input?: string;
  /** What the container prints; without it, it is a server, which has a test of its own. */
  readonly prints?: string | RegExp;
  readonly status?: number;
}

const examples: readonly Example[] = [
  {
    file: "ocitools-bash.nix",
    programs: ["bash"],
    input: `cd /data; for file in ${marker}*; do echo "$file: $(<"$file")"; done; exit 3\n`,
    prints: `${marker}: from the host\n`,
    status: 3,
  },
  {
    file: "import-nixpkgs.nix",
    programs: ["bash", "ls", "wc"],
    prints: /^hello from a container of \d+ folders\n$/,
  },
  { file: "pkgs-argument.nix", programs: ["bash"], prints: /^this is bash \d+\.\d+\S*\n$/ },
  { file: "call-package.nix", programs: ["bash"], input: "echo $((6 * 7))\n", prints: "42\n" },
  {
    file: "program-arguments.nix",
    programs: ["printf"],
    prints: "several words, $HOME is not expanded\n",
  },
  { file: "several-containers.nix", attr: "web.container", programs: ["bash", "cat"], prints: "web: hello\n" },
  { file: "several-containers.nix", attr: "worker.container", programs: ["bash", "cat"], prints: "worker: hello\n" },
  { file: "config-file.nix", programs: ["python3"], prints: "hello, world\nhello, moon\n" },
  { file: "environment.nix", programs: ["bash", "seq", "grep", "sed"], prints: "found 5\nfound 15\n" },
  { file: "shell-application.nix", programs: ["bash", "git", "sed"], prints: "- Start\n- Continue\n- Finish\n" },
  { file: "overlay.nix", programs: ["bash"], prints: "hello from an overlay\n" },
  { file: "http-server.nix", programs: ["python3"] },
  { file: "nginx.nix", programs: ["nginx"] },
];

const named = examples.map((example) => ({
  ...example,
  name: example.attr === undefined ? example.file : `${example.file} ${example.attr}`,
}));

/** Who builds and runs: the command to become them, their folder, and why that is not possible here. */
interface Person {
  readonly prefix: readonly string[];
  readonly home: string;
  readonly obstacle: string | undefined;
}

const self: Person = { prefix: [], home: path.join(scratch, "self"), obstacle: undefined };
const another: Person = { ...self, home: path.join(scratch, "another") };
const user = ordinaryUser();
for (const person of [self, another, user]) {
  fs.mkdirSync(person.home);
  if (person === user && isRoot) fs.chownSync(person.home, nobody, nobody);
}

function ordinaryUser(): Person {
  const prefix = isRoot ? ["setpriv", `--reuid=${nobody}`, `--regid=${nobody}`, "--clear-groups"] : [];
  const succeeds = (command: readonly string[]) => spawnSync(command[0]!, command.slice(1)).status === 0;
  let obstacle: string | undefined;
  if (!succeeds([...prefix, "unshare", "--user", "--map-root-user", "--mount", "true"])) {
    obstacle = "an ordinary user cannot make a user namespace here";
  } else if (!succeeds([...prefix, launcher, "--version"])) {
    obstacle = "an ordinary user cannot run the command line here";
  }
  return { prefix, home: path.join(scratch, "user"), obstacle };
}

function needs({ skip }: TestContext, ...obstacles: readonly (string | undefined)[]): void {
  const obstacle = obstacles.find((reason) => reason !== undefined);
  if (obstacle !== undefined) skip(obstacle);
}

const missing = (...programs: readonly string[]) => {
  const absent = programs.filter((program) => findProgram(createNodeHost(), program) === undefined);
  return absent.length === 0 ? undefined : `not installed: ${absent.join(", ")}`;
};
const notRoot = isRoot ? undefined : "the tests do not run as root";

function command(person: Person, args: readonly string[]): [string, string[], { env: NodeJS.ProcessEnv; cwd: string }] {
  const [program, ...rest] = [...person.prefix, launcher, ...args];
  // The programs of the machine only: not those of the project.
  const env = {
    PATH: "/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin",
    HOME: person.home,
    TMPDIR: person.home,
  };
  return [program!, rest, { env, cwd: person.home }];
}

function ocinix(person: Person, args: readonly string[], input = "") {
  const [program, rest, options] = command(person, args);
  const result = spawnSync(program, rest, { ...options, encoding: "utf8", input });
  // Which of the shared inputs are built is another matter.
  return { ...result, stderr: result.stderr.replace(/^building \S+\n/gm, "") };
}

/** What a command says while it works; nothing else goes to standard error, and containers print nothing there. */
const onlyProgress = /^(building .+\n)*$/;

const selection = ({ attr }: Example) => (attr === undefined ? [] : ["-A", attr]);

/** Builds an example and gives the bundle's folder. */
function build(person: Person, example: Example): string {
  const link = path.join(person.home, "result");
  const result = ocinix(person, ["build", path.join(folder, example.file), ...selection(example), "-o", link]);
  expect(result.stderr).toMatch(onlyProgress);
  expect(result.status).toBe(0);
  return fs.realpathSync(link);
}

/** Everything below a folder that makes it what it is, by path. */
function contents(top: string): Map<string, string> {
  const entries = fs.readdirSync(top, { recursive: true, encoding: "utf8" }).sort();
  return new Map(
    entries.map((entry) => {
      const file = path.join(top, entry);
      const stat = fs.lstatSync(file);
      const kind = stat.isSymbolicLink() ? `-> ${fs.readlinkSync(file)}` : stat.isFile() ? hash(file) : "folder";
      return [entry, `${stat.isSymbolicLink() ? "" : stat.mode.toString(8)} ${stat.mtimeMs} ${kind}`];
    }),
  );
}

function hash(file: string): string {
  return createHash("sha256").update(fs.readFileSync(file)).digest("hex");
}

describe("the examples", () => {
  it("are all here", () => {
    expect(new Set(examples.map(({ file }) => file))).toEqual(new Set(fs.readdirSync(folder)));
  });
});

describe.each(named)("$name", (example) => {
  const { programs, prints, input, status = 0 } = example;
  const file = path.join(folder, example.file);

  it("builds to a valid bundle, and to the same bytes anywhere", (context) => {
    needs(context, missing(...programs));
    const bundle = build(self, example);
    expect(fs.readdirSync(bundle).sort()).toEqual(["config.json", "rootfs"]);
    const config = JSON.parse(fs.readFileSync(path.join(bundle, "config.json"), "utf8"));
    validateConfig(config);
    const [program] = config.process.args as string[];
    expect(program).toMatch(/^\/nix\/store\/[0-9a-z]{32}-/);
    fs.accessSync(path.join(bundle, "rootfs", program!), fs.constants.X_OK);
    for (const { destination } of config.mounts) fs.lstatSync(path.join(bundle, "rootfs", destination));
    expect(contents(build(another, example))).toEqual(contents(bundle));
  });

  if (prints === undefined) return;

  it("prints what it should, run by root", (context) => {
    needs(context, notRoot, missing("runc", ...programs));
    const result = ocinix(self, ["run", file, ...selection(example), "--runtime", "runc"], input);
    expect(result.stderr).toMatch(onlyProgress);
    if (typeof prints === "string") expect(result.stdout).toBe(prints);
    else expect(result.stdout).toMatch(prints);
    expect(result.status).toBe(status);
  });
});

describe("as an ordinary user", () => {
  it.for(named.filter(({ file }) => ["import-nixpkgs.nix", "shell-application.nix"].includes(file)))(
    "$name prints what it should",
    (example, context) => {
      needs(context, user.obstacle, missing("runc", ...example.programs));
      const result = ocinix(user, ["run", path.join(folder, example.file), "--runtime", "runc"]);
      expect(result.stderr).toMatch(onlyProgress);
      expect(result.stdout).toMatch(example.prints!);
      expect(result.status).toBe(0);
    },
  );

  it("ocitools-bash.nix sees a folder of the host", (context) => {
    needs(context, user.obstacle, missing("runc", "bash"));
    const data = path.join(user.home, "data");
    fs.mkdirSync(data, { mode: 0o755 });
    fs.writeFileSync(path.join(data, "file"), "from the user\n");
    const text = fs.readFileSync(path.join(folder, "ocitools-bash.nix"), "utf8");
    const file = path.join(user.home, "ocitools-bash.nix");
    fs.writeFileSync(file, text.replace(mounted, data));
    const result = ocinix(user, ["run", file, "--runtime", "runc"], 'echo "$(</data/file)"\n');
    expect(result.stderr).toMatch(onlyProgress);
    expect(result.stdout).toBe("from the user\n");
  });
});

describe("a bundle", () => {
  it("runs in runc without ocinix", (context) => {
    needs(context, notRoot, missing("runc", "bash"));
    const copy = path.join(scratch, "copy");
    fs.cpSync(build(self, { file: "overlay.nix", programs: [] }), copy, { recursive: true, verbatimSymlinks: true });
    const config = JSON.parse(fs.readFileSync(path.join(copy, "config.json"), "utf8"));
    // It asks for a terminal, and there is none here.
    fs.writeFileSync(
      path.join(copy, "plain.json"),
      JSON.stringify({ ...config, process: { ...config.process, terminal: false } }),
    );
    fs.renameSync(path.join(copy, "plain.json"), path.join(copy, "config.json"));
    const runc = findProgram(createNodeHost(), "runc")!;
    const result = spawnSync(runc, ["run", "--bundle", copy, `ocinix-direct-${process.pid}`], { encoding: "utf8" });
    expect(result.stderr).toBe("");
    expect(result.stdout).toBe("hello from an overlay\n");
  });

  it("takes other arguments for its program", (context) => {
    needs(context, notRoot, missing("runc", "bash"));
    const file = path.join(folder, "call-package.nix");
    const result = ocinix(self, ["run", file, "--runtime", "runc", "--", "-c", 'echo "$0 $1"', "a", "b c"]);
    expect(result.stderr).toMatch(onlyProgress);
    expect(result.stdout).toBe("a b c\n");
  });

  it("is made with the packages that are passed", (context) => {
    needs(context, notRoot, missing("runc", "bash"));
    const pkgs =
      'import <nixpkgs> { overlays = [ (final: prev: { writeShellScript = name: text: prev.writeShellScript name "echo passed"; }) ]; }';
    const file = path.join(folder, "pkgs-argument.nix");
    const result = ocinix(self, ["run", file, "--arg", "pkgs", pkgs, "--runtime", "runc"]);
    expect(result.stderr).toMatch(onlyProgress);
    expect(result.stdout).toBe("passed\n");
  });
});

describe("a server", () => {
  const servers = [
    {
      file: "http-server.nix",
      programs: ["python3"],
      pages: { "/": "<h1>It works</h1>\n", "/about/": "<h1>About</h1>\n" },
    },
    { file: "nginx.nix", programs: ["nginx"], pages: { "/": "<h1>It works</h1>\n" } },
  ];

  it.for(servers)("$file serves its pages", async ({ file, programs, pages }, context) => {
    needs(context, notRoot, missing("runc", "nsenter", "curl", ...programs));
    const runc = findProgram(createNodeHost(), "runc")!;
    const id = `ocinix-server-${process.pid}`;
    const [program, args, options] = command(self, ["run", path.join(folder, file), "--runtime", "runc", "--name", id]);
    const child = spawn(program, args, { ...options, stdio: ["ignore", "ignore", "pipe"] });
    let report = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      report += text;
    });
    const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
    const get = (place: string) => {
      const { pid } = JSON.parse(spawnSync(runc, ["state", id], { encoding: "utf8" }).stdout || "{}");
      const curl = ["curl", "--silent", "--fail", `http://127.0.0.1:8080${place}`];
      return spawnSync("nsenter", ["--target", `${pid}`, "--net", ...curl], { encoding: "utf8" });
    };
    try {
      while (get("/").status !== 0) {
        expect(child.exitCode ?? child.signalCode, report).toBe(null);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      for (const [place, page] of Object.entries(pages)) expect(get(place).stdout).toBe(page);
    } finally {
      spawnSync(runc, ["kill", id, "KILL"]);
      await ended;
    }
  });
});
