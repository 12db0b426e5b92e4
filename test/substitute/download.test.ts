import { afterEach, describe, expect, it } from "vitest";
import { type DownloadOptions, defaultDownloadOptions, download } from "../../src/substitute/download.ts";
import { drawn, expectCacheError } from "./fixture-cache.ts";
import { startServer, type TestAnswer, type TestServer } from "./test-server.ts";

const contents = Buffer.from(Array.from({ length: 200_000 }, (_, at) => (at * 7919) % 251));
const quick: DownloadOptions = { ...defaultDownloadOptions, delayMs: 1, rateLimitedDelayMs: 2, maxDelayMs: 5 };
let server: TestServer | undefined;

afterEach(() => {
  server?.close();
  server = undefined;
});

async function get(answer: TestAnswer, options: Partial<DownloadOptions> = {}, size?: number): Promise<Buffer> {
  server = await startServer(answer);
  return await drawn(download(`${server.url}/file`, { ...quick, ...options }, size));
}

function partFrom(range: string | undefined): number {
  return Number(/^bytes=(\d+)-$/.exec(range ?? "")?.[1] ?? 0);
}

/** Sends so much of the file, from where it was asked for, and then breaks the connection. */
function breakingAfter(length: number): TestAnswer {
  return (request, response) => {
    const start = partFrom(request.headers.range);
    const isPart = request.headers.range !== undefined;
    response.writeHead(isPart ? 206 : 200, {
      "content-length": contents.length - start,
      etag: '"one"',
      ...(isPart && { "content-range": `bytes ${start}-${contents.length - 1}/${contents.length}` }),
    });
    const piece = contents.subarray(start, start + length);
    if (start + piece.length === contents.length) response.end(piece);
    else response.write(piece, () => setTimeout(() => response.destroy(), 20));
  };
}

describe("a download", () => {
  it("is the file", async () => {
    expect(await get((_, response) => response.end(contents), {}, contents.length)).toEqual(contents);
  });

  it("follows redirects, and goes on where it stopped", async () => {
    const got = await get((request, response) => {
      if (request.url === "/file") response.writeHead(302, { location: "/elsewhere" }).end();
      else breakingAfter(150_000)(request, response, 0);
    });
    expect(got).toEqual(contents);
    expect(server!.requests).toEqual([
      "GET /file",
      "GET /elsewhere",
      "GET /file bytes=150000-",
      "GET /elsewhere bytes=150000-",
    ]);
  });

  it("may break off more often than it may fail, as long as it gets on", async () => {
    expect(await get(breakingAfter(15_000), { attempts: 2 })).toEqual(contents);
    expect(server!.requests).toHaveLength(14);
  });

  it("skips what it knows when the server knows no parts", async () => {
    const got = await get((request, response, count) => {
      if (count === 0) return breakingAfter(100_000)(request, response, count);
      response.writeHead(200, { etag: '"one"', "content-length": contents.length }).end(contents);
    });
    expect(got).toEqual(contents);
  });

  it("goes on when less than announced came with a proper end", async () => {
    const got = await get(
      (request, response) => {
        const start = partFrom(request.headers.range);
        const range = `bytes ${start}-${contents.length - 1}/${contents.length}`;
        response.writeHead(start === 0 ? 200 : 206, start === 0 ? {} : { "content-range": range });
        response.end(contents.subarray(start, start + 120_000));
      },
      {},
      contents.length,
    );
    expect(got).toEqual(contents);
  });

  it.each([
    [429, { "retry-after": "0" }],
    [429, {}],
    [503, { "retry-after": new Date(0).toUTCString() }],
    [500, {}],
    [502, {}],
    [408, {}],
  ])("is tried again after HTTP %i %o", async (status, headers) => {
    const got = await get((_, response, count) => {
      if (count < 3) response.writeHead(status, headers).end("no");
      else response.end(contents);
    });
    expect(got).toEqual(contents);
    expect(server!.requests).toHaveLength(4);
  });
});

