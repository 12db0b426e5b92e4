// Derivations become store objects: the order of builds, what is checked, and what is left when one fails.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BuildError, type BuildErrorCode } from "../../src/build/build-error.ts";
import type { BuildRequest, BuiltinBuilder } from "../../src/build/build-request.ts";
import { builtinBuilders } from "../../src/build/builtin-builders.ts";
import { type RealiseOptions, realise } from "../../src/build/realise.ts";
import { FileError } from "../../src/host/host.ts";
import { createNodeHost } from "../../src/host/node-host.ts";
import type { StorePath } from "../../src/store/eval-store.ts";
import { directoryOf, type FileTree, fileOf, linkTo } from "../../src/store/file-tree.ts";
import { formatHash, hashBytes } from "../../src/store/hash.ts";
import { LocalStore } from "../../src/store/local-store.ts";
import { hashNar } from "../../src/store/nar.ts";
import { StoreError } from "../../src/store/store-error.ts";
import { VirtualStore } from "../../src/store/virtual-store.ts";
import { manyDerivations } from "./concurrent-derivations.ts";
import { addHandMade, type HandMade, outputOf } from "./hand-made-derivation.ts";
import { specOf } from "./request-of.ts";

const host = createNodeHost();
let folder: string;
let local: LocalStore;
let store: VirtualStore;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-realise-"));
  local = LocalStore.open(host, `${folder}/store`);
  store = new VirtualStore({ files: host.files, local });
});
afterEach(() => {
  local.close();
  host.files.remove(folder);
});

const options = (more: Partial<RealiseOptions> = {}): RealiseOptions => ({
  host,
  store,
  local,
  builders: builtinBuilders(host),
  ...more,
});

/** Builds with one more builder, `builtin:test`. */
const withBuilder = (builder: BuiltinBuilder): RealiseOptions =>
  options({ builders: new Map([...builtinBuilders(host), ["builtin:test", builder]]) });

const test = (handMade: HandMade = {}) => addHandMade(store, { builder: "builtin:test", ...handMade });
const files = (text: string, handMade: HandMade = {}) =>
  addHandMade(store, { attributes: { files: { file: { text } } }, ...handMade });
const all = (drvPath: StorePath) => [{ drvPath, outputs: [] }];
const contentsOf = (object: StorePath) => specOf(local.readTree(object));
const objects = () =>
  fs
    .readdirSync(`${folder}/store/nix/store`)
    .filter((name) => !name.startsWith("."))
    .sort();
const temporaries = () => fs.readdirSync(`${folder}/store/nix/store/.ocinix-tmp`);

function errorOf(action: () => unknown): BuildError {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(BuildError);
    return error as BuildError;
  }
  return expect.fail("there was no error");
}

function expectError(action: () => unknown, code: BuildErrorCode, message: string): void {
  const error = errorOf(action);
  expect(error.message).toContain(message);
  expect(error.code).toBe(code);
}

const text = (contents: string): FileTree => fileOf(Buffer.from(contents));
const addText = (name: string, contents: string, references: readonly StorePath[] = []) =>
  store.add({ name, tree: text(contents), method: "text", algorithm: "sha256", references });

