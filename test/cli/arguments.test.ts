import { describe, expect, it } from "vitest";
import { type CommandSpec, parseArguments } from "../../src/cli/arguments.ts";
import { commands } from "../../src/cli/commands.ts";
import type { UsageError } from "../../src/cli/usage-error.ts";

const spec = (name: string): CommandSpec => commands.find((command) => command.name === name)!;
const parse = (line: string, command = "eval") => parseArguments(spec(command), line.split(" "));

function usageError(line: string, command?: string): UsageError {
  const { fault } = parse(line, command);
  if (fault === undefined) throw new Error(`${line} was accepted`);
  return fault;
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
    const { settings } = parse(
      "--pure-eval --no-restrict-eval --max-call-depth 7 --extra-experimental-features a --option cores 2 --impure",
    );
    const option = (name: string, value?: boolean, adds = false) => ({
      name,
      adds,
      ...(value !== undefined && { value }),
    });
    expect(settings).toEqual([
      { by: "option", option: option("pure-eval", true), text: undefined },
      { by: "option", option: option("restrict-eval", false), text: undefined },
      { by: "option", option: option("max-call-depth"), text: "7" },
      { by: "option", option: option("experimental-features", undefined, true), text: "a" },
      { by: "name", name: "cores", text: "2" },
      { by: "option", option: option("pure-eval", false), text: undefined },
    ]);
  });

  it("keeps what comes before a mistake", () => {
    const parsed = parse("a.nix --cores 2 --nonsense --strict");
    expect(parsed.fault?.message).toBe("unrecognised flag '--nonsense'");
    expect(parsed.operands).toEqual(["a.nix"]);
    expect(parsed.settings.length).toBe(1);
    expect(parsed.has("strict")).toBe(false);
  });

  it("takes the words of nix-instantiate apart as Nix does", () => {
    const words = (line: string) => {
      const { operands, fault } = parse(line, "instantiate");
      return [operands, fault?.message];
    };
    expect(parse("-Aweb x", "instantiate").occurrences("attr")).toEqual([["-w"]]);
    expect(words("-E1+1")).toEqual([["1+1"], undefined]);
    expect(words("-Ix=y")).toEqual([["=y"], undefined]);
    expect(words("--attr=x")).toEqual([[], "unrecognised flag '--attr=x'"]);
    expect(words("-h")).toEqual([[], "unrecognised flag '-h'"]);
    expect(words("a -- --strict b")).toEqual([["a", "b"], undefined]);
    expect(parse("-- --strict", "instantiate").has("strict")).toBe(true);
    expect(words("-- --show-trace")).toEqual([[], "unexpected argument '--show-trace'"]);
    expect(words("-- -A x")).toEqual([[], "'-A' requires an argument"]);
  });

  it("counts the operands of commands that want so many", () => {
    expect(usageError("a.nar", "nar cat").message).toBe("more arguments are required");
    expect(usageError("a.nar /b c", "nar cat").message).toBe("unexpected argument 'c'");
    expect(parse("a.nar -- --b", "nar cat").operands).toEqual(["a.nar", "--b"]);
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
      for (const name of names) expect(name).toMatch(/^(--[a-z][a-z0-9-]+|-[A-Za-z])$/);
    },
  );
});
