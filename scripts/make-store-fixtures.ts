// Makes the fixtures of test/store with C++ Nix: `node scripts/make-store-fixtures.ts <folder of nix-store …> [<output>]`.
// Whatever can be written by hand (trees, derivations.nix, malformed archives) is input; everything expected is output.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { malformedNars } from "../test/store/fixture-malformed-nars.ts";
import { fixtureTrees } from "../test/store/fixture-trees.ts";
import { writeTree } from "../test/store/written-tree.ts";

const fixtures = path.join(import.meta.dirname, "../test/store/fixtures");
const [programs, output = fixtures] = process.argv.slice(2);
if (programs === undefined) {
  process.stderr.write(
    "usage: make-store-fixtures.ts <folder with nix-store, nix-instantiate, nix> [<output folder>]\n",
  );
  process.exit(2);
}
const work = fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-fixtures-"));
const store = path.join(work, "store");
const features = "nix-command ca-derivations impure-derivations";

interface Result {
  readonly ok: boolean;
  readonly stdout: Buffer;
  /** The last error, without what was being done when it happened. */
  readonly error: string;
}

function attempt(program: string, args: readonly string[], input?: Uint8Array): Result {
  const child = spawnSync(path.join(programs!, program), ["--extra-experimental-features", features, ...args], {
    input: input ?? Buffer.alloc(0),
    cwd: fixtures,
    env: { HOME: work, PATH: process.env["PATH"] ?? "", NIX_CONFIG: "build-users-group =" },
    maxBuffer: 1 << 30,
  });
  if (child.error) throw child.error;
  const error = child.stderr.toString("utf8").split("error: ").at(-1)!.trim();
  return { ok: child.status === 0, stdout: child.stdout, error };
}

function run(program: string, args: readonly string[], input?: Uint8Array): Buffer {
  const { ok, stdout, error } = attempt(program, args, input);
  if (!ok) throw new Error(`${program} ${args.join(" ")}: ${error}`);
  return stdout;
}

function line(program: string, args: readonly string[]): string {
  return run(program, args).toString("utf8").trim();
}

function errorOf(program: string, args: readonly string[], input?: Uint8Array): string {
  const { ok, error } = attempt(program, args, input);
  if (ok) throw new Error(`${program} ${args.join(" ")} was expected to fail`);
  return error;
}

function evaluate(expression: string): string {
  return JSON.parse(
    line("nix-instantiate", ["--store", store, "--eval", "--read-write-mode", "--json", "--strict", "-E", expression]),
  );
}

function save(name: string, contents: Uint8Array): void {
  const file = path.join(output, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, contents);
}

function saveJson(name: string, value: unknown): void {
  save(name, Buffer.from(`${JSON.stringify(value, undefined, 2)}\n`));
}

function makeNars(): void {
  const nars: Record<string, unknown> = {};
  for (const [name, tree] of Object.entries(fixtureTrees)) {
    const place = path.join(work, `tree-${name}`);
    writeTree(place, tree);
    const nar = run("nix-store", ["--dump", place]);
    if (nar.length <= 16_384) save(`nar/${name}.nar`, nar);
    nars[name] = { size: nar.length, sha256: line("nix-hash", ["--type", "sha256", place]) };
  }
  saveJson("nars.json", nars);
  const malformed: Record<string, string> = {};
  for (const [name, nar] of Object.entries(malformedNars)) {
    malformed[name] = errorOf("nix-store", ["--restore", path.join(work, `restored-${name}`)], nar);
  }
  saveJson("malformed-nars.json", malformed);
}

const algorithms = ["md5", "sha1", "sha256", "sha512"];

function makeHashes(): void {
  const hashes: unknown[] = [];
  for (const contents of ["", "a", "hello world\n", "\u00e9\u00ff".repeat(500)]) {
    const place = path.join(work, "hashed");
    fs.writeFileSync(place, contents, "latin1");
    for (const algorithm of algorithms) {
      const base16 = line("nix-hash", ["--flat", "--type", algorithm, place]);
      const formats = ["nix32", "base64", "sri"].map((format) => {
        const args = ["hash", "convert", "--hash-algo", algorithm, "--to", format, base16];
        return [format, line("nix", args)] as const;
      });
      const folded = line("nix-hash", ["--flat", "--truncate", "--type", algorithm, place]);
      hashes.push({ contents, algorithm, base16, ...Object.fromEntries(formats), folded });
    }
  }
  const hex = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
  const bad: readonly (readonly [string, string?])[] = [
    ["", "sha256"],
    ["x"],
    [hex],
    ["sha256:"],
    ["sha256:x"],
    ["sha256-x"],
    ["sha256-"],
    ["sha255:x"],
    ["SHA256:x"],
    [":x"],
    [`md5:${hex}`],
    [`sha512:${hex}`, "sha256"],
    [hex, "sha512"],
    [`${hex}0`, "sha256"],
    [`${hex.slice(1)}g`, "sha256"],
    ["eeeefc7wwhayi7hmj5y5p28s8yj8kzf4bgf0qkwjcbg1rn2f0y3w", "sha256"],
    ["zzzzfc7wwhayi7hmj5y5p28s8yj8kzf4bgf0qkwjcbg1rn2f0y3w", "sha256"],
    ["*ngWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=", "sha256"],
    ["ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0==", "sha256"],
    ["sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAF", "sha256"],
    ["sha256:sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=", "sha256"],
  ];
  const errors = bad.map(([hash, algorithm]) => {
    const options = algorithm === undefined ? [] : ["--hash-algo", algorithm];
    const error = errorOf("nix", ["hash", "convert", ...options, "--to", "base16", "--", hash]);
    return { hash, ...(algorithm && { algorithm }), error: error.split("\n")[0]! };
  });
  const accepted = [
    ["sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0", undefined],
    ["ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0==".slice(0, 44), "sha256"],
    [hex.toUpperCase(), "sha256"],
    [`sha256:${hex}`, "sha256"],
  ].map(([hash, algorithm]) => {
    const options = algorithm === undefined ? [] : ["--hash-algo", algorithm];
    const base16 = line("nix", ["hash", "convert", ...options, "--to", "base16", "--", hash!]);
    return { hash, ...(algorithm && { algorithm }), base16 };
  });
  saveJson("hashes.json", { hashes, accepted, errors });
}

