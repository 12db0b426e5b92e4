// A program in the foreground: its status, its standard streams, and the signals that are meant for it.
import { spawn, spawnSync } from "node:child_process";
import path from "node:path";
import { describe, expect, it } from "vitest";

const module = path.resolve("src/host/foreground-process.ts");

/** A Node program that runs a shell script in the foreground and prints how it ended. */
function program(script: string, shell = "/bin/sh"): string[] {
  const text = `
    import { runInForeground } from ${JSON.stringify(module)};
    try {
      console.log(JSON.stringify(await runInForeground(${JSON.stringify(shell)}, ["-c", ${JSON.stringify(script)}])));
    } catch (error) {
      console.log(error.name, error.code, error.message);
    }`;
  return ["--input-type=module", "-e", text];
}

function run(script: string, input = "", shell?: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, program(script, shell), { encoding: "utf8", input });
  return stdout + stderr;
}

describe("runInForeground", () => {
  it("gives the exit status", () => {
    expect(run("exit 7")).toBe('{"status":7,"killed":false}\n');
    expect(run("kill -KILL $$")).toBe('{"status":137,"killed":true}\n');
    expect(run("kill -TERM $$")).toBe('{"status":143,"killed":true}\n');
  });

  it("shares the standard streams", () => {
    expect(run("read x; echo got $x", "line\n")).toBe('got line\n{"status":0,"killed":false}\n');
  });

  it("says why a program cannot be started", () => {
    expect(run("", "", "/no/such")).toBe("FileError ENOENT /no/such: No such file or directory\n");
  });

  it.each(["SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGINT", "SIGQUIT"] as const)("passes on %s", async (signal) => {
    const script = `trap "echo ${signal}; exit 3" ${signal.slice(3)}; echo ready; while :; do sleep 0.05; done`;
    const child = spawn(process.execPath, program(script), { stdio: ["pipe", "pipe", "inherit"] });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (output === "ready\n") child.kill(signal);
    });
    await new Promise((resolve) => child.on("close", resolve));
    expect(output).toBe(`ready\n${signal}\n{"status":3,"killed":false}\n`);
  });

  it("waits for input that comes late", async () => {
    // A non-blocking pipe would make `read` fail at once.
    const child = spawn(process.execPath, program("echo ready; read x; echo got $x"), {
      stdio: ["pipe", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (output === "ready\n") setTimeout(() => child.stdin.end("late\n"), 50);
    });
    await new Promise((resolve) => child.on("close", resolve));
    expect(output).toBe('ready\ngot late\n{"status":0,"killed":false}\n');
  });
});
