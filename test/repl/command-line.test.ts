// What a session is started with, and the commands that do something outside of it.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { replCommands } from "../../src/repl/commands.ts";
import { SessionFolder } from "./run-session.ts";

const folder = new SessionFolder();
afterAll(() => folder.remove());

const stdout = (input: string, args: readonly string[] = []) => folder.run(input, args).stdout;

describe("what is loaded at the start", () => {
  it("is files, which may be operands or options", () => {
    expect(stdout("a + b", ["set.nix"])).toBe("3\n\n\n");
    expect(stdout("a + b", ["-f", "set.nix"])).toBe("3\n\n\n");
    expect(stdout("a + inner", ["--file", "set.nix", "other.nix"])).toBe("2\n\n\n");
    expect(folder.run("", ["set.nix"]).stderr).toMatch(/^Loading "set.nix"\.\.\.\nAdded 4 variables\./m);
  });

  it("is expressions", () => {
    expect(stdout("x + y", ["-E", "{ x = 1; }", "{ y = 2; }"])).toBe("3\n\n\n");
  });

  it("is one attribute where that is asked for", () => {
    expect(stdout("c", ["-A", "a.b", "-E", "{ a.b.c = 5; }"])).toBe("5\n\n\n");
  });

  it("gets arguments", () => {
    expect(stdout("x", ["--arg", "x", "2 * 21", "needs.nix"])).toBe("42\n\n\n");
    expect(stdout("x", ["--argstr", "x", "text", "needs.nix"])).toBe('"text"\n\n\n');
  });

  it("may fail, and the session goes on and loads it again", () => {
    fs.writeFileSync(`${folder.work}/late.nix`, "{ late = ");
    fs.writeFileSync(`${folder.work}/finish`, "#!/bin/sh\necho '{ late = 7; }' >\"$1\"\n", { mode: 0o755 });
    const { status, stdout, stderr } = folder.run("1\n:e ./late.nix\nlate", ["late.nix"], { EDITOR: "./finish" });
    expect(status).toBe(0);
    expect(stderr).toContain("syntax error, unexpected end of file");
    expect(stdout).toBe("1\n\n\n7\n\n\n");
  });

  it("may use the names of pkgs, as the prompt may, unless told otherwise", () => {
    fs.writeFileSync(
      `${folder.work}/entry.nix`,
      "{ lib, ... }: { upper = lib.toUpper or (x: x) ''a''; names = pkgs ? bash; }",
    );
    expect(stdout("names\npkgs ? bash\nbuildContainer", ["entry.nix"])).toMatch(/^true\n\ntrue\n\n«lambda /);
    expect(folder.run("pkgs", ["--no-prelude"]).stderr).toContain("undefined variable 'pkgs'");
  });
});

describe("the end of the input", () => {
  it("is an error in the middle of an expression", () => {
    const { status, stdout, stderr } = folder.run("1\n{ a =");
    expect(stdout).toBe("1\n\n\n");
    expect(stderr).toContain("syntax error, unexpected end of file");
    expect(status).toBe(0);
  });

  it("need not be a line end", () => {
    expect(stdout("1 + 1")).toBe("2\n\n\n");
    expect(stdout("")).toBe("\n");
  });
});

describe("what is typed", () => {
  it("may be bindings whose expressions have several lines", () => {
    expect(stdout("x = {\n  a = [\n    1\n  ];\n}\n:p x")).toBe("\n{\n  a = [ 1 ];\n}\n\n\n");
    expect(stdout("f = a:\n  a + 1\nf 1")).toBe("\n2\n\n\n");
  });

  it("gets suggestions for a variable that is not there", () => {
    expect(folder.run("lenght = 1\nmylist = [ ]\nmylsit").stderr).toContain("Did you mean mylist?");
    expect(folder.run("mylist = 2\ny = mylsit").stderr).toContain("Did you mean mylist?");
    expect(folder.run("mylist = 2\nmylsit", ["--no-prelude"]).stderr).not.toContain("Did you mean");
  });

  it("may be bytes that are no UTF-8", () => {
    const child = folder.run('builtins.stringLength "é"');
    expect(child.stdout).toBe("2\n\n\n");
  });
});