function makePaths(): void {
  const text = "some text\n";
  const textPath = evaluate(`builtins.toFile "text" ${JSON.stringify(text)}`);
  const paths: unknown[] = [
    {
      name: "text",
      method: "text",
      algorithm: "sha256",
      tree: "seven-bytes",
      path: evaluate(`builtins.toFile "text" "1234567"`),
    },
  ];
  for (const tree of ["seven-bytes", "executable", "mixed", "symlink"]) {
    const name = `tree-${tree}`;
    for (const algorithm of algorithms) {
      const add = ["--store", store, "--add-fixed", algorithm, path.join(work, name)];
      paths.push({ name, method: "nar", algorithm, tree, path: line("nix-store", ["--recursive", ...add]) });
      if (fixtureTrees[tree]!.type !== "regular") continue;
      paths.push({ name, method: "flat", algorithm, tree, path: line("nix-store", add) });
    }
  }
  const referring = `builtins.toFile "referring" "see \${builtins.toFile "text" ${JSON.stringify(text)}}, twice"`;
  const referringPath = evaluate(referring);
  const contentAddressed = JSON.parse(
    line("nix", ["store", "make-content-addressed", "--json", "--from", store, "--to", store, referringPath]),
  ).rewrites[referringPath];
  const info = JSON.parse(
    line("nix", ["path-info", "--json", "--json-format", "1", "--store", store, contentAddressed]),
  );
  saveJson("paths.json", {
    paths,
    text: { contents: text, path: textPath },
    referring: { contents: `see ${textPath}, twice`, references: [textPath], path: referringPath },
    contentAddressed: {
      path: contentAddressed,
      narHash: info[contentAddressed].narHash,
      references: info[contentAddressed].references,
      ca: info[contentAddressed].ca,
    },
    placeholders: Object.fromEntries(
      ["out", "dev", "a-b"].map((name) => [name, evaluate(`builtins.placeholder "${name}"`)]),
    ),
  });
}

function makeNames(): void {
  const names = ["", ".", "..", ".-", "..-x", ".-x", ".x", "..x", "a b", "a/b", "x".repeat(212), "~", "a@b"];
  const errors = names.flatMap((name) => {
    const args = ["--store", store, "--eval", "-E", `builtins.toFile ${JSON.stringify(name)} ""`];
    const { ok, error } = attempt("nix-instantiate", args);
    return ok ? [{ name }] : [{ name, error: Buffer.from(error, "utf8").toString("latin1") }];
  });
  const hash = "q790zdjk75hm2cn42nh77pqw4gbv1b88";
  const paths = [
    "/nix/store/short",
    `/nix/store/${hash}`,
    `/nix/store/e${hash.slice(1)}-x`,
    `/nix/store/Q${hash.slice(1)}-x`,
    `/nix/store/${hash}-`,
    `/nix/store/${hash}-a b`,
    `/nix/store/${hash}-.-x`,
    `/nix/store/${hash}-x/../y`,
  ].map((name) => ({ path: name, error: errorOf("nix-store", ["--store", store, "--query", "--references", name]) }));
  saveJson("names.json", { names: errors, paths });
}

function makeDerivations(): void {
  const file = path.join(fixtures, "derivations.nix");
  const expression = `builtins.mapAttrs (name: drv: {
    drvPath = builtins.unsafeDiscardStringContext drv.drvPath;
    outputs = builtins.listToAttrs (map (output: {
      name = output;
      value = builtins.unsafeDiscardStringContext drv.\${output}.outPath;
    }) drv.outputs or [ "out" ]);
  }) (import ${file})`;
  const expected = evaluate(expression) as unknown as Record<string, { drvPath: string }>;
  line("nix-instantiate", ["--store", store, file]);
  const roots = Object.values(expected).map(({ drvPath }) => drvPath);
  const closure = line("nix-store", ["--store", store, "--query", "--requisites", ...roots]).split("\n");
  for (const drvPath of closure.filter((name) => name.endsWith(".drv"))) {
    save(`drv/${path.basename(drvPath)}`, fs.readFileSync(store + drvPath));
  }
  saveJson("derivations.json", expected);
}

for (const folder of ["nar", "drv"]) fs.rmSync(path.join(output, folder), { recursive: true, force: true });
try {
  makeNars();
  makeHashes();
  makePaths();
  makeNames();
  makeDerivations();
} finally {
  spawnSync("chmod", ["-R", "u+w", work]);
  fs.rmSync(work, { recursive: true, force: true });
}
