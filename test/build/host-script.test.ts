import { describe, expect, it } from "vitest";
import { readShebang, rewriteScript } from "../../src/build/host-script.ts";

describe("the first line of a script", () => {
  const lines: readonly [line: string, interpreter: string, args: string][] = [
    ["#!/bin/sh\necho", "sh", ""],
    ["#! /usr/bin/perl -w\n", "perl", "-w"],
    ["#!/usr/bin/env python3\n", "python3", ""],
    ["#!/usr/bin/env -S node --no-warnings\n", "node", "--no-warnings"],
    ["#!/usr/bin/env -S A=1 perl -T -w\n", "perl", "-T -w"],
    ["#!/bin/bash -e\r\n", "bash", "-e"],
    ["#!\t/bin/sh", "sh", ""],
    ["#!/usr/bin/awk -f  \n", "awk", "-f"],
  ];
  for (const [line, interpreter, args] of lines) {
    it(`of ${JSON.stringify(line)} names ${interpreter}`, () => {
      expect(readShebang(Buffer.from(line))).toEqual({ interpreter, args });
    });
  }

  it("is none in other files", () => {
    for (const text of ["", "#", "echo\n#!/bin/sh", "#!\n", "#!/usr/bin/env\n", "\x7fELF"]) {
      expect(readShebang(Buffer.from(text, "latin1"))).toBeUndefined();
    }
  });
});

describe("a rewritten script", () => {
  const rewrite = (text: string, args = "", beside = false): string =>
    Buffer.from(rewriteScript(Buffer.from(text, "latin1"), "/nix/store/x/bin/sh", args, beside)).toString("latin1");

  it("has the store's interpreter, and all else as it was", () => {
    expect(rewrite("#!/bin/sh -e\n\necho \xe9\n", "-e")).toBe("#!/nix/store/x/bin/sh -e\n\necho \xe9\n");
    expect(rewrite("#!/bin/sh")).toBe("#!/nix/store/x/bin/sh\n");
  });

  it("finds the programs beside it, after those in PATH", () => {
    expect(rewrite("#!/bin/sh\ngrep x\n", "", true)).toBe(
      `#!/nix/store/x/bin/sh\nPATH="\${PATH:+$PATH:}\${0%/*}"\ngrep x\n`,
    );
  });
});
