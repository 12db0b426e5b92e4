import { describe, expect, it } from "vitest";
import { parseCacheLocation } from "../../src/substitute/cache-location.ts";
import { expectCacheError } from "./fixture-cache.ts";

describe("the place of a cache", () => {
  it("is a folder or a URL, with parameters", () => {
    expect(parseCacheLocation("file:///some/d%69r/?priority=-3&trusted=true")).toMatchObject({
      url: "file:///some/d%69r",
      dir: "/some/dir",
      priority: -3,
      isTrusted: true,
    });
    const http = parseCacheLocation("https://host/a?compression=zstd");
    expect(http).toMatchObject({ url: "https://host/a", isTrusted: false });
    expect([http.dir, http.priority, http.parameters.get("compression")]).toEqual([undefined, undefined, "zstd"]);
  });

  it.each([
    ["ssh://host", /has to start with/],
    ["/some/dir", /has to start with/],
    ["file://host/dir", /absolute folder/],
    ["file://", /absolute folder/],
    ["file:///a%00b", /absolute folder/],
    ["http://", /not a valid URL/],
    ["http://host?x", /has no value/],
    ["http://host?priority=high", /not a number/],
  ])("is not '%s'", async (text, message) => {
    await expectCacheError(() => parseCacheLocation(text), "unsupported-cache", message);
  });
});
