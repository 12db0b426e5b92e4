// What the functions of the embedded nixpkgs make, built by the command line: the evaluator, the built-in builders and
// the store together. One build has everything; the tests look at parts of it.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createNodeHost } from "../../src/host/node-host.ts";

const launcher = path.resolve(import.meta.dirname, "../../bin/ocinix");
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-nixpkgs-build-"));
const store = path.join(scratch, "store");
afterAll(() => createNodeHost().files.remove(scratch));

const expression = String.raw`
  with import <nixpkgs> { };
  let
    one = writeTextDir "share/one" "1\n";
    two = writeTextFile { name = "two"; text = "2\n"; destination = "/share/sub/two"; executable = true; };
    other = writeTextDir "share/one" "other\n";
  in
  linkFarm "all" {
    text = writeText "text" "grüße\n";
    script = writeScript "script" "#!/bin/sh\necho run\n";
    "deep/dir" = one;
    application = writeShellApplication { name = "app"; text = "echo hi"; };
    both = concatText "both" [ "\${one}/share/one" (writeText "more" "more\n") ];
    program = concatScript "program" [ (writeText "line" "#!/bin/sh\necho concatenated\n") ];
    closure = writeClosure [ (writeText "referring" "\${one}\n") ];
    environment = buildEnv { name = "environment"; paths = [ one two ]; };
    bin = buildEnv { name = "bin"; paths = [ one (writeScriptBin "tool" "") ]; pathsToLink = [ "/bin" ]; };
    priority = buildEnv { name = "priority"; paths = [ one (lib.hiPrio other) ]; };
    joined = symlinkJoin { name = "joined"; paths = [ one two other ]; };
    emptyFile = emptyFile;
    emptyDirectory = emptyDirectory;
  }
`.replaceAll("\\${", "${");

let all = "";

function build(text: string) {
  const env = { PATH: process.env["PATH"], HOME: scratch, OCINIX_STORE: store };
  return spawnSync(launcher, ["build", "-o", "result", "-E", text], { encoding: "utf8", env, cwd: scratch });
}

beforeAll(() => {
  const { status, stderr } = build(expression);
  if (status !== 0) throw new Error(stderr);
  all = fs.realpathSync(path.join(scratch, "result"));
});

/** The physical path of something in the result; links lead to logical store paths. */
function locate(place: string): string {
  let at = all;
  for (const name of place.split("/")) {
    at = path.join(at, name);
    while (fs.lstatSync(at).isSymbolicLink()) at = physical(path.resolve(path.dirname(at), fs.readlinkSync(at)));
  }
  return at;
}

const physical = (file: string) => (file.startsWith("/nix/store/") ? path.join(store, file) : file);
const read = (place: string) => fs.readFileSync(locate(place), "utf8");
const isExecutable = (place: string) => (fs.statSync(locate(place)).mode & 0o111) === 0o111;
const name = (target: string) => path.basename(target).replace(/^[0-9a-z]{32}-/, "");

/** What is in a folder: a link by the name of the store object that it leads into and the path in it. */
function list(place: string): Record<string, string> {
  const folder = locate(place);
  return Object.fromEntries(
    fs.readdirSync(folder).map((entry) => {
      const file = path.join(folder, entry);
      const stat = fs.lstatSync(file);
      if (!stat.isSymbolicLink()) return [entry, stat.isDirectory() ? "folder" : "file"];
      const [, , , object = "", ...rest] = fs.readlinkSync(file).split("/");
      return [entry, [name(object), ...rest].join("/")];
    }),
  );
}

describe("texts", () => {
  it("are files with those bytes", () => {
    expect(read("text")).toBe("grüße\n");
    expect(isExecutable("text")).toBe(false);
    expect(read("emptyFile")).toBe("");
    expect(read("deep/dir/share/one")).toBe("1\n");
  });

  it("are programs where they should be", () => {
    expect(spawnSync(locate("script"), { encoding: "utf8" }).stdout).toBe("run\n");
    expect(spawnSync(locate("program"), { encoding: "utf8" }).stdout).toBe("concatenated\n");
    expect(isExecutable("application/bin/app")).toBe(true);
    expect(read("application/bin/app")).toMatch(
      /^#!\/nix\/store\/[0-9a-z]{32}-bash[^/]*\/bin\/bash\nset -o errexit\nset -o nounset\nset -o pipefail\n\necho hi\n$/,
    );
  });

  it("are put together", () => {
    expect(read("both")).toBe("1\nmore\n");
  });

  it("list what is referred to", () => {
    expect(read("closure").trimEnd().split("\n").map(name).sort()).toEqual(["one", "referring"]);
  });
});

describe("folders", () => {
  it("are empty where nothing is in them", () => {
    expect(list("emptyDirectory")).toEqual({});
  });

  it("of an environment are links as far as only one package has them", () => {
    expect(list("environment")).toEqual({ share: "folder" });
    expect(list("environment/share")).toEqual({ one: "one/share/one", sub: "two/share/sub" });
    expect(isExecutable("environment/share/sub/two")).toBe(true);
    expect(list("bin")).toEqual({ bin: "tool/bin" });
    expect(read("priority/share/one")).toBe("other\n");
  });

  it("of a join are folders, and everything in them links", () => {
    expect(list("joined")).toEqual({ share: "folder" });
    expect(list("joined/share")).toEqual({ one: "one/share/one", sub: "folder" });
    expect(list("joined/share/sub")).toEqual({ two: "two/share/sub/two" });
  });
});

describe("what cannot be built", () => {
  const fails = (text: string) => {
    const { status, stderr } = build(`with import <nixpkgs> { }; ${text}`);
    expect(status).toBe(1);
    return stderr;
  };

  it("is said to need a script", () => {
    const command = fails('runCommand "made" { } "touch $out"');
    expect(command).toContain("sandboxed builder");
    expect(command).toMatch(/-made\.drv/);
    expect(fails('symlinkJoin { name = "made"; paths = [ ]; postBuild = "true"; }')).toContain("sandboxed builder");
    expect(fails('writeTextFile { name = "made"; text = ""; checkPhase = "true"; }')).toContain("sandboxed builder");
  });

  it("is a collision", () => {
    const report = fails(
      'buildEnv { name = "e"; paths = [ (writeTextDir "share/a" "1") (writeTextDir "share/a" "2") ]; }',
    );
    expect(report).toContain("collision between '/nix/store/");
  });

  it("leaves the last result as it was", () => {
    expect(fs.realpathSync(path.join(scratch, "result"))).toBe(all);
  });
});