describe("a download that cannot be", () => {
  const never = (answer: TestAnswer, options: Partial<DownloadOptions> = {}, size?: number) => {
    return () => get(answer, options, size);
  };

  it.each([404, 410, 403])("is not in the cache after HTTP %i, which is asked once", async (status) => {
    await expectCacheError(
      never((_, response) => response.writeHead(status).end()),
      "not-in-cache",
      new RegExp(`HTTP error ${status}$`),
    );
    expect(server!.requests).toHaveLength(1);
  });

  it.each([401, 400, 418])("fails at once after HTTP %i", async (status) => {
    const answer: TestAnswer = (_, response) =>
      response.writeHead(status, { "content-type": "text/plain" }).end("go\n away");
    await expectCacheError(never(answer), "unreachable", new RegExp(`HTTP error ${status} \\(go away\\)$`));
    expect(server!.requests).toHaveLength(1);
  });

  it("fails after some attempts", async () => {
    const answer: TestAnswer = (_, response) => response.writeHead(500).end();
    await expectCacheError(never(answer), "unreachable", /HTTP error 500 \(given up after 5 attempts/);
    expect(server!.requests).toHaveLength(5);
  });

  it("does not wait as long as the server wants when that is beyond the deadline", async () => {
    const answer: TestAnswer = (_, response) => response.writeHead(429, { "retry-after": "3600" }).end();
    await expectCacheError(never(answer), "unreachable", /HTTP error 429 \(given up after 1 attempt,/);
  });

  it.each<[string, TestAnswer]>([
    ["never answers", () => {}],
    ["never sends its body", (_, response) => response.writeHead(200, { "content-length": 10 }).flushHeaders()],
    ["stops in the middle", (_, response) => response.writeHead(200, { "content-length": 10 }).write("half")],
  ])("ends within the deadline when the server %s", async (_, answer) => {
    await expectCacheError(never(answer, { stallMs: 150 }), "unreachable", /sends nothing \(given up after/);
  });

  it("fails when nobody listens", async () => {
    server = await startServer(() => {});
    const { url } = server;
    server.close();
    await expectCacheError(() => drawn(download(url, quick)), "unreachable", /given up after 5 attempts/);
  });

  it("fails in a circle of redirects", async () => {
    const answer: TestAnswer = (_, response) => response.writeHead(302, { location: "/file" }).end();
    await expectCacheError(never(answer, { attempts: 1 }), "unreachable", /redirect/);
  });

  it("never mixes two versions of the file", async () => {
    const answer: TestAnswer = (request, response, count) => {
      if (count === 0) return breakingAfter(1000)(request, response, count);
      response.writeHead(200, { etag: '"two"' }).end(contents);
    };
    await expectCacheError(never(answer), "corrupt-cache", /changed during the transfer$/);
  });

  it("fails when the server sends another part", async () => {
    const answer: TestAnswer = (request, response, count) => {
      if (count === 0) return breakingAfter(1000)(request, response, count);
      response.writeHead(206, { "content-range": "bytes 0-199999/200000" }).end(contents);
    };
    await expectCacheError(never(answer), "corrupt-cache", /another part than the one from byte 1000 on$/);
  });

  it("fails when the server sends more than announced, without taking it", async () => {
    const answer: TestAnswer = (_, response) => {
      const more = (): void => {
        if (!response.destroyed) response.write(contents, () => setImmediate(more));
      };
      more();
    };
    await expectCacheError(never(answer, {}, 300_000), "corrupt-cache", /more than the 300000 bytes/);
  });

  it("fails when less than announced is all there is", async () => {
    const answer: TestAnswer = (request, response) => {
      const start = partFrom(request.headers.range);
      if (start > 0) response.writeHead(416).end();
      else response.end(contents);
    };
    await expectCacheError(never(answer, {}, 300_000), "unreachable", /HTTP error 416/);
  });
});