describe("realise", () => {
  it("builds, scans and registers", () => {
    const source = addText("source", "of text");
    const first = files(`refers to ${source}`, { name: "first", inputSrcs: [source] });
    const firstOut = outputOf(store, first);
    const drvPath = files(`${firstOut} and ${source}`, { name: "second", inputDrvs: { [first]: ["out"] } });
    const built: StorePath[] = [];
    const results = realise(all(drvPath), options({ onBuild: (path) => built.push(path) }));
    const out = outputOf(store, drvPath);
    expect(results).toEqual(new Map([[drvPath, new Map([["out", out]])]]));
    expect(built).toEqual([first, drvPath]);
    expect(contentsOf(out)).toEqual({ file: `${firstOut} and ${source}` });
    // The source is in the closure of the inputs, so that it is found.
    expect(local.pathInfo(out)).toMatchObject({
      references: [firstOut, source].sort(),
      deriver: drvPath,
      ca: undefined,
    });
    expect(local.pathInfo(firstOut).references).toEqual([source]);
    for (const path of [drvPath, first]) {
      expect(local.outputs(path)).toEqual(new Map([["out", outputOf(store, path)]]));
    }
    expect(temporaries()).toEqual([]);
  });

  it("builds nothing twice", () => {
    const shared = files("shared", { name: "shared" });
    const inputDrvs = { [shared]: ["out"] };
    const [left, right] = ["left", "right"].map((name) => files(name, { name, inputDrvs })) as [StorePath, StorePath];
    const top = files("top", { inputDrvs: { [left]: ["out"], [right]: ["out"] } });
    const built: StorePath[] = [];
    const counting = options({ onBuild: (path) => built.push(path) });
    realise([...all(left), ...all(top), ...all(left)], counting);
    expect(built).toEqual([shared, left, right, top]);
    realise(all(top), counting);
    expect(built.length).toBe(4);
  });

  it("does not look at the inputs of what is there", () => {
    const missing = addHandMade(store, { name: "impossible", builder: "/bin/sh" });
    const drvPath = files("x", { inputDrvs: { [missing]: ["out"] } });
    local.addTree(outputOf(store, drvPath), text("built elsewhere"));
    expect(realise(all(drvPath), options()).get(drvPath)).toEqual(new Map([["out", outputOf(store, drvPath)]]));
    expect(local.isValid(drvPath)).toBe(false);
  });

  it("takes opaque paths, virtual and valid ones", () => {
    const first = addText("first", "1");
    const second = addText("second", first, [first]);
    expect(realise([second], options())).toEqual(new Map());
    expect(local.closure([second])).toEqual([first, second].sort());
    realise([first], { ...options(), store: new VirtualStore({ files: host.files, local }) });
    const missing = `/nix/store/${"0".repeat(32)}-missing`;
    expect(() => realise([missing], options())).toThrow(StoreError);
  });

  it("builds derivations that an earlier evaluation wrote", () => {
    const drvPath = files("x");
    store.materialise(drvPath, local);
    const later = new VirtualStore({ files: host.files, local });
    realise(all(drvPath), options({ store: later }));
    expect(contentsOf(outputOf(later, drvPath))).toEqual({ file: "x" });
  });

  it("follows chains that are longer than a stack", () => {
    let last = files("0", { name: "chain" });
    for (let i = 1; i < 12_000; i++) {
      last = files(String(i), { name: "chain", inputDrvs: { [last]: ["out"] } });
    }
    const refuse = () => {
      throw new Error("the first one is reached");
    };
    // Planning is what could recurse; writing them all would take minutes.
    expect(() => realise(all(last), options({ onBuild: refuse }))).toThrow("the first one is reached");
  });

  it("builds every output, which may refer to each other and to themselves", () => {
    const drvPath = test({ outputs: { out: {}, dev: {}, lib: {} } });
    const paths = (name: string) => outputOf(store, drvPath, name);
    const builder = ({ outputs }: BuildRequest) =>
      new Map([
        ["dev", text(`${outputs.get("dev")} ${outputs.get("out")}`)],
        ["lib", text("")],
        ["out", linkTo(`${outputs.get("lib")}/x`)],
        ["more", text("is ignored")],
      ]);
    const results = realise([{ drvPath, outputs: ["out"] }], withBuilder(builder));
    expect(results.get(drvPath)).toEqual(new Map([["out", paths("out")]]));
    expect(local.pathInfo(paths("dev")).references).toEqual([paths("dev"), paths("out")].sort());
    expect(local.pathInfo(paths("out")).references).toEqual([paths("lib")]);
    expect(realise([{ drvPath, outputs: ["out", "dev"] }], options()).get(drvPath)?.size).toBe(2);
  });

  it("builds again what has lost an output, and leaves the others alone", () => {
    const drvPath = test({ outputs: { out: {}, dev: {} } });
    local.addTree(outputOf(store, drvPath, "dev"), text("was there"));
    const builder = () => new Map(["out", "dev"].map((name) => [name, text("new")]));
    realise([{ drvPath, outputs: ["dev"] }], options());
    realise(all(drvPath), withBuilder(builder));
    const contents = ["out", "dev"].map((name) => contentsOf(outputOf(store, drvPath, name)));
    expect(contents).toEqual(["new", "was there"]);
  });

  it("shows a builder its inputs and nothing else", () => {
    const hidden = addText("hidden", "x");
    const deep = addText("deep", "contents");
    const source = store.add({
      name: "source",
      tree: directoryOf(new Map([["link", linkTo(deep)]])),
      method: "nar",
      algorithm: "sha256",
      references: [deep],
    });
    store.materialise(hidden, local);
    const tool = files("tool", { name: "tool", outputs: { out: {} } });
    const drvPath = test({ inputSrcs: [source], inputDrvs: { [tool]: ["out"] }, env: { a: "1" } });
    let seen: BuildRequest | undefined;
    const builder = (request: BuildRequest) => {
      seen = request;
      expect([...request.inputs].sort()).toEqual([source, outputOf(store, tool)].sort());
      expect([...request.closure([source])].sort()).toEqual([deep, source].sort());
      expect(specOf(request.tree(deep))).toBe("contents");
      expect(Buffer.from(request.files.readFile(`${source}/link`)).toString()).toBe("contents");
      expect(request.files.lstat(hidden)).toBeUndefined();
      expect(request.files.stat("/etc")).toBeUndefined();
      expect(() => request.files.readFile("/etc/passwd")).toThrow(FileError);
      for (const read of [() => request.tree(hidden), () => request.closure([hidden])]) {
        expectError(read, "missing-input", `'${hidden}' is not an input of the derivation`);
      }
      return new Map([["out", text(`${hidden} is not found`)]]);
    };
    realise(all(drvPath), withBuilder(builder));
    expect(seen).toMatchObject({
      name: "made",
      attributes: { a: "1" },
      outputs: new Map([["out", outputOf(store, drvPath)]]),
    });
    expect(local.pathInfo(outputOf(store, drvPath)).references).toEqual([]);
  });
});

