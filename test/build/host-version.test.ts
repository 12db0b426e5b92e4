import { describe, expect, it } from "vitest";
import { installedVersion, upstreamVersion } from "../../src/build/host-version.ts";
import { createMemoryHost } from "../../src/host/memory-host.ts";

describe("the upstream version", () => {
  const versions: Readonly<Record<string, string | undefined>> = {
    "5.2.15-2+b2": "5.2.15",
    "1:2.39.5-0+deb12u2": "2.39.5",
    "2:9.0.1378-2": "9.0.1378",
    "1.3.4.20200120-3.1": "1.3.4.20200120",
    "15+248": "15",
    "20230311": "20230311",
    "0.5.12+dfsg1-2": "0.5.12",
    "6.4~rc1-1": "6.4",
    "5.2.15-r5": "5.2.15",
    "1:9.2p1-2+deb12u3": "9.2p1",
    "~": undefined,
    "": undefined,
  };
  for (const [version, upstream] of Object.entries(versions)) {
    it(`of '${version}' is ${upstream}`, () => expect(upstreamVersion(version)).toBe(upstream));
  }
});

describe("the installed version", () => {
  const dpkg = createMemoryHost({
    "/var/lib/dpkg/status":
      "Package: bash\nStatus: install ok installed\nVersion: 5.2.15-2\n\nPackage: bash-doc\nVersion: 9\n\nPackage: none\n\n",
  }).files;
  const apk = createMemoryHost({ "/lib/apk/db/installed": "C:x\nP:bash\nV:5.2.37-r0\n\nP:jq\nV:1.7.1-r0\n" }).files;

  it("is dpkg's or apk's", () => {
    expect(installedVersion(dpkg, "bash")).toBe("5.2.15");
    expect(installedVersion(dpkg, "bash-doc")).toBe("9");
    expect(installedVersion(apk, "bash")).toBe("5.2.37");
    expect(installedVersion(apk, "jq")).toBe("1.7.1");
  });

  it("is not known for what is not in a database", () => {
    expect(installedVersion(dpkg, "none")).toBeUndefined();
    expect(installedVersion(dpkg, "ash")).toBeUndefined();
    expect(installedVersion(createMemoryHost().files, "bash")).toBeUndefined();
  });
});
