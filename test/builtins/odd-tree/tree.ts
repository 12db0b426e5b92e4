// A tree with everything that may stand in one: symlinks of all kinds, names that are not UTF-8, modes, a pipe, a socket,
// what may not be read. And what is asked of it.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";

/** What nobody may read, from the root of the tree. */
export const locked = { file: "locked/file", folder: "locked/folder", inFolder: "locked/folder/x" };

/** Makes the tree in an existing folder. Whoever made it closes the socket. */
export async function makeTree(folder: string): Promise<net.Server> {
  const at = (place: string): string => path.join(folder, place);
  const write = (place: string, contents: string, mode = 0o644): void => {
    fs.mkdirSync(path.dirname(at(place)), { recursive: true });
    fs.writeFileSync(Buffer.from(at(place), "latin1"), contents);
    fs.chmodSync(Buffer.from(at(place), "latin1"), mode);
  };
  for (const name of [
    "\u00ff",
    "\u00c3\u00a9",
    "a b",
    "A",
    "a",
    "10",
    "9",
    "~",
    "new\nline",
    "#",
    "{}",
    ".x",
    "-x",
    "\u00f0\u009f\u0098\u0080",
  ]) {
    write(`names/${name}`, name);
  }
  for (const mode of [0o644, 0o755, 0o654, 0o645, 0o744, 0o4755]) write(`modes/${mode.toString(8)}`, "", mode);
  write("real/default.nix", "{ here = toString ./.; file = import ./x.nix; sub = import ./sub; }");
  write("real/x.nix", "{ file = __curPos.file; text = builtins.readFile ./x.txt; relative = toString ./../other; }");
  write("real/x.txt", "text\n");
  write("real/sub/default.nix", "toString ./.");
  fs.mkdirSync(at("empty"));
  for (const [place, target] of Object.entries({
    "links/file": "../real/x.txt",
    "links/folder": "../real",
    "links/absolute": "/nowhere/x",
    "links/dangling": "nowhere",
    "links/loop": "loop",
    "links/\u00ff": "\u00fe",
    folder: "real",
    twice: "links/folder",
    expression: "real/x.nix",
  })) {
    fs.mkdirSync(path.dirname(at(place)), { recursive: true });
    fs.symlinkSync(Buffer.from(target, "latin1"), Buffer.from(at(place), "latin1"));
  }
  fs.mkdirSync(at("pipe"));
  spawnSync("mkfifo", [at("pipe/pipe")]);
  write(locked.file, "file");
  write(locked.inFolder, "x");
  fs.mkdirSync(at("socket"));
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(at("socket/socket"), resolve));
  return server;
}

export const expressions: readonly string[] = [
  ...[
    "names",
    "modes",
    "real",
    "links",
    "folder",
    "twice",
    "empty",
    "links/file",
    "links/dangling",
    "expression",
  ].flatMap((place) => [`"\${./${place}}"`, `builtins.path { path = ./${place}; name = "named"; }`]),
  "builtins.path { path = ./modes/654; recursive = false; }",
  'builtins.path { path = ./modes/755; recursive = false; name = "flat"; }',
  "builtins.path { path = ./links/file; recursive = false; }",
  "builtins.path { path = ./real; recursive = false; }",
  'builtins.filterSource (path: type: type != "symlink") ./links',
  'builtins.path { path = ./twice; name = "twice"; filter = path: type: baseNameOf path != "x.nix"; }',
  "builtins.attrNames (builtins.readDir ./links)",
  "builtins.readDir ./socket",
  "builtins.readDir ./pipe",
  "builtins.readDir ./twice",
  "builtins.readDir ./links/file",
  ...["folder", "links/loop", "links/dangling", "socket/socket", "pipe/pipe", "folder/x.nix", "links/loop/x"].map(
    (place) => `builtins.readFileType ./${place}`,
  ),
  ...["links/file", "links/dangling", "links/loop", "real", "socket/socket", "links/loop/x", "real/x.txt/y"].map(
    (place) => `builtins.readFile ./${place}`,
  ),
  'builtins.hashFile "sha256" ./links/file',
  'builtins.hashFile "sha256" ./socket/socket',
  ...["socket", "socket/socket", "pipe", "missing", "links/dangling/x", "links/loop/x"].map(
    (place) => `"\${./${place}}"`,
  ),
  'builtins.path { path = ./socket; filter = path: type: type != "unknown"; }',
  "builtins.path { path = ./pipe; filter = path: type: builtins.seq type true; }",
  "builtins.path { path = ./socket/socket; recursive = false; }",
  "map builtins.pathExists [ ./links/dangling ./links/loop ./links/folder/x.nix ./twice/sub ./real/x.txt/y ]",
  ...[
    "real",
    "folder",
    "twice",
    "expression",
    "folder/sub",
    "empty",
    "links/loop",
    "links/loop/x",
    "links/dangling",
    "socket/socket",
  ].map((place) => `import ./${place}`),
  ...["r", "r/sub", "r/x.txt", "t", "l", "d", "r/../other", "n"].map(
    (name) =>
      `builtins.findFile [ { prefix = "r"; path = ./twice; } { prefix = "l"; path = ./links/loop; } ` +
      `{ prefix = "d"; path = ./links/dangling; } { path = ./.; } { prefix = "t"; path = ./expression; } ] "${name}"`,
  ),
  ...[locked.file, locked.folder, locked.inFolder].flatMap((place) => [
    `builtins.readFile ./${place}`,
    `import ./${place}`,
    `"\${./${place}}"`,
    `builtins.path { path = ./${place}; recursive = false; }`,
    `builtins.readFileType ./${place}`,
    `builtins.pathExists ./${place}`,
    `builtins.findFile [ { path = ./${place}; } ] "x"`,
  ]),
  `builtins.readDir ./${locked.folder}`,
  "builtins.readDir ./locked",
  `"\${./locked}"`,
  `builtins.path { path = ./locked; filter = path: type: baseNameOf path != "folder"; }`,
];