describe("what cannot be built", () => {
  it("is known before anything is built", () => {
    const first = files("possible", { name: "first" });
    const script = addHandMade(store, {
      name: "script",
      builder: "/nix/store/bash/bin/bash",
      inputDrvs: { [first]: ["out"] },
    });
    const top = files("x", { inputDrvs: { [script]: ["out"] } });
    const error = errorOf(() => realise([...all(first), ...all(top)], options()));
    expect(error.code).toBe("needs-sandbox");
    expect(error.drvPath).toBe(script);
    expect(error.message).toContain(`cannot build '${script}': its builder is a program, '/nix/store/bash/bin/bash'`);
    expect(error.message).toContain("needs the sandboxed builder, which this version of ocinix does not have");
    expect(error.message).toContain(`nix-build --store '${folder}/store'`);
    expect(objects()).toEqual([]);
  });

  it.each<[string, HandMade, BuildErrorCode, string]>([
    [
      "an unknown builder",
      { builder: "builtin:magic" },
      "unknown-builder",
      "there is no built-in builder 'builtin:magic'",
    ],
    [
      "a floating output",
      { outputs: { out: { hashAlgo: "r:sha256" } } },
      "unsupported",
      "its output 'out' is known only after the build",
    ],
    [
      "wrong attributes",
      { attributes: { files: 1 } },
      "bad-attribute",
      "attribute 'files' is a number; it must be a set",
    ],
    ["damaged attributes", { env: { __json: "{" } }, "bad-attribute", "its structured attributes are not JSON"],
    [
      "another output",
      { outputs: { out: {}, dev: {} }, attributes: { files: {} } },
      "unsupported",
      "its builder 'builtin:files' makes no output 'dev'",
    ],
  ])("is %s", (_, handMade, code, message) => {
    const drvPath = addHandMade(store, handMade);
    const error = errorOf(() => realise(all(drvPath), options()));
    expect(error.message).toContain(`cannot build '${drvPath}': `);
    expect(error.message).toContain(message);
    expect([error.code, error.drvPath]).toEqual([code, drvPath]);
    for (const name of store.readDerivation(drvPath).outputs.keys()) {
      const path = outputOf(store, drvPath, name);
      if (path !== "") expect(local.isValid(path)).toBe(false);
    }
    expect(temporaries()).toEqual([]);
  });

  it("is an output that does not exist", () => {
    const drvPath = files("x");
    expectError(() => realise([{ drvPath, outputs: ["doc"] }], options()), "missing-input", "it has no output 'doc'");
  });

  it("leaves nothing of itself, and what came before", () => {
    const first = files("first", { name: "first" });
    const failing = test({ name: "failing", outputs: { out: {}, dev: {} }, inputDrvs: { [first]: ["out"] } });
    const broken: FileTree = {
      type: "regular",
      executable: false,
      size: 1,
      read: () => {
        throw new FileError("EIO", "/somewhere", "Input/output error");
      },
    };
    const builder = () =>
      new Map<string, FileTree>([
        ["dev", text("complete")],
        [
          "out",
          directoryOf(
            new Map([
              ["a", text("a")],
              ["b", broken],
            ]),
          ),
        ],
      ]);
    expect(() => realise(all(failing), withBuilder(builder))).toThrow("/somewhere: Input/output error");
    for (const name of ["out", "dev"]) expect(local.isValid(outputOf(store, failing, name))).toBe(false);
    expect(local.isValid(outputOf(store, first))).toBe(true);
    const outputs = ["out", "dev"].map((name) => path.basename(outputOf(store, failing, name)));
    expect(objects().filter((name) => outputs.includes(name))).toEqual([]);
    expect(temporaries()).toEqual([]);
    realise(
      all(failing),
      withBuilder(() => new Map(["out", "dev"].map((name) => [name, text("works now")]))),
    );
  });

  it("is what a bug made of it", () => {
    const builder = () => {
      throw new TypeError("x is not a function");
    };
    expect(() => realise(all(test()), withBuilder(builder))).toThrow(TypeError);
  });
});

