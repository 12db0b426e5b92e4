import { describe, expect, it } from "vitest";
import type { Host } from "../../src/host/host.ts";
import { createMemoryHost } from "../../src/host/memory-host.ts";
import { isStillSo, recordHost } from "../../src/host/recording-host.ts";

/** A host whose files are old. */
function oldHost(): Host {
  let time = 0;
  const host = createMemoryHost(
    { "/a/file": "text", "/a/other": "text", "/link": { symlink: "/a/file" } },
    { env: { HOME: "/a" }, now: () => time },
  );
  time = 1000;
  return host;
}

/** What is learnt by an action, and whether it is still so after a change. */
function isSameAfter(action: (host: Host) => unknown, change: (host: Host) => void): boolean | undefined {
  const host = oldHost();
  const recording = recordHost(host);
  action(recording.host);
  const inputs = recording.inputs();
  if (inputs === undefined) return undefined;
  expect(inputs.every((input) => isStillSo(host, input))).toBe(true);
  change(host);
  return inputs.every((input) => isStillSo(host, input));
}

const rewrite = ({ files }: Host): void => {
  files.writeFile("/a/file", new Uint8Array([1]));
};
const add = ({ files }: Host): void => {
  files.writeFile("/a/new", new Uint8Array());
  files.setTimes("/a", 2000);
};

describe("a recording host", () => {
  it("passes on what it is told", () => {
    const { host } = recordHost(oldHost());
    expect(Buffer.from(host.files.readFile("/link")).toString()).toBe("text");
    expect(host.files.readDir("/a").map(({ name }) => name)).toEqual(["file", "other"]);
    expect([host.env("HOME"), host.env("USER"), host.workingDir, host.system]).toEqual([
      "/a",
      undefined,
      "/",
      "x86_64-linux",
    ]);
  });

  it.each<[string, (host: Host) => unknown, (host: Host) => void, boolean]>([
    ["contents", ({ files }) => files.readFile("/a/file"), rewrite, false],
    ["contents in pieces", ({ files }) => [...files.readChunks("/a/file")], rewrite, false],
    ["contents behind a symlink", ({ files }) => files.readFile("/link"), rewrite, false],
    ["contents of another file", ({ files }) => files.readFile("/a/other"), rewrite, true],
    ["what a file is", ({ files }) => files.stat("/a/file"), rewrite, false],
    ["that nothing is there", ({ files }) => files.stat("/a/new"), add, false],
    ["what a folder has in it", ({ files }) => files.readDir("/a"), add, false],
    ["that a folder is one", ({ files }) => files.lstat("/a"), add, true],
    ["where a symlink leads", ({ files }) => files.readLink("/link"), ({ files }) => files.remove("/link"), false],
    ["a real path", ({ files }) => files.realPath("/link"), ({ files }) => files.remove("/a/file"), false],
  ])("knows whether it is still so: %s", (_, action, change, isSame) => {
    expect(isSameAfter(action, change)).toBe(isSame);
  });

  it("compares the environment", () => {
    const recording = recordHost(oldHost());
    recording.host.env("HOME");
    recording.host.env("USER");
    const [home, user] = recording.inputs()!;
    const another = createMemoryHost({}, { env: { HOME: "/b", USER: "u" } });
    expect([isStillSo(another, home!), isStillSo(another, user!)]).toEqual([false, false]);
  });

  it.each<[string, (host: Host) => unknown]>([
    ["the time", (host) => host.now()],
    ["a message", (host) => host.writeError("text\n")],
    ["a new file", ({ files }) => files.writeFile("/x", new Uint8Array())],
    ["a removed file", ({ files }) => files.remove("/a/file")],
    ["a file that cannot be read", ({ files }) => expect(() => files.readFile("/nothing")).toThrow()],
    ["a program", (host) => expect(() => host.run("program", [])).toThrow()],
  ])("gives up with %s", (_, action) => {
    expect(isSameAfter(action, () => {})).toBeUndefined();
  });

  it("gives up with a file that was written just now", () => {
    const host = createMemoryHost({ "/file": "text" }, { now: () => 1000 });
    const recording = recordHost(host);
    recording.host.files.readFile("/file");
    expect(recording.inputs()).toBeUndefined();
  });
});
