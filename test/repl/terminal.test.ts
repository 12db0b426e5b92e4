// A session in a terminal: prompts, colours, completion, history, what is pasted, Ctrl-C and Ctrl-D.
import fs from "node:fs";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { hasScript, PseudoTerminal, plain } from "./pseudo-terminal.ts";
import { launcher, SessionFolder } from "./run-session.ts";

const folder = new SessionFolder();
afterAll(() => folder.remove());

const prompt = "nix-repl> ";
const more = "        > ";
const ctrlC = "\x03";
const ctrlD = "\x04";
const ctrlR = "\x12";
const up = "\x1b[A";

let terminal: PseudoTerminal | undefined;
afterEach(() => terminal?.kill());

/** A session in a terminal, at its first prompt. */
async function start(args = "", env: Readonly<Record<string, string>> = {}): Promise<PseudoTerminal> {
  terminal = new PseudoTerminal(`exec ${launcher} repl ${args}`, {
    cwd: folder.work,
    env: { ...folder.env, TERM: "xterm-256color", ...env },
  });
  await terminal.until(prompt);
  return terminal;
}

/** Enters a line and gives what is shown before the next prompt. */
async function enter(session: PseudoTerminal, line: string): Promise<string> {
  session.type(`${line}\r`);
  await session.until("\n");
  const shown = await session.until(prompt);
  return plain(shown).slice(0, -prompt.length).trim();
}

describe.skipIf(!hasScript)("a session in a terminal", () => {
  it("prompts, answers and leaves with Ctrl-D", async () => {
    const session = await start();
    expect(await enter(session, "x = 20")).toBe("");
    expect(await enter(session, "x + 1")).toBe("21");
    expect(await enter(session, "throw ''no''")).toContain("error: no");
    session.type(ctrlD);
    expect(await session.ended).toBe(0);
  });

  it("leaves with :q", async () => {
    const session = await start();
    session.type(":q\r");
    expect(await session.ended).toBe(0);
  });

  it("goes on with an expression in the next line", async () => {
    const session = await start();
    session.type("(1\r");
    await session.until(more);
    expect(await enter(session, "+ 2)")).toBe("3");
  });

  it("goes on with a binding in the next line", async () => {
    const session = await start();
    session.type("a = {\r");
    await session.until(more);
    session.type("b = 5;\r");
    await session.until(more);
    expect(await enter(session, "}")).toBe("");
    expect(await enter(session, "a.b")).toBe("5");
  });

  it("takes what is pasted at once as one input, if it is one", async () => {
    const session = await start();
    session.type("\x1b[200~{ a = 1; }\n// { b = 2; }\x1b[201~");
    await session.until("// { b = 2; }");
    expect(await enter(session, "")).toBe("{\n  a = 1;\n  b = 2;\n}");
    session.type("\x1b[200~v = 3\nv + 1\n\x1b[201~");
    await session.until("v + 1");
    await session.until(more);
    expect(await enter(session, "v + 2")).toMatch(/^4\s+5$/);
  });

  it("shows values and errors in colours, unless there shall be none", async () => {
    const cyan = "\x1b[36;1m";
    const session = await start();
    session.type("{ number = 1; }\r");
    expect(await session.until("}\r\n\r\n")).toContain(`{ number = ${cyan}1\x1b[0m; }`);
    await session.until(prompt);
    session.type("nosuchname\r");
    expect(await session.until(prompt)).toContain("\x1b[31;1merror:\x1b[0m");
    session.kill();
    const colorless = await start("", { NO_COLOR: "1" });
    colorless.type("{ number = 1; }\r");
    expect(await colorless.until(prompt)).toContain("{ number = 1; }\r\n\r\n");
  });

  it("prints nothing in colours into a pipe", () => {
    expect(folder.run("{ number = 1; }", [], { TERM: "xterm-256color" }).stdout).toContain("{ number = 1; }\n");
  });
});

describe.skipIf(!hasScript)("Tab", () => {
  it("completes variables, attributes, commands and files", async () => {
    const session = await start();
    expect(await enter(session, "mylongname = { inner = { deepest = 7; }; }")).toBe("");
    expect(await complete(session, "mylong", "name")).toContain("inner = ");
    expect(await complete(session, "mylongname.inner.deep", "est")).toBe("7");
    expect(await complete(session, "builtins.isStr", "ing")).toContain("primop isString");
    expect(await complete(session, "[ mylongname.in", "ner", ".deepest ]")).toBe("[ 7 ]");
    expect(await complete(session, ":last-l", "oaded")).toContain("nothing has been loaded yet");
    expect(await complete(session, ":l functi", "on.nix")).toContain("Added 3 variables.");
    expect(await complete(session, "import ./folder/te", "xt.nix")).toBe('"text"');
  });

  it("offers nothing where something fails, and says nothing of it", async () => {
    const session = await start();
    await enter(session, 'fails = throw "failed"');
    session.type("fails.a");
    await session.until("fails.a");
    session.type("\t");
    session.type("b");
    await session.until("b");
    session.type("\x15");
    expect(await enter(session, "1 + 1")).toBe("2");
    expect(session.all).not.toContain("error");
  });

  /** Types the beginning, has it completed, types the rest and gives the answer. */
  async function complete(session: PseudoTerminal, typed: string, added: string, rest = ""): Promise<string> {
    session.type(typed);
    await session.until(typed);
    session.type("\t");
    await session.until(added);
    return enter(session, rest);
  }
});