describe("fixed outputs", () => {
  const contents = "contents";
  const flat = formatHash(hashBytes("sha256", contents), "base16");
  const nar = formatHash(hashNar(text(contents), "sha512").narHash, "base16");
  const out = (hashAlgo: string, hash: string) => ({ outputs: { out: { hashAlgo, hash } } });
  const makes = (tree: FileTree) => withBuilder(() => new Map([["out", tree]]));

  it.each([
    ["sha256", flat, "fixed:sha256:"],
    ["r:sha512", nar, "fixed:r:sha512:"],
  ])("are what they should be: %s", (algorithm, hash, ca) => {
    const drvPath = test(out(algorithm, hash));
    realise(all(drvPath), makes(text(contents)));
    expect(local.pathInfo(outputOf(store, drvPath)).ca).toMatch(ca);
  });

  it.each([
    ["sha256", flat, "sha256-"],
    ["r:sha512", nar, "sha512-"],
  ])("are refused otherwise: %s", (algorithm, hash, start) => {
    const drvPath = test(out(algorithm, hash));
    const error = errorOf(() => realise(all(drvPath), makes(text("other"))));
    const pattern = `^hash mismatch in fixed-output derivation '${drvPath}':\n {2}specified: ${start}\\S+\n {5}got: {4}${start}\\S+$`;
    expect(error.message).toMatch(new RegExp(pattern));
    expect([error.code, error.drvPath]).toEqual(["hash-mismatch", drvPath]);
    expect(objects()).toEqual([path.basename(drvPath)]);
  });

  it("are plain files where they are hashed flat", () => {
    const drvPath = test(out("sha256", flat));
    for (const tree of [fileOf(Buffer.from(contents), true), linkTo("x"), directoryOf(new Map())]) {
      const build = () => realise(all(drvPath), makes(tree));
      expectError(
        build,
        "output-rejected",
        `output path '${outputOf(store, drvPath)}' should be a non-executable regular file`,
      );
    }
  });

  it("refer to nothing", () => {
    const source = addText("source", "x");
    const hash = formatHash(hashBytes("sha256", source), "base16");
    const drvPath = test({ ...out("sha256", hash), inputSrcs: [source] });
    const message = `fixed-output derivations must not reference store paths: '${drvPath}' references 1 distinct paths, e.g. '${source}'`;
    expectError(() => realise(all(drvPath), makes(text(source))), "output-rejected", message);
  });

  it("are fetched from files, and not at all where they are there already", () => {
    fs.writeFileSync(`${folder}/file`, contents);
    const fetched = (url: string) =>
      addHandMade(store, { builder: "builtin:fetchurl", ...out("sha256", flat), env: { url } });
    const remote = fetched("https://example.org/file");
    expectError(
      () => realise(all(remote), options()),
      "needs-download",
      `cannot build '${remote}': it downloads 'https`,
    );
    const near = fetched(`file://${folder}/file`);
    realise(all(near), options());
    expect(contentsOf(outputOf(store, near))).toBe(contents);
    realise(all(remote), options());
    expect(outputOf(store, remote)).toBe(outputOf(store, near));
  });
});

