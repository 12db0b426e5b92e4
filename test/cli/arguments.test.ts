import { describe, expect, it } from "vitest";
import { type CommandSpec, parseArguments, UsageError } from "../../src/cli/arguments.ts";
import { commands } from "../../src/cli/commands.ts";

const spec = (name: string): CommandSpec => commands.find((command) => command.name === name)!;
const parse = (line: string, command = "eval") => parseArguments(spec(command), line.split(" "));

function usageError(line: string): UsageError {
  try {
    parse(line);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return error as UsageError;
  }
  throw new Error(`${line} was accepted`);
}

describe("parseArguments", () => {
  it("tells operands, options and their values apart, in any order", () => {
    const parsed = parse("a.nix --arg x 1 -A one --strict - --argstr y two b.nix --attr=two --arg z --strict");
    expect(parsed.operands).toEqual(["a.nix", "-", "b.nix"]);
    expect(parsed.occurrences("arg")).toEqual([
      ["x", "1"],
      ["z", "--strict"],
    ]);
    expect(parsed.occurrences("attr")).toEqual([["one"], ["two"]]);
    expect(parsed.value("attr")).toBe("two");
    expect(parsed.has("strict")).toBe(true);
    expect(parsed.has("json")).toBe(false);
    expect(parsed.rest).toBeUndefined();
  });

  it("takes short options and their values apart", () => {
    const parsed = parse("-vE -I/path/of -Inixpkgs=x -QAweb 1");
    expect(parsed.has("expr")).toBe(true);
    expect(parsed.value("attr")).toBe("web");
    expect(parsed.occurrences("include")).toEqual([["/path/of"], ["nixpkgs=x"]]);
    expect(parsed.operands).toEqual(["1"]);
    expect(parse("-E1+1").operands).toEqual(["1+1"]);
  });

  it("leaves everything after -- alone", () => {
    const parsed = parse("x.nix -- --json -- -c", "run");
    expect(parsed.operands).toEqual(["x.nix"]);
    expect(parsed.rest).toEqual(["--json", "--", "-c"]);
    expect(parsed.has("json")).toBe(false);
  });

  it("knows every setting of nix.conf as an option", () => {
    const parsed = parse(
      "--pure-eval --no-restrict-eval --max-call-depth 7 --extra-experimental-features a --option cores 2",
    );
    expect(parsed.settings).toEqual([
      { name: "pure-eval", value: "true", strict: true },
      { name: "restrict-eval", value: "false", strict: true },
      { name: "max-call-depth", value: "7", strict: true },
      { name: "extra-experimental-features", value: "a", strict: true },
      { name: "cores", value: "2", strict: false },
    ]);
  });

  it.each(["--help", "-h", "--version"])("stops at %s, whatever follows", (word) => {
    expect(parse(`x.nix ${word} --nonsense`).request).toBe(word === "--version" ? "version" : "help");
  });

  it.each([
    ["--arg x", "flag '--arg' requires 2 argument(s), but only 1 were given", []],
    ["-A", "'-A' requires an argument", []],
    ["--option pure-eval", "flag '--option' requires 2 argument(s), but only 1 were given", []],
    ["--jsn", "unrecognised flag '--jsn'", ["--json"]],
    ["--pure-evil", "unrecognised flag '--pure-evil'", ["--pure-eval"]],
    ["--frobnicate", "unrecognised flag '--frobnicate'", []],
    ["--no-max-call-depth", "unrecognised flag '--no-max-call-depth'", []],
    ["--strict=1", "flag '--strict' takes 0 arguments, not '=VALUE'", []],
  ])("refuses %s", (line, message, suggestions) => {
    const error = usageError(line);
    expect(error.message).toBe(message);
    expect(error.suggestions).toEqual(suggestions);
  });
});

describe("the option tables", () => {
  it.each(commands.map((command) => [command.name, command] as const))(
    "of %s name no option twice",
    (_name, command) => {
      const names = command.groups.flatMap((group) => Object.values(group.options).flatMap((option) => option.names));
      expect(names).toEqual([...new Set(names)]);
      for (const name of names) expect(name).toMatch(/^(--[a-z][a-z-]+|-[A-Za-z])$/);
    },
  );
});