describe("commands", () => {
  it(":? lists them all", () => {
    const help = stdout(":?");
    for (const { names } of replCommands) expect(help).toContain(names.join(", "));
    expect(stdout(":help")).toBe(help);
  });

  it(":doc has something to say of a builtin", () => {
    expect(stdout(":doc builtins.elemAt")).toMatch(/^Synopsis: builtins\.elemAt xs n\n\n[A-Z]/);
  });

  it(":b builds, and :bl links to what was built", () => {
    const expr = "pkgs.writeTextDir ''data/file'' ''contents''";
    const built = /^\nThis derivation produced the following outputs:\n {2}out -> (\S+)\n/.exec(stdout(`:b ${expr}`));
    expect(fs.readFileSync(`${built?.[1]}/data/file`, "utf8")).toBe("contents");
    expect(stdout(`:bl ${expr}`)).toContain(`  ./repl-result-out -> ${built?.[1]}\n`);
    expect(fs.readFileSync(`${folder.work}/repl-result-out/data/file`, "utf8")).toBe("contents");
  });

  it(":b takes packages of the machine, and these are shown as what they are", () => {
    const [, bash] = /out -> (\S+)/.exec(stdout(":b pkgs.bash")) ?? [];
    expect(fs.statSync(`${bash}/bin/bash`).mode & 0o111).toBe(0o111);
    expect(stdout("pkgs.bash")).toContain('  pname = "bash";\n');
  });

  it(":b says what it cannot build, and the session goes on", () => {
    const { stdout, stderr } = folder.run(':b derivation { name = "n"; system = "s"; builder = "/bin/sh"; }\n1');
    expect(stderr).toMatch(/^error: cannot build '.*-n\.drv'/m);
    expect(stdout).toBe("\n1\n\n\n");
  });

  it("that make no sense here say so", () => {
    for (const name of [":i", ":u", ":sh", ":log"]) {
      expect(folder.run(`${name} pkgs.bash`).stderr).toContain(`error: there is no ${name} here: `);
    }
  });

  it("that do not exist are close to one that does", () => {
    expect(folder.run(":relaod").stderr).toMatch(/unknown command ':relaod'\n +Did you mean :reload\?/);
  });

  it(":e opens the line of a function in the editor, and loads again what that changed", () => {
    const { stdout } = folder.run(":l documented.nix\n:e add\n:e ./other.nix", [], { EDITOR: "echo vim" });
    expect(stdout).toContain(`vim +12 ${folder.work}/documented.nix\n`);
    expect(stdout).toContain(`vim ${folder.work}/other.nix\n`);
    fs.writeFileSync(`${folder.work}/edit`, "#!/bin/sh\necho '{ a = 2; }' >\"$1\"\n", { mode: 0o755 });
    fs.writeFileSync(`${folder.work}/edited.nix`, "{ a = 1; }");
    expect(folder.run(":l edited.nix\na\n:e ./edited.nix\na", [], { EDITOR: "./edit" }).stdout).toBe(
      "\n1\n\n\n2\n\n\n",
    );
  });

  it(":e tells of an editor that fails", () => {
    expect(folder.run(":e ./set.nix", [], { EDITOR: "false" }).stderr).toContain(
      'program "false" failed with exit code 1',
    );
    expect(folder.run(":e ./set.nix", [], { EDITOR: "nosuchprogram" }).stderr).toContain("nosuchprogram: No such file");
  });

  it(":lf takes of a Git repository what is tracked", () => {
    const repository = `${folder.work}/repository`;
    fs.mkdirSync(repository);
    fs.writeFileSync(
      `${repository}/flake.nix`,
      "{ outputs = { self }: { files = builtins.attrNames (builtins.readDir self); dirty = self ? dirtyRev; }; }",
    );
    fs.writeFileSync(`${repository}/tracked`, "");
    fs.writeFileSync(`${repository}/untracked`, "");
    const git = (...args: string[]) => execFileSync("git", ["-C", repository, ...args]);
    git("init", "-q");
    git("add", "flake.nix", "tracked");
    git("-c", "user.name=n", "-c", "user.email=e", "commit", "-qm", "first");
    const flakes = ["--extra-experimental-features", "flakes"];
    expect(folder.run(":lf ./repository\n:p files\ndirty", flakes).stdout).toBe(
      '\n[\n  "flake.nix"\n  "tracked"\n]\n\nfalse\n\n\n',
    );
    fs.writeFileSync(`${repository}/tracked`, "changed");
    const changed = folder.run(":lf ./repository\ndirty", flakes);
    expect(changed.stdout).toBe("\ntrue\n\n\n");
    expect(changed.stderr).toContain(`warning: Git tree '${repository}' is dirty\n`);
  });

  it(":lf has inputs that are folders, and tells of those that would have to be downloaded when they are used", () => {
    fs.mkdirSync(`${folder.work}/outer/inner`, { recursive: true });
    fs.writeFileSync(`${folder.work}/outer/inner/flake.nix`, "{ outputs = { self }: { value = 42; }; }");
    fs.writeFileSync(
      `${folder.work}/outer/flake.nix`,
      `{
        inputs = { inner.url = "path:./inner"; far.url = "github:some/where"; };
        outputs = { self, inner, far, nixpkgs }: { inherit (inner) value; away = far.value; registry = nixpkgs; };
      }`,
    );
    const { stdout, stderr } = folder.run(":lf path:./outer\nvalue\naway\nregistry", [
      "--extra-experimental-features",
      "flakes",
    ]);
    expect(stdout).toBe("\n42\n\n\n\n\n");
    expect(stderr).toContain("the flake input 'far' ('github:some/where') has to be downloaded");
    expect(stderr).toContain("the flake input 'nixpkgs' ('nixpkgs') has to be downloaded");
    expect(folder.run(":lf nixpkgs", ["--extra-experimental-features", "flakes"]).stderr).toContain(
      "cannot load the flake 'nixpkgs'",
    );
  });
});