describe("checks of outputs", () => {
  const source = () => addText("source", "x".repeat(500));
  const refersTo = (...paths: StorePath[]) =>
    withBuilder(({ outputs }) => new Map([["out", text([...paths, outputs.get("out")].join(" "))]]));

  it.each<[string, (source: StorePath) => HandMade, boolean]>([
    ["allowedReferences that hold all", (s) => ({ env: { allowedReferences: `out ${s}\n` } }), true],
    ["allowedReferences without one", () => ({ env: { allowedReferences: "out" } }), false],
    ["no allowedReferences at all", () => ({ env: { allowedReferences: "" } }), false],
    ["allowedRequisites, without the output itself", (s) => ({ env: { allowedRequisites: s } }), true],
    ["allowedRequisites without one", () => ({ env: { allowedRequisites: "" } }), false],
    ["disallowedReferences of another", () => ({ env: { disallowedReferences: "" } }), true],
    ["disallowedReferences", (s) => ({ env: { disallowedReferences: s } }), false],
    ["disallowedReferences of itself", () => ({ env: { disallowedReferences: "out" } }), false],
    ["disallowedRequisites", (s) => ({ env: { disallowedRequisites: s } }), false],
    ["disallowedRequisites of itself", () => ({ env: { disallowedRequisites: "out" } }), true],
    ["structured attributes that are not asked", () => ({ attributes: { allowedReferences: [] } }), true],
    [
      "outputChecks of another output",
      () => ({ attributes: { outputChecks: { dev: { allowedReferences: [] } } } }),
      true,
    ],
    ["outputChecks", () => ({ attributes: { outputChecks: { out: { allowedReferences: ["out"] } } } }), false],
    [
      "outputChecks with all",
      (s) => ({ attributes: { outputChecks: { out: { allowedReferences: ["out", s] } } } }),
      true,
    ],
    ["outputChecks on itself", (s) => ({ attributes: { outputChecks: { out: { allowedRequisites: [s] } } } }), false],
    [
      "a limit that is kept",
      () => ({ attributes: { outputChecks: { out: { maxSize: 1000, maxClosureSize: 10_000 } } } }),
      true,
    ],
    ["a limit", () => ({ attributes: { outputChecks: { out: { maxSize: 100 } } } }), false],
    ["a limit of the closure", () => ({ attributes: { outputChecks: { out: { maxClosureSize: 800 } } } }), false],
  ])("are made: %s", (_, handMade, works) => {
    const input = source();
    const drvPath = test({ inputSrcs: [input], ...handMade(input) });
    const build = () => realise(all(drvPath), refersTo(input));
    if (works) build();
    else expect(errorOf(build).code).toBe("output-rejected");
    expect(local.isValid(outputOf(store, drvPath))).toBe(works);
    expect(temporaries()).toEqual([]);
  });

  it("say what is wrong", () => {
    const input = source();
    const drvPath = test({ inputSrcs: [input], env: { allowedReferences: "" } });
    const out = outputOf(store, drvPath);
    const lines = [out, input].sort().map((path) => `\n  ${path}`);
    expect(errorOf(() => realise(all(drvPath), refersTo(input))).message).toBe(
      `cannot build '${drvPath}': output '${out}' is not allowed to refer to the following paths:${lines.join("")}`,
    );
    const unknown = test({ env: { allowedReferences: "man" } });
    expect(errorOf(() => realise(all(unknown), refersTo())).message).toContain(
      "its output check for 'out' contains output name 'man', but this is not a valid output of this derivation. (Valid outputs are [out].)",
    );
  });

  it("can do without references", () => {
    const input = source();
    const drvPath = test({ inputSrcs: [input], attributes: { unsafeDiscardReferences: { out: true } } });
    realise(all(drvPath), refersTo(input));
    expect(local.pathInfo(outputOf(store, drvPath)).references).toEqual([]);
  });

  it("find circles", () => {
    const names = ["a", "b", "out"];
    const drvPath = test({ outputs: Object.fromEntries(names.map((name) => [name, {}])) });
    const builder = ({ outputs }: BuildRequest) =>
      new Map(names.map((name, index) => [name, text(outputs.get(names[(index + 1) % 3]!)!)]));
    expectError(
      () => realise(all(drvPath), withBuilder(builder)),
      "output-rejected",
      "a cycle in the references of its outputs",
    );
    for (const name of names) expect(local.isValid(outputOf(store, drvPath, name))).toBe(false);
  });
});

