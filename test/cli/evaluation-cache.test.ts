import { describe, expect, it } from "vitest";
import { parseArguments } from "../../src/cli/arguments.ts";
import { commands } from "../../src/cli/commands.ts";
import { evalCommand } from "../../src/cli/eval-command.ts";
import type { Session } from "../../src/cli/session.ts";
import type { Host } from "../../src/host/host.ts";
import { createMemoryHost, type MemoryFile } from "../../src/host/memory-host.ts";
import { PositionTable } from "../../src/source/position.ts";

const program = '{ text = builtins.readFile ./text; home = builtins.getEnv "HOME"; }';

function machine(env: Readonly<Record<string, string>> = {}, files: Readonly<Record<string, MemoryFile>> = {}): Host {
  // Its files are old.
  let time = 0;
  const host = createMemoryHost(
    { "/program.nix": program, "/text": "one", "/time.nix": "builtins.currentTime", ...files },
    { env: { HOME: "/home", XDG_CACHE_HOME: "/cache", ...env }, now: () => time },
  );
  time = 1000;
  return host;
}

/** Evaluates as the command does, and says whether that was necessary. */
async function evaluate(host: Host, words: readonly string[]): Promise<{ output: string; isNew: boolean }> {
  let output = "";
  const session: Session = {
    host,
    positions: new PositionTable(),
    showTrace: false,
    worthKeeping: 0,
    color: false,
    showsColor: () => false,
    print: (bytes) => {
      output += bytes;
    },
    warn: () => {},
  };
  const parsed = parseArguments(commands.find(({ name }) => name === "eval")!, ["--no-prelude", ...words]);
  const status = await evalCommand(parsed, session);
  expect(status).toBe(0);
  return { output, isNew: session.evaluation !== undefined };
}

describe("the cache of evaluations", () => {
  it("prints what the same command printed, without evaluating", async () => {
    const host = machine();
    const first = await evaluate(host, ["/program.nix"]);
    expect(first).toEqual({ output: '{ home = "/home"; text = "one"; }\n', isNew: true });
    expect(await evaluate(host, ["/program.nix"])).toEqual({ ...first, isNew: false });
    expect(await evaluate(host, ["/program.nix", "--json"])).toMatchObject({ isNew: true });
    expect(await evaluate(host, ["/program.nix", "-A", "text"])).toEqual({ output: '"one"\n', isNew: true });
  });

  it("evaluates again when a file that was read has changed", async () => {
    const host = machine();
    await evaluate(host, ["/program.nix"]);
    host.files.writeFile("/text", new TextEncoder().encode("two!"));
    expect(await evaluate(host, ["/program.nix"])).toEqual({
      output: '{ home = "/home"; text = "two!"; }\n',
      isNew: true,
    });
  });

  it("evaluates again when a variable has changed", async () => {
    const host = machine();
    await evaluate(host, ["/program.nix"]);
    const elsewhere: Host = { ...host, env: (name) => (name === "HOME" ? "/elsewhere" : host.env(name)) };
    expect(await evaluate(elsewhere, ["/program.nix"])).toMatchObject({ isNew: true });
  });

  it.each([
    [["-E", "builtins.currentTime"]],
    [["-E", "builtins.attrValues (builtins.intersectAttrs { currentTime = null; } builtins)"]],
    [["-E", 'builtins.trace "text" 1']],
    [["-E", "1", "--option", "eval-cache", "false"]],
    [["-E", "{ }", "--write-to", "/out"]],
  ])("remembers nothing of %j", async (words) => {
    const host = machine();
    await evaluate(host, words);
    host.files.remove("/out");
    expect(await evaluate(host, words)).toMatchObject({ isNew: true });
  });

  it("does not believe a damaged entry", async () => {
    const host = machine();
    await evaluate(host, ["/program.nix"]);
    const [build] = host.files.readDir("/cache/ocinix/results");
    const folder = `/cache/ocinix/results/${build!.name}`;
    const [entry] = host.files.readDir(folder);
    host.files.writeFile(`${folder}/${entry!.name}`, new TextEncoder().encode('{"key":'));
    expect(await evaluate(host, ["/program.nix"])).toMatchObject({ isNew: true });
    expect(await evaluate(host, ["/program.nix"])).toMatchObject({ isNew: false });
  });
});
