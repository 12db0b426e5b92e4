// The Git repositories that fetchGit is tested with, made in an empty folder and the same each time, and what is fetched.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

const person = { GIT_AUTHOR_NAME: "a", GIT_AUTHOR_EMAIL: "a@b", GIT_COMMITTER_NAME: "c", GIT_COMMITTER_EMAIL: "c@d" };

/** Makes the repositories in an existing folder. */
export function makeRepositories(folder: string): void {
  let time = 1_700_000_000;
  const git = (repository: string, ...args: string[]): void => {
    time += 100;
    const date = `${time} +0100`;
    const settings = [
      "-c",
      "protocol.file.allow=always",
      "-c",
      "init.defaultBranch=main",
      "-c",
      "advice.detachedHead=false",
    ];
    execFileSync("git", [...settings, "-C", path.join(folder, repository), ...args], {
      env: {
        PATH: process.env["PATH"],
        HOME: folder,
        GIT_CONFIG_NOSYSTEM: "1",
        ...person,
        GIT_AUTHOR_DATE: date,
        GIT_COMMITTER_DATE: date,
      },
      stdio: "pipe",
    });
  };
  const create = (repository: string): void => {
    fs.mkdirSync(path.join(folder, repository));
    git(repository, "init", "--quiet", "--initial-branch=main");
  };
  const write = (repository: string, file: string, contents: string, mode = 0o644): void => {
    const place = Buffer.from(path.join(folder, repository, file), "latin1");
    fs.mkdirSync(path.dirname(path.join(folder, repository, file)), { recursive: true });
    fs.writeFileSync(place, contents, { mode });
  };
  const commit = (repository: string): void => {
    git(repository, "add", "--all");
    git(repository, "commit", "--quiet", "--message", "change");
  };

  create("plain");
  write("plain", "a.txt", "hello\n");
  write("plain", "folder/run.sh", "#!/bin/sh\n", 0o755);
  write("plain", "caf\u00c3\u00a9", "UTF-8");
  write("plain", "\u00ff", "not UTF-8");
  write("plain", "empty", "");
  fs.symlinkSync("a.txt", path.join(folder, "plain/link"));
  fs.symlinkSync("/nowhere", path.join(folder, "plain/dangling"));
  commit("plain");
  git("plain", "tag", "light");
  git("plain", "tag", "--annotate", "--message", "tag", "annotated");
  git("plain", "checkout", "--quiet", "-b", "side");
  write("plain", "side.txt", "side\n");
  commit("plain");
  git("plain", "checkout", "--quiet", "main");
  write("plain", "a.txt", "hello\ntwo\n");
  commit("plain");
  git("plain", "merge", "--quiet", "--message", "merge", "side");

  git(".", "clone", "--quiet", "--bare", "plain", "bare.git");
  git(".", "clone", "--quiet", "plain", "detached");
  git("detached", "checkout", "--quiet", "light");
  git(".", "clone", "--quiet", "--depth=1", `file://${folder}/plain`, "shallow");
  create("unborn");
  fs.mkdirSync(path.join(folder, "none"));

  git(".", "clone", "--quiet", "plain", "dirty");
  write("dirty", "a.txt", "changed\n");
  write("dirty", "added", "added\n");
  git("dirty", "add", "added");
  write("dirty", "untracked", "untracked\n");
  git("dirty", "rm", "--quiet", "--cached", "folder/run.sh");
  fs.rmSync(path.join(folder, "dirty/dangling"));

  create("attributes");
  const patterns = ["secret", "skip/", "*.log", "doc/**"].map((pattern) => `${pattern} export-ignore\n`).join("");
  write("attributes", ".gitattributes", `${patterns}subst export-subst\n`);
  for (const file of ["secret", "skip/file", "doc/file", "keep/secret", "keep/x.log", "keep/z", "keep/y"]) {
    write("attributes", file, `${file}\n`);
  }
  write("attributes", "keep/.gitattributes", "z export-ignore\n");
  write("attributes", "subst", "$Format:%H$\n");
  commit("attributes");

  create("inner");
  write("inner", "file", "inner\n");
  commit("inner");
  create("outer");
  write("outer", "top", "top\n");
  git("outer", "submodule", "--quiet", "add", "../inner", "modules/inner");
  commit("outer");
}

/** Expressions; `FOLDER` stands for the folder, and `REV` for the first commit of `plain`. */
export const fetches: readonly string[] = [
  "./plain",
  '"FOLDER/plain"',
  '"file://FOLDER/plain"',
  '"git+file://FOLDER/plain"',
  '{ url = ./plain; name = "named"; }',
  "{ url = ./plain; shallow = true; }",
  "{ url = ./plain; allRefs = true; }",
  '{ url = ./plain; rev = "REV"; }',
  '{ url = ./plain; rev = "REV"; ref = "main"; }',
  ...["light", "annotated", "side", "refs/heads/side", "HEAD", "nope", "a b", "@", "a..b", "x.lock", "-x", "a/.b"].map(
    (ref) => `{ url = ./plain; ref = "${ref}"; }`,
  ),
  ...["1111111111111111111111111111111111111111", "xyz", ""].map((rev) => `{ url = ./plain; rev = "${rev}"; }`),
  '{ url = ./plain; narHash = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="; }',
  "{ url = ./plain; lastModified = 5; }",
  '{ url = ./plain; rev = "REV"; revCount = 5; }',
  '{ url = ./plain; rev = "REV"; revCount = 1; }',
  "{ url = ./plain; foo = true; }",
  '{ url = ./plain; submodules = "x"; }',
  '"file://FOLDER/bare.git"',
  '{ url = "file://FOLDER/bare.git"; ref = "side"; }',
  '{ url = "file://FOLDER/bare.git"; ref = "refs/tags/light"; }',
  '{ url = "file://FOLDER/bare.git"; ref = "light"; }',
  '{ url = "file://FOLDER/bare.git"; rev = "REV"; }',
  '{ url = "file://FOLDER/bare.git"; rev = "1111111111111111111111111111111111111111"; }',
  "./detached",
  '{ url = ./detached; rev = "REV"; }',
  "{ url = ./shallow; shallow = true; }",
  '{ url = ./shallow; ref = "main"; }',
  "./unborn",
  "./none",
  "./missing",
  "./plain/folder",
  "./dirty",
  '{ url = ./dirty; ref = "main"; }',
  "./attributes",
  '{ url = ./attributes; ref = "main"; }',
  "{ url = ./attributes; exportIgnore = false; }",
  '{ url = ./attributes; ref = "main"; exportIgnore = false; }',
  "./outer",
  '{ url = ./outer; ref = "main"; }',
  "{ url = ./outer; submodules = true; }",
  '{ url = ./outer; ref = "main"; submodules = true; }',
  "{ url = ./outer; submodules = true; exportIgnore = true; }",
];