describe("several processes", () => {
  it("may build the same things at once", async () => {
    const builder = path.join(import.meta.dirname, "concurrent-builder.ts");
    const dir = `${folder}/shared`;
    const ends = Array.from({ length: 3 }, () => {
      const child = spawn(process.execPath, [builder, dir], { stdio: ["ignore", "pipe", "pipe"] });
      let [stdout, stderr] = ["", ""];
      child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
      child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
      return new Promise((resolve) => child.on("close", (status) => resolve({ status, stdout, stderr })));
    });
    const drvPath = manyDerivations(store);
    for (const end of await Promise.all(ends)) {
      expect(end).toEqual({ status: 0, stdout: `${outputOf(store, drvPath)}\n`, stderr: "" });
    }
    realise(all(drvPath), options());
    const shared = LocalStore.open(host, dir);
    const out = outputOf(store, drvPath);
    for (const object of local.closure([out, drvPath])) {
      const { narHash, references } = local.pathInfo(object);
      expect(shared.pathInfo(object)).toMatchObject({ narHash, references });
    }
    expect(fs.readdirSync(`${dir}/nix/store/.ocinix-tmp`)).toEqual([]);
    shared.close();
  });
});

const reference =
  process.env["OCINIX_REFERENCE_NIX"] ?? path.resolve(import.meta.dirname, "../../.cache/reference-nix/bin");

describe.skipIf(!fs.existsSync(reference))("C++ Nix", () => {
  const nixStore = (...args: string[]) => {
    const child = spawnSync(path.join(reference, "nix-store"), ["--store", `${folder}/store`, ...args], {
      encoding: "utf8",
      env: { HOME: folder, PATH: process.env["PATH"] ?? "", NIX_CONFIG: "build-users-group =\nsubstituters =" },
    });
    return { status: child.status, stdout: child.stdout, stderr: child.stderr };
  };

  it("reads and verifies what was built", () => {
    const drvPath = manyDerivations(store);
    realise(all(drvPath), options());
    const out = outputOf(store, drvPath);
    const closure = local.closure([out]);
    expect(closure.length).toBeGreaterThan(10);
    // The files of the store are those of the database, and the other way round, and have the hashes in it.
    expect(nixStore("--verify", "--check-contents")).toMatchObject({ status: 0, stdout: "" });
    expect(nixStore("--verify", "--check-contents").stderr).not.toMatch(/warning|error|disappeared|modified/);
    expect(nixStore("--verify-path", ...closure)).toEqual({ status: 0, stdout: "", stderr: "" });
    for (const object of closure) {
      const listed = nixStore("--query", "--references", object)
        .stdout.split("\n")
        .filter((line) => line !== "");
      expect(listed.sort()).toEqual(local.pathInfo(object).references);
    }
    expect(nixStore("--query", "--deriver", out).stdout).toBe(`${drvPath}\n`);
    expect(nixStore("--query", "--outputs", drvPath).stdout).toBe(`${out}\n`);
    // It has nothing left to do for the derivation.
    expect(nixStore("--realise", drvPath)).toMatchObject({ status: 0, stdout: `${out}\n` });
  });
});
