// Settings from the command line and the environment. What Nix 2.34 says for the same words is in the messages.
import { describe, expect, it } from "vitest";
import { parseArguments } from "../../src/cli/arguments.ts";
import { commands } from "../../src/cli/commands.ts";
import { evaluationSettings } from "../../src/cli/evaluation-settings.ts";
import { createMemoryHost } from "../../src/host/memory-host.ts";

const fallback = [{ prefix: "nixpkgs", path: "/embedded" }];

function settingsOf(words: readonly string[], env: Record<string, string> = {}) {
  const spec = commands.find(({ name }) => name === "eval")!;
  return evaluationSettings(
    parseArguments(spec, words),
    createMemoryHost({}, { env, system: "aarch64-linux" }),
    fallback,
  );
}

describe("evaluationSettings", () => {
  it("starts from Nix's defaults and the host's platform", () => {
    const { settings, warnings } = settingsOf([]);
    expect(settings).toMatchObject({
      pureEval: false,
      maxCallDepth: 10000,
      system: "aarch64-linux",
      nixPath: fallback,
    });
    expect(warnings).toEqual([]);
  });

  it("lets the last word win, and --impure over all", () => {
    expect(settingsOf(["--pure-eval", "--no-pure-eval"]).settings.pureEval).toBe(false);
    expect(settingsOf(["--option", "pure-eval", "yes"]).settings.pureEval).toBe(true);
    expect(settingsOf(["--impure", "--pure-eval"]).settings.pureEval).toBe(false);
    expect(settingsOf(["--max-call-depth", "2K"]).settings.maxCallDepth).toBe(2048);
    expect(settingsOf(["--system", "x"]).settings.system).toBe("x");
    expect(settingsOf(["--system", "x", "--eval-system", "y"]).settings.system).toBe("y");
  });

  it("reads NIX_CONFIG before the command line", () => {
    const env = { NIX_CONFIG: "# comment\nexperimental-features = flakes\n\nmax-call-depth = 5 # five\n" };
    const { settings } = settingsOf(["--extra-experimental-features", "pipe-operators nix-command"], env);
    expect([...settings.experimentalFeatures]).toEqual(["flakes", "pipe-operators", "nix-command"]);
    expect(settings.maxCallDepth).toBe(5);
    expect(() => settingsOf([], { NIX_CONFIG: "blub" })).toThrow(
      `syntax error in configuration line 'blub' in "NIX_CONFIG"`,
    );
  });

  it("searches -I, then nix-path or NIX_PATH, then the embedded nixpkgs", () => {
    const env = { NIX_PATH: "a=/x:/y" };
    const prefixes = (words: string[]) =>
      settingsOf(words, env).settings.nixPath.map(({ prefix, path }) => `${prefix}=${path}`);
    expect(prefixes([])).toEqual(["a=/x", "=/y", "nixpkgs=/embedded"]);
    expect(prefixes(["-I", "b=/z", "--nix-path", "c=/q d=/t"])).toEqual(["b=/z", "c=/q", "d=/t", "nixpkgs=/embedded"]);
    expect(prefixes(["--extra-nix-path", "z=/x"])).toEqual(["a=/x", "=/y", "z=/x", "nixpkgs=/embedded"]);
    expect(prefixes(["--pure-eval", "-I", "b=/z"])).toEqual(["b=/z"]);
  });

  it("warns where Nix warns", () => {
    const { warnings } = settingsOf(
      "--option foo bar --option pure-eval x --option max-call-depth y --experimental-features bogus --option cores 4".split(
        " ",
      ),
    );
    expect(warnings).toEqual([
      "unknown setting 'foo'",
      "Boolean setting 'pure-eval' has invalid value 'x'",
      "setting 'max-call-depth' has invalid value 'y'",
      "unknown experimental feature 'bogus'",
    ]);
  });

  it("refuses what Nix refuses", () => {
    expect(() => settingsOf(["--max-call-depth", "x"])).toThrow("setting 'max-call-depth' has invalid value 'x'");
    expect(() => settingsOf(["--max-call-depth", "-1"])).toThrow("setting 'max-call-depth' has invalid value '-1'");
  });
});