describe.skipIf(!hasScript)("what was entered before", () => {
  it("is there again in the next session, with the arrow keys and Ctrl-R", async () => {
    const first = await start();
    await enter(first, "40 + 1");
    await enter(first, "40 + 2");
    first.type(ctrlD);
    await first.ended;
    const file = `${folder.dir}/.local/state/ocinix/repl-history`;
    expect(fs.readFileSync(file, "utf8")).toMatch(/40 \+ 1\n40 \+ 2\n$/);
    const second = await start();
    second.type(up);
    await second.until("40 + 2");
    expect(await enter(second, "")).toBe("42");
    second.type(ctrlR);
    await second.until("(reverse-i-search)");
    second.type("+ 1");
    await second.until("+ 1': 40 + 1");
    expect(await enter(second, "")).toBe("41");
    second.type(`abc${ctrlR}40`);
    await second.until("': 40 + ");
    second.type("\x07");
    await second.until(`${prompt}abc`);
  });

  it("is kept where XDG_STATE_HOME says, and a session without a home does without", async () => {
    const state = `${folder.dir}/state`;
    const session = await start("", { XDG_STATE_HOME: state });
    await enter(session, "1");
    expect(fs.readFileSync(`${state}/ocinix/repl-history`, "utf8")).toBe("1\n");
    session.kill();
    const homeless = await start("", { HOME: "" });
    expect(await enter(homeless, "2")).toBe("2");
  });
});

describe.skipIf(!hasScript)("Ctrl-C", () => {
  it("clears what was typed, and earlier lines of it", async () => {
    const session = await start();
    session.type("1 + ");
    await session.until("1 + ");
    session.type(ctrlC);
    await session.until(prompt);
    session.type("(5\r");
    await session.until(more);
    session.type(ctrlC);
    await session.until(prompt);
    expect(await enter(session, "6")).toBe("6");
  });

  it("stops an evaluation, and what it was about can be evaluated again", async () => {
    const session = await start();
    // Goes on until there is a file, and uses no stack.
    const operator = "i: if builtins.pathExists ./stop then [ ] else [ { key = i.key + 1; } ]";
    const loop = `builtins.length (builtins.genericClosure { startSet = [ { key = 0; } ]; operator = ${operator}; })`;
    await enter(session, `x = builtins.trace "begun" (${loop} > 0)`);
    await enter(session, "y = { inherit x; list = [ x ]; }");
    for (const expr of ["x", "y.x", ":p y", "builtins.tryEval x", "builtins.deepSeq y 1", ":t builtins.head y.list"]) {
      session.type(`${expr}\r`);
      await session.until("trace: begun");
      expect(plain(await session.insist(ctrlC, "interrupted by the user"))).toMatch(/error: interrupted by the user$/);
      await session.until(prompt);
      expect(await enter(session, "1 + 1")).toBe("2");
    }
    fs.writeFileSync(`${folder.work}/stop`, "");
    expect(await enter(session, "x")).toMatch(/^trace: begun\s+true$/);
    expect(await enter(session, "builtins.head y.list")).toBe("true");
  });

  it("ends all of a session in which an evaluation does not look, at the third time", async () => {
    const session = await start("--option allow-unsafe-native-code-during-evaluation true");
    const script = "trap : INT; echo begun >/dev/tty; while ! [ -e leave ]; do sleep 0.1; done";
    session.type(`builtins.exec [ "sh" "-c" "${script}" ]\r`);
    await session.until("begun\r\n");
    await session.insist(ctrlC, "the evaluation does not stop");
    expect(await session.ended).not.toBe(0);
    fs.writeFileSync(`${folder.work}/leave`, "");
  });

  it("is for the editor while that has the terminal", async () => {
    const editor = "trap 'echo edited' INT\necho begun\nwhile ! [ -e close ]; do sleep 0.1; done\n";
    fs.writeFileSync(`${folder.work}/editor`, `#!/bin/sh\n${editor}`, { mode: 0o755 });
    const session = await start("", { EDITOR: "./editor" });
    session.type(":e ./set.nix\r");
    await session.until("begun\r\n");
    for (let times = 0; times < 4; times++) {
      session.type(ctrlC);
      await session.until("edited");
    }
    fs.writeFileSync(`${folder.work}/close`, "");
    await session.until(prompt);
    expect(await enter(session, "5")).toBe("5");
  });
});
