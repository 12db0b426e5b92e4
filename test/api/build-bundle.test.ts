// `buildBundle` of the library: a bundle on the disk, made of an expression and a host.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { BuildError, buildBundle, createNodeHost, EvaluationError, OutLinkError } from "../../src/index.ts";

const scratch = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-build-bundle-")));
afterAll(() => {
  spawnSync("chmod", ["-R", "u+w", scratch]);
  fs.rmSync(scratch, { recursive: true });
});

const storeDir = `${scratch}/store`;
const host = createNodeHost();
const container = `buildContainer { args = [ (writeScript "run" "hello").outPath "argument" ]; readonly = true; }`;

describe("buildBundle", () => {
  it("writes a bundle into the store, once", () => {
    const built: string[] = [];
    const options = { host, storeDir, onBuild: (drvPath: string) => built.push(drvPath.replace(/^.{44}/, "")) };
    const bundle = buildBundle(container, options);
    expect(built).toEqual(["run.drv", "container.drv"]);
    expect(bundle.path).toBe(storeDir + bundle.storePath);
    expect(bundle.drvPath).toMatch(/-container\.drv$/);
    const config = JSON.parse(fs.readFileSync(`${bundle.path}/config.json`, "utf8"));
    const [program, argument] = config.process.args;
    expect(argument).toBe("argument");
    expect(config.root.readonly).toBe(true);
    expect(fs.readFileSync(`${bundle.path}/rootfs${program}`, "utf8")).toBe("hello");
    expect(buildBundle(container, options)).toEqual(bundle);
    expect(built).toHaveLength(2);
  });

  it("takes files, attributes and arguments", () => {
    const file = `${scratch}/containers.nix`;
    fs.writeFileSync(
      file,
      `{ word, ociTools, writeScript }: { web.container = ociTools.buildContainer {
      args = [ (writeScript "run" word).outPath ];
    }; }`,
    );
    const bundle = buildBundle({ file }, { host, storeDir, attr: "web.container", args: { word: "given" } });
    const [program] = JSON.parse(fs.readFileSync(`${bundle.path}/config.json`, "utf8")).process.args;
    expect(fs.readFileSync(`${bundle.path}/rootfs${program}`, "utf8")).toBe("given");
  });

  it("makes a link, and leaves what is no link of its own", () => {
    const { path: place } = buildBundle(container, { host, storeDir, outLink: `${scratch}/result` });
    expect(fs.readlinkSync(`${scratch}/result`)).toBe(place);
    fs.writeFileSync(`${scratch}/file`, "kept");
    expect(() => buildBundle(container, { host, storeDir, outLink: `${scratch}/file` })).toThrow(OutLinkError);
    expect(fs.readFileSync(`${scratch}/file`, "utf8")).toBe("kept");
  });

  it("throws errors of the expression and of the build as what they are", () => {
    expect(() => buildBundle("buildContainer { args = 1; }", { host, storeDir })).toThrow(EvaluationError);
    expect(() =>
      buildBundle(`{ a = ${container}; b = ${container.replace("hello", "x")}; }`, { host, storeDir }),
    ).toThrow(/2 things to build.*a, b/);
    expect(() => buildBundle(`runCommand "x" { } ""`, { host, storeDir })).toThrow(BuildError);
  });
});
