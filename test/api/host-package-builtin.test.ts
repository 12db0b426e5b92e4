import { describe, expect, it } from "vitest";
import { Evaluation, embeddedSearchPath } from "../../src/api/evaluation.ts";
import { defaultSettings } from "../../src/evaluator/settings.ts";
import { createMemoryHost, type MemoryFile } from "../../src/host/memory-host.ts";
import { NixError } from "../../src/source/nix-error.ts";
import { AttrSet } from "../../src/value/attr-set.ts";
import type { ContextString } from "../../src/value/string-context.ts";
import type { Value } from "../../src/value/value.ts";
import { machineFiles, programFile, scriptFile } from "../build/host-description.ts";

const status = "Package: bash\nVersion: 5.2.15-2+b2\n\nPackage: nginx\nVersion: 1.22.1-9\n";
const machine: Readonly<Record<string, MemoryFile>> = machineFiles({
  "/usr/bin/bash": programFile({ contents: "bash" }),
  "/usr/bin/gzip": programFile({ contents: "gzip" }),
  "/usr/bin/zcat": scriptFile("#!/bin/sh\nexec gzip -cd\n"),
  "/usr/bin/odd": programFile({ contents: "odd" }),
  "/opt/bin/odder": programFile({ contents: "odder" }),
  "/var/lib/dpkg/status": status,
});

function evaluate(text: string, files = machine): { readonly value: Value; readonly evaluation: Evaluation } {
  const evaluation = new Evaluation({
    host: createMemoryHost(files, { env: { PATH: "/opt/bin" } }),
    settings: { ...defaultSettings, nixPath: embeddedSearchPath },
    storeDir: undefined,
    prelude: true,
  });
  return { value: evaluation.run(() => evaluation.evaluateText(text, "string")), evaluation };
}

describe("a package of the machine's programs", () => {
  it("is a path that depends on its object", () => {
    const { value, evaluation } = evaluate('bash + "/bin/sh"');
    const { text, context } = value as ContextString;
    expect(text).toMatch(/^\/nix\/store\/[0-9a-z]{32}-bash-5\.2\.15\/bin\/sh$/);
    expect(context.elements).toEqual([{ kind: "opaque", path: text.replace("/bin/sh", "") }]);
    expect(evaluation.store.has(text.replace("/bin/sh", ""))).toBe(true);
    expect(Buffer.from(evaluation.store.files.readFile(text)).toString("latin1")).toContain("bash");
  });

  it("brings the packages that it refers to", () => {
    const { value, evaluation } = evaluate("gzip.outPath");
    const gzip = (value as ContextString).text;
    const bash = (evaluate("bash.outPath").value as ContextString).text;
    expect(evaluation.store.references(gzip)).toContain(bash);
    expect(evaluation.store.has(bash)).toBe(true);
  });

  it("has a name, and a version where the machine's database knows one", () => {
    expect(evaluate("bash.name").value).toBe("bash-5.2.15");
    expect(evaluate("gzip.name").value).toBe("gzip");
    expect(evaluate("gzip.version").value).toBeNull();
    expect(evaluate("lib.getName bash").value).toBe("bash");
    expect(evaluate("lib.getExe gzip").value).toMatchObject({ text: expect.stringMatching(/-gzip\/bin\/gzip$/) });
  });

  it("may be any other program", () => {
    const path = (program: string): string =>
      (evaluate(`(hostProgram "${program}").outPath`).value as ContextString).text;
    expect(path("odd")).toMatch(/-odd$/);
    expect(path("odder")).toMatch(/-odder$/);
    expect(path("/opt/bin/odder")).toBe(path("odder"));
    // A program that has a package is that package.
    expect(path("bash")).toBe((evaluate("bash.outPath").value as ContextString).text);
  });
});

describe("a package that the machine cannot give", () => {
  it("is no error until its path is needed", () => {
    expect(evaluate("pkgs ? nginx").value).toBe(true);
    expect(evaluate("nginx.pname + nginx.meta.mainProgram").value).toBe("nginxnginx");
    expect(evaluate("nginx").value).toBeInstanceOf(AttrSet);
    expect(evaluate("nginx.version").value).toBe("1.22.1");
  });

  it("is an error of the program that can be caught", () => {
    expect(evaluate("(builtins.tryEval nginx.outPath).success").value).toBe(false);
    let error: unknown;
    try {
      evaluate('nginx + "/bin/nginx"');
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(NixError);
    const { kind, message } = error as NixError;
    expect(kind).toBe("throw");
    for (const part of ["'nginx'", "/usr/bin", "/opt/bin", "apt-get install nginx", "NIX_PATH"]) {
      expect(message).toContain(part);
    }
  });

  it("names a program that has no package", () => {
    expect(() => evaluate('(hostProgram "nothing").outPath')).toThrow(
      "the package 'hostProgram \"nothing\"' of the built-in",
    );
    expect(() => evaluate("hostProgram 1")).toThrow("hostProgram takes the name of a program, and this is of type int");
  });

  it("can be the shell: busybox runs scripts then", () => {
    const { "/usr/bin/bash": _, ...others } = machine;
    const files = { ...others, "/bin/busybox": programFile({ contents: "\0[\0[[\0sh\0usage: x" }) };
    const { value, evaluation } = evaluate("gzip.outPath", files);
    const script = evaluation.store.files.readFile(`${(value as ContextString).text}/bin/zcat`);
    expect(Buffer.from(script).toString()).toMatch(/^#!\/nix\/store\/[^/]*-busybox\/bin\/sh\n/);
  });
});

describe("the builtin", () => {
  it("is seen by the embedded <nixpkgs> alone", () => {
    expect(() => evaluate("__hostPackage")).toThrow("undefined variable '__hostPackage'");
    expect(evaluate("builtins ? hostPackage || builtins ? __hostPackage").value).toBe(false);
  });
});
