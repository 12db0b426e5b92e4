// The embedded nixpkgs: its lib against nixpkgs' own, its packages and the faults it finds against C++ Nix, which
// evaluates the same files. The expected values are written by scripts/make-nixpkgs-fixtures.ts.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  containerFaults,
  embeddedLib,
  faultFixture,
  type Instantiate,
  libFixture,
  libResults,
  packageFixture,
  packageResults,
} from "./evaluations.ts";

const root = path.resolve(import.meta.dirname, "../..");
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-nixpkgs-test-"));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

const ocinix: Instantiate = {
  command: [path.join(root, "bin/ocinix"), "instantiate", "--message-version", "2.34"],
  env: { PATH: process.env["PATH"], HOME: scratch, OCINIX_STORE: path.join(scratch, "store") },
};

const expected = (file: string) => JSON.parse(fs.readFileSync(file, "utf8"));
const caseCount = (results: object) =>
  Object.values(results)
    .flatMap((topic) => Object.values(topic))
    .flat().length;

describe("lib", () => {
  it("gives what nixpkgs' lib gives", () => {
    const results = libResults(ocinix, embeddedLib);
    expect(caseCount(results)).toBeGreaterThan(700);
    expect(results).toEqual(expected(libFixture));
  });
});

describe("the package set", () => {
  it("evaluates to what C++ Nix makes of it", () => {
    const results = packageResults(ocinix);
    expect(caseCount(results)).toBeGreaterThan(100);
    expect(results).toEqual(expected(packageFixture));
  });

  it("has one file that names the builtin for programs of the machine", () => {
    const files = fs.readdirSync(path.join(root, "nixpkgs"), { recursive: true, encoding: "utf8" });
    const named = files.filter((file) => {
      return (
        file.endsWith(".nix") && fs.readFileSync(path.join(root, "nixpkgs", file), "utf8").includes("__hostPackage")
      );
    });
    expect(named).toEqual(["default.nix"]);
  });
});

describe("buildContainer", () => {
  it("says what is wrong with its arguments, and where", () => {
    const faults = containerFaults(ocinix);
    expect(Object.keys(faults).length).toBeGreaterThan(20);
    expect(faults).toEqual(expected(faultFixture));
    expect(Object.values(faults).filter(({ place }) => place === undefined)).toEqual([]);
  });
});

describe("build.sh", () => {
  const run = (env: Record<string, string>) => {
    const cwd = fs.mkdtempSync(path.join(scratch, "build-"));
    const child = spawnSync("bash", ["-e", path.join(root, "nixpkgs/build.sh")], {
      encoding: "utf8",
      cwd,
      env: { out: path.join(cwd, "out"), initialPath: "/usr /", ...env },
    });
    return { status: child.status, stdout: child.stdout, stderr: child.stderr };
  };

  it("runs a command", () => {
    const env = { buildCommand: 'echo "$PATH" >"$out"; cat "$out"', nativeBuildInputs: "/a /b", buildInputs: "/c" };
    expect(run(env)).toEqual({ status: 0, stdout: "/a/bin:/b/bin:/c/bin:/usr/bin://bin\n", stderr: "" });
  });

  it("stops at the first command that fails", () => {
    expect(run({ buildCommand: "false; echo after" })).toEqual({ status: 1, stdout: "", stderr: "" });
    expect(run({ buildPhase: "false | true; echo after" })).toEqual({ status: 1, stdout: "", stderr: "" });
  });

  it("runs the phases in order, with what is to happen before and after", () => {
    const env = {
      preUnpack: "echo before unpack",
      buildPhase: "echo build",
      postBuild: "echo after build",
      checkPhase: "echo check",
      installCheckPhase: "echo never",
      doCheck: "1",
      installPhase: "echo never",
      dontInstall: "1",
    };
    expect(run(env)).toEqual({ status: 0, stdout: "before unpack\nbuild\nafter build\ncheck\n", stderr: "" });
  });

  it("unpacks a folder or an archive and goes there", () => {
    const source = path.join(scratch, "source");
    fs.mkdirSync(source);
    fs.writeFileSync(path.join(source, "file"), "contents\n", { mode: 0o444 });
    spawnSync("tar", ["-czf", path.join(scratch, "source.tar.gz"), "-C", scratch, "source"]);
    for (const src of [source, `${source}.tar.gz`]) {
      const env = { src, buildPhase: "echo more >>file; cat file" };
      expect(run(env)).toEqual({ status: 0, stdout: "contents\nmore\n", stderr: "" });
    }
  });

  it("reads structured attributes", () => {
    const attributes = path.join(scratch, "attrs.sh");
    const out = path.join(scratch, "structured");
    fs.writeFileSync(
      attributes,
      `declare -A outputs=([out]=${out})\ndeclare -a nativeBuildInputs=("/a b" "/c")\nbuildCommand='echo "$PATH $out"'\n`,
    );
    const result = run({ NIX_ATTRS_SH_FILE: attributes, initialPath: "", out: "" });
    expect(result).toEqual({ status: 0, stdout: `/a b/bin:/c/bin ${out}\n`, stderr: "" });
  });
});
