// The configuration from files, variables and the command line. That Nix reads the same out of them is in
// cli/instantiate and cli/settings.
import { describe, expect, it } from "vitest";
import { parseArguments } from "../../src/cli/arguments.ts";
import { commands } from "../../src/cli/commands.ts";
import { readConfig } from "../../src/cli/nix-config.ts";
import { nixSettings, settingNamed, settingOption } from "../../src/cli/nix-settings.ts";
import { createMemoryHost } from "../../src/host/memory-host.ts";

interface Surroundings {
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

function read(line = "", { files = {}, env = {} }: Surroundings = {}) {
  const warnings: string[] = [];
  const host = createMemoryHost(files, { env: { HOME: "/home", ...env } });
  const words = line.split(" ").filter((word) => word !== "");
  const parsed = parseArguments(commands.find(({ name }) => name === "eval")!, words);
  const config = readConfig(host, parsed, (message) => warnings.push(message));
  return { config, warnings };
}

const systemFile = "/etc/nix/nix.conf";
const userFile = "/home/.config/nix/nix.conf";

describe("readConfig", () => {
  it("reads the system's file, the user's, the variable and the command line, each over what was before", () => {
    const files = {
      [systemFile]: "system = a\ncores = 1\ntimeout = 1\nlog-lines = 1",
      [userFile]: "cores = 2\ntimeout = 2\nlog-lines = 2",
    };
    const { config } = read("--log-lines 4", { files, env: { NIX_CONFIG: "timeout = 3\nlog-lines = 3" } });
    expect(["system", "cores", "timeout", "log-lines"].map((name) => config.text(name))).toEqual(["a", "2", "3", "4"]);
  });

  it("finds the files where the variables say", () => {
    const system = (env: Record<string, string>, files: Record<string, string>) =>
      read("", { files, env }).config.text("system");
    expect(system({ NIX_CONF_DIR: "/conf" }, { "/conf/nix.conf": "system = a", [systemFile]: "system = b" })).toBe("a");
    expect(system({ XDG_CONFIG_HOME: "/x" }, { "/x/nix/nix.conf": "system = a", [userFile]: "system = b" })).toBe("a");
    expect(system({ NIX_CONFIG_HOME: "/x" }, { "/x/nix.conf": "system = a", [userFile]: "system = b" })).toBe("a");
    const shared = { "/p/nix/nix.conf": "system = p", "/q/nix/nix.conf": "system = q" };
    expect(system({ XDG_CONFIG_DIRS: "/p:/q" }, shared)).toBe("p");
    expect(system({ NIX_USER_CONF_FILES: "/1:/2" }, { "/1": "system = 1", "/2": "system = 2" })).toBe("1");
    expect(system({ NIX_USER_CONF_FILES: "" }, { [userFile]: "system = b" })).toBe("x86_64-linux");
  });

  it("turns features on before it looks at what needs them", () => {
    const text = "use-registries = false\nextra-experimental-features = flakes\nexperimental-features = nix-command\n";
    const { config, warnings } = read("", { files: { [userFile]: text } });
    expect(config.words("experimental-features")).toEqual(["nix-command"]);
    expect(warnings).toEqual([
      "Ignoring setting 'use-registries' because experimental feature 'flakes' is not enabled",
    ]);
    const flakes = read("", { files: { [userFile]: "use-registries = false\nexperimental-features = flakes" } });
    expect(flakes.config.boolean("use-registries")).toBe(false);
    expect(flakes.config.words("experimental-features")).toEqual(["fetch-tree", "flakes"]);
  });

  it("follows include, also to files that include others", () => {
    const files = {
      [systemFile]: "include part/a.conf\n!include missing.conf\ncores = 2",
      "/etc/nix/part/a.conf": "system = a\ncores = 1\ninclude b.conf",
      "/etc/nix/part/b.conf": "timeout = 5",
    };
    const { config } = read("", { files });
    expect(["system", "cores", "timeout"].map((name) => config.text(name))).toEqual(["a", "2", "5"]);
    const missing = { [systemFile]: "include missing.conf" };
    expect(() => read("", { files: missing })).toThrow(
      `file "/etc/nix/missing.conf" included from "${systemFile}" not found`,
    );
  });

  it("complains of unknown settings at the end, once each and sorted, of others when it meets them", () => {
    const { warnings } = read("--option zzz 1 --option pure-eval x --option aaa 1 --option zzz 2", {
      env: { NIX_CONFIG: "nope = 1\nexperimental-features = bogus no-url-literals" },
    });
    expect(warnings).toEqual([
      "unknown experimental feature 'bogus'",
      "experimental feature 'no-url-literals' has been stabilized and renamed; use 'lint-url-literals = fatal' setting instead",
      "Boolean setting 'pure-eval' has invalid value 'x'",
      "unknown setting 'aaa'",
      "unknown setting 'nope'",
      "unknown setting 'zzz'",
    ]);
  });

  it("meets the faults of files before those of the command line", () => {
    expect(() => read("--nonsense", { env: { NIX_CONFIG: "pure-eval = x" } })).toThrow("Boolean setting 'pure-eval'");
    expect(() => read("--cores x --nonsense")).toThrow("invalid unit specifier 'X'");
    expect(() => read("--nonsense --cores x")).toThrow("unrecognised flag '--nonsense'");
  });

  it("needs the feature of a setting that has an option of its own on the command line", () => {
    expect(() => read("--no-use-registries")).toThrow("experimental Nix feature 'flakes' is disabled");
    expect(read("--no-use-registries --extra-experimental-features flakes").config.boolean("use-registries")).toBe(
      false,
    );
  });

  it("lets the old switch of a lint not overrule the lint", () => {
    const level = (line: string) => read(line).config.text("lint-short-path-literals");
    expect(level("--warn-short-path-literals")).toBe("warn");
    expect(level("--lint-short-path-literals fatal --warn-short-path-literals")).toBe("fatal");
    expect(level("--warn-short-path-literals --lint-short-path-literals ignore")).toBe("ignore");
  });

  it("does not let nix-path of a file overrule NIX_PATH", () => {
    const files = { [userFile]: "nix-path = a=/x\nextra-nix-path = b=/y" };
    expect(read("", { files }).config.text("nix-path")).toBe("a=/x b=/y");
    expect(read("", { files, env: { NIX_PATH: "c=/z:https://x/y:d=channel:e" } }).config.text("nix-path")).toBe(
      "c=/z https://x/y d=channel:e",
    );
  });
});

describe("the settings", () => {
  it.each(Object.entries(nixSettings))(
    "%s can read its own default and has options",
    (name, { kind, default: text, aliases = [] }) => {
      expect(() => kind.parse(text, name)).not.toThrow();
      expect(settingNamed(name)?.name).toBe(name);
      for (const spelling of [name, ...aliases]) expect(settingOption(`--${spelling}`)?.name).toBe(name);
      expect(settingOption(`--extra-${name}`) !== undefined).toBe(kind.add !== undefined);
      expect(settingNamed(`extra-${name}`)?.adds).toBe(kind.add === undefined ? undefined : true);
    },
  );
});
