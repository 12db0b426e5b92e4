// What the evaluator learns of the configuration. What Nix says for the same words is in cli/instantiate.
import { describe, expect, it } from "vitest";
import { parseArguments } from "../../src/cli/arguments.ts";
import { commands } from "../../src/cli/commands.ts";
import { evaluationSettings } from "../../src/cli/evaluation-settings.ts";
import { readConfig } from "../../src/cli/nix-config.ts";
import { defaultSettings } from "../../src/evaluator/settings.ts";
import { createMemoryHost } from "../../src/host/memory-host.ts";

const fallback = [{ prefix: "nixpkgs", path: "/embedded" }];

function settingsOf(words: readonly string[], env: Record<string, string> = {}) {
  const host = createMemoryHost({}, { env, system: "aarch64-linux" });
  const parsed = parseArguments(commands.find(({ name }) => name === "eval")!, words);
  const config = readConfig(host, parsed, () => {});
  return evaluationSettings(config, parsed, host, fallback);
}

describe("evaluationSettings", () => {
  it("starts from the evaluator's defaults, the host's platform and the embedded nixpkgs", () => {
    expect(settingsOf([])).toEqual({ ...defaultSettings, system: "aarch64-linux", nixPath: fallback });
  });

  it("takes the last word", () => {
    expect(settingsOf(["--pure-eval", "--no-pure-eval"]).pureEval).toBe(false);
    expect(settingsOf(["--option", "pure-eval", "yes"]).pureEval).toBe(true);
    expect(settingsOf(["--impure", "--pure-eval"]).pureEval).toBe(true);
    expect(settingsOf(["--pure-eval", "--impure"]).pureEval).toBe(false);
    expect(settingsOf(["--max-call-depth", "2K"]).maxCallDepth).toBe(2048);
    expect(settingsOf(["--system", "x"]).system).toBe("x");
    expect(settingsOf(["--system", "x", "--eval-system", "y"]).system).toBe("y");
  });

  it("searches -I, then nix-path, then the embedded nixpkgs; nothing in pure evaluation", () => {
    const env = { NIX_PATH: "a=/x:/y" };
    const entries = (words: string[]) => settingsOf(words, env).nixPath.map(({ prefix, path }) => `${prefix}=${path}`);
    expect(entries([])).toEqual(["a=/x", "=/y", "nixpkgs=/embedded"]);
    expect(entries(["-I", "b=/z", "--nix-path", "c=/q d=/t"])).toEqual(["b=/z", "c=/q", "d=/t", "nixpkgs=/embedded"]);
    expect(entries(["--extra-nix-path", "z=/x"])).toEqual(["a=/x", "=/y", "z=/x", "nixpkgs=/embedded"]);
    expect(entries(["--pure-eval", "-I", "b=/z"])).toEqual([]);
  });

  it("lets abort-on-warn go before NIX_ABORT_ON_WARN", () => {
    for (const text of ["1", "yes", "true"]) {
      expect(settingsOf([], { NIX_ABORT_ON_WARN: text }).abortOnWarn).toBe(true);
      expect(settingsOf(["--no-abort-on-warn"], { NIX_ABORT_ON_WARN: text }).abortOnWarn).toBe(false);
    }
    for (const text of ["0", "", "TRUE"]) expect(settingsOf([], { NIX_ABORT_ON_WARN: text }).abortOnWarn).toBe(false);
  });

  it("hides warnings after the third --quiet", () => {
    expect(settingsOf(["--quiet", "--quiet"]).isQuiet).toBe(false);
    expect(settingsOf(["--quiet", "--quiet", "--quiet"]).isQuiet).toBe(true);
    expect(settingsOf(["--quiet", "--quiet", "--quiet", "-v"]).isQuiet).toBe(false);
  });
});
