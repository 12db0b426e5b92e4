// Copying from servers that stall, break off and lie, through the built command: it ends, says what is wrong, and leaves
// nothing half valid; what can be got after all is got.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { startServer, type TestAnswer, type TestServer } from "../substitute/test-server.ts";

const launcher = path.resolve(import.meta.dirname, "../../bin/ocinix");
const cache = path.resolve(import.meta.dirname, "../substitute/fixtures/cache-zstd");
const scratch = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-hostile-")));
const narInfos = fs.readdirSync(cache).filter((name) => name.endsWith(".narinfo"));
const texts = narInfos.map((name) => fs.readFileSync(path.join(cache, name), "latin1"));
const joined = texts.map((text) => /^StorePath: (.*-joined)$/m.exec(text)?.[1]).find((found) => found !== undefined)!;
const archive = `/${/^URL: (.*)$/m.exec(texts.find((text) => text.includes(`StorePath: ${joined}\n`))!)![1]}`;
let server: TestServer | undefined;
let count = 0;

afterEach(() => {
  server?.close();
});
afterAll(() => {
  spawnSync("chmod", ["-R", "u+w", scratch]);
  fs.rmSync(scratch, { recursive: true });
});

/** Copies from a server that is honest, but for what the answer takes upon itself. */
async function copyFrom(dishonest: (...given: Parameters<TestAnswer>) => boolean, ...more: readonly string[]) {
  server = await startServer((request, response, before) => {
    if (dishonest(request, response, before)) return;
    const file = path.join(cache, request.url!);
    if (fs.existsSync(file)) response.end(fs.readFileSync(file));
    else response.writeHead(404).end();
  });
  const store = path.join(scratch, String(count++));
  const quick = ["--option", "filetransfer-retry-delay", "1", "--option", "filetransfer-retry-delay-rate-limited", "1"];
  const words = ["store", "copy", "--store", store, "--from", server.url, "--no-check-sigs", ...quick, ...more, joined];
  const child = spawn(launcher, words, {
    env: { PATH: process.env["PATH"], HOME: scratch, NIX_CONF_DIR: "/nonexistent" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const status = await new Promise<number | null>((resolve) => child.once("close", resolve));
  const objects = fs.readdirSync(`${store}/nix/store`).filter((name) => !name.startsWith("."));
  const temporary = fs.readdirSync(`${store}/nix/store/.ocinix-tmp`);
  const names = [...temporary, ...objects.map((name) => name.slice(33))].sort();
  return { status, fault: /^error: .*/ms.exec(stderr)?.[0].trimEnd(), names };
}

describe("a server with faults", () => {
  it("is borne with when they pass", async () => {
    const seen = new Set<string>();
    const outcome = await copyFrom((request, response) => {
      if (seen.has(request.url!)) return false;
      seen.add(request.url!);
      if (seen.size % 3 === 0) response.writeHead(500).end();
      else if (seen.size % 3 === 1) response.writeHead(429).end();
      else request.socket.destroy();
      return true;
    });
    expect(outcome).toEqual({ status: 0, fault: undefined, names: ["joined", "referring", "text", "tree"] });
    expect(seen.size).toBe(9);
  });

  const references = ["referring", "text", "tree"];
  it.each<[string, (...given: Parameters<TestAnswer>) => boolean, RegExp, readonly string[]]>([
    [
      "stalls in an archive",
      (request, response) => {
        if (request.url !== archive) return false;
        const bytes = fs.readFileSync(path.join(cache, archive));
        response.writeHead(200, { "content-length": bytes.length }).write(bytes.subarray(0, -20));
        return true;
      },
      /^error: unable to download '.*': the server sends nothing \(given up after/,
      references,
    ],
    ["never answers", () => true, /^error: unable to download '.*nix-cache-info': the server sends nothing/, []],
    [
      "always breaks off",
      (request) => {
        if (request.url === archive) request.socket.destroy();
        return request.url === archive;
      },
      /^error: unable to download '.*' ?.*given up after 5 attempts/,
      references,
    ],
    [
      "sends another archive",
      (request, response) => {
        if (request.url === archive) response.end("nothing of the kind");
        return request.url === archive;
      },
      /^error: .*(?:cannot decompress|unable to download|announced)/,
      references,
    ],
    [
      "has lost an archive",
      (request, response) => {
        if (request.url === archive) response.writeHead(404).end();
        return request.url === archive;
      },
      /^error: unable to download '.*': HTTP error 404$/,
      references,
    ],
    [
      "sends nonsense as narinfo",
      (request, response) => {
        const isNarInfo = request.url!.endsWith(".narinfo");
        if (isNarInfo) response.end("<html>\n");
        return isNarInfo;
      },
      /^error: NAR info file '.*' is corrupt: expecting ':' at line 1$/,
      [],
    ],
  ])("that %s is given up, and nothing of the object is left", async (_, dishonest, message, names) => {
    const outcome = await copyFrom(dishonest, "--option", "stalled-download-timeout", "1");
    expect(outcome).toEqual({ status: 1, fault: expect.stringMatching(message), names });
  });
});
