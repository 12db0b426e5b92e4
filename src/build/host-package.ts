// A package made of this host's programs: found, linked to store libraries, with the data they need, as store objects.
// Whatever has to refer to the package itself (a wrapper that sets a variable) is a second object around the first.
import { FileError, type ReadableFiles } from "../host/host.ts";
import type { Sighting } from "../host/sighting.ts";
import { bufferFromBytes } from "../source/bytes.ts";
import type { EvalStore, StorePath } from "../store/eval-store.ts";
import { directoryOf, type FileTree, fileOf, linkTo } from "../store/file-tree.ts";
import { type FolderRules, HostFiles, relativePath } from "./host-files.ts";
import { HostLibraries, storeName } from "./host-libraries.ts";
import { type HostObject, HostObjects } from "./host-objects.ts";
import { HostPackageError } from "./host-package-error.ts";
import { HostProbe } from "./host-probe.ts";
import { busyboxApplets, npmFolder, perlFolders, pythonFolders, type RuntimeFolder } from "./host-runtime.ts";
import { installedVersion } from "./host-version.ts";

/** Kinds of programs whose data is found by rules of their own. */
export const runtimes = ["busybox", "node", "perl", "python"] as const;

/** What a package is made of, all of it byte strings. */
export interface HostPackageDescription {
  /** What messages call it. */
  readonly attr: string;
  readonly pname: string;
  /** Names of programs; those that the host lacks are left out. */
  readonly programs: readonly string[];
  /** The programs and files without which there is no package. */
  readonly required: readonly string[];
  /** Folders where programs are looked for first; may contain `*`. */
  readonly folders: readonly string[];
  /** More names in `bin/`, and the program that each stands for. */
  readonly links: Readonly<Record<string, string>>;
  /** Where files and folders go in the package, and where they may be on the host; the first that exists is taken. */
  readonly files: Readonly<Record<string, readonly string[]>>;
  /** Paths in the package that are left out of these; `*` stands for anything within a name. */
  readonly exclude: readonly string[];
  /** Variables that programs are started with unless they are set, and the path in the package that each names. */
  readonly environment: Readonly<Record<string, string>>;
  /** What programs get as their first arguments, as text for a shell; `@package@` is the store object. */
  readonly arguments: Readonly<Record<string, string>>;
  readonly runtime: (typeof runtimes)[number] | undefined;
  /** The Debian package to install. */
  readonly apt: string | undefined;
}

/** The store object of the package that has this interpreter; undefined when a package knows none for it. */
export type InterpreterPackages = (name: string) => StorePath | undefined;

export interface HostPackage {
  readonly path: StorePath;
  /** What was made, references first. */
  readonly objects: readonly HostObject[];
  /** Everything of the host that was looked at. */
  readonly sightings: ReadonlyMap<string, Sighting>;
  /** The interpreters that were asked for, and which packages they were. */
  readonly interpreters: ReadonlyMap<string, StorePath | undefined>;
}

const standardFolders = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/**
 * Makes the package and adds its objects to the store. Programs are looked for in the system's folders and then in
 * those of `searchPath`. Throws HostPackageError, with a message for the user, when the host cannot give it.
 */
export function makeHostPackage(
  files: ReadableFiles,
  store: EvalStore,
  description: HostPackageDescription,
  searchPath: readonly string[],
  interpreters: InterpreterPackages,
): HostPackage {
  const maker = new PackageMaker(files, store, description, searchPath, interpreters);
  try {
    return maker.make();
  } catch (error) {
    if (error instanceof HostPackageError) throw new HostPackageError(explain(description, error.message));
    if (error instanceof FileError) {
      throw new HostPackageError(explain(description, `cannot read '${error.path}': ${error.reason}`));
    }
    throw error;
  }
}

function explain({ attr, apt }: HostPackageDescription, problem: string): string {
  const install = apt === undefined ? "Install it" : `Install it (on Debian or Ubuntu: apt-get install ${apt})`;
  return (
    `the package '${attr}' of the built-in <nixpkgs> is made of this machine's own programs, but ${problem}.\n` +
    `${install}, or use the real nixpkgs: put it into NIX_PATH or give -I nixpkgs=PATH.`
  );
}

class PackageMaker {
  private readonly description: HostPackageDescription;
  private readonly searchPath: readonly string[];
  private readonly probe: HostProbe;
  private readonly objects: HostObjects;
  private readonly libraries: HostLibraries;
  private readonly contents: HostFiles;
  private readonly packages: InterpreterPackages;
  private readonly asked = new Map<string, StorePath | undefined>();
  /** The package's files by their path in it. */
  private readonly entries = new Map<string, FileTree>();
  /** Variables whose value is a list, to which the wrapper appends. */
  private readonly lists = new Map<string, readonly string[]>();

  constructor(
    files: ReadableFiles,
    store: EvalStore,
    description: HostPackageDescription,
    searchPath: readonly string[],
    packages: InterpreterPackages,
  ) {
    this.description = description;
    this.searchPath = searchPath;
    this.packages = packages;
    this.probe = new HostProbe(files);
    this.objects = new HostObjects(store);
    this.libraries = new HostLibraries(this.probe, this.objects);
    this.contents = new HostFiles(this.probe, this.libraries, (name) => this.interpreter(name));
  }

  make(): HostPackage {
    const { description } = this;
    const programs = this.findPrograms();
    this.contents.setDefaultLibc(programs.values());
    for (const [place, patterns] of Object.entries(description.files)) this.addFiles(place, patterns);
    for (const folder of this.runtimeFolders(programs)) this.addFolder(folder);
    for (const [name, path] of programs) this.addProgram(name, path);
    for (const [name, program] of Object.entries(this.links(programs))) {
      const place = `bin/${name}`;
      if (this.entries.has(`bin/${program}`) && !this.entries.has(place)) {
        this.entries.set(place, linkTo(relativePath(place, `bin/${program}`)));
      }
    }
    if (this.entries.size === 0) {
      throw new HostPackageError(`none of '${description.programs.join("', '")}' is on it`);
    }
    const path = this.addObjects(programs);
    return {
      path,
      objects: this.objects.closure([path]),
      sightings: this.probe.sightings(),
      interpreters: this.asked,
    };
  }

  /** Program -> its file, without symlinks. */
  private findPrograms(): ReadonlyMap<string, string> {
    const { programs, required, folders } = this.description;
    const searched = [
      ...new Set([...folders.flatMap((pattern) => this.expand(pattern)), ...standardFolders, ...this.searchPath]),
    ];
    const found = new Map<string, string>();
    for (const name of programs) {
      const path = name.includes("/") ? this.usable(name) : this.findProgram(name, searched);
      if (path !== undefined) found.set(name.slice(name.lastIndexOf("/") + 1), path);
      else if (required.includes(name)) {
        throw new HostPackageError(`there is no program '${name}' on it (looked for in ${searched.join(", ")})`);
      }
    }
    return found;
  }

  private findProgram(name: string, folders: readonly string[]): string | undefined {
    for (const folder of folders) {
      const path = this.usable(`${folder}/${name}`);
      if (path !== undefined) return path;
    }
    return undefined;
  }

  private usable(path: string): string | undefined {
    const stat = this.probe.stat(path);
    return stat?.type === "regular" && stat.executable ? this.probe.real(path) : undefined;
  }

  private addProgram(name: string, path: string): void {
    const { required } = this.description;
    try {
      this.entries.set(`bin/${name}`, this.contents.program(path, `bin/${name}`));
    } catch (error) {
      const isOptional = !required.some((wanted) => wanted === name || wanted.endsWith(`/${name}`));
      if (isOptional && (error instanceof HostPackageError || error instanceof FileError)) return;
      throw error;
    }
  }

  private addFiles(place: string, patterns: readonly string[]): void {
    const path = patterns.flatMap((pattern) => this.expand(pattern)).find((candidate) => this.probe.stat(candidate));
    if (path !== undefined) {
      const excluded = this.description.exclude.map(patternOf);
      const keep = (below: string): boolean => !excluded.some((pattern) => pattern.test(`${place}/${below}`));
      this.addFolder({ path, place, rules: { keep } });
    } else if (this.description.required.includes(place)) {
      throw new HostPackageError(`there is no ${patterns.map((pattern) => `'${pattern}'`).join(" and no ")} on it`);
    }
  }

  private addFolder({ path, place, rules }: { path: string; place: string; rules: FolderRules }): void {
    this.entries.set(place, this.contents.data(path, place, rules));
  }

  private runtimeFolders(programs: ReadonlyMap<string, string>): RuntimeFolder[] {
    const main = programs.get(this.description.programs[0] ?? "");
    if (main === undefined) return [];
    switch (this.description.runtime) {
      case "python":
        return this.required(
          pythonFolders(this.probe, main, this.interpreter("sh")),
          `the standard library of '${main}' is not on it`,
        );
      case "perl": {
        const binaries = [main, ...this.libraries.neededFiles(main, /^libperl\.so/)];
        const found = this.required(perlFolders(this.probe, binaries), `the modules of '${main}' are not on it`);
        this.lists.set(
          "PERL5LIB",
          found.map(({ place }) => place),
        );
        return found;
      }
      default:
        return [];
    }
  }

  private required(folders: RuntimeFolder[], problem: string): RuntimeFolder[] {
    if (folders.length === 0) throw new HostPackageError(problem);
    return folders;
  }

  private links(programs: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
    const { runtime, links } = this.description;
    const main = runtime && programs.get(this.description.programs[0]!);
    if (main === undefined) return links;
    if (runtime === "busybox") {
      return Object.fromEntries(busyboxApplets(this.probe.read(main)).map((name) => [name, "busybox"]));
    }
    if (runtime === "python")
      return { ...links, [main.slice(main.lastIndexOf("/") + 1)]: this.description.programs[0]! };
    return links;
  }

  /** The paths of the host that a pattern with `*` stands for, highest version first. */
  private expand(pattern: string): string[] {
    let paths = [""];
    for (const part of pattern.split("/").slice(1)) {
      if (!part.includes("*")) paths = paths.map((path) => `${path}/${part}`);
      else {
        const [start, end] = part.split("*");
        paths = paths.flatMap((path) =>
          this.probe.isFolder(path)
            ? this.probe
                .list(path)
                .filter((name) => name.startsWith(start!) && name.endsWith(end!))
                .sort((a, b) => b.localeCompare(a, "en", { numeric: true }))
                .map((name) => `${path}/${name}`)
            : [],
        );
      }
    }
    return paths;
  }

  private interpreter(name: string): string | undefined {
    const known = canonicalInterpreter(name);
    const path = this.interpreterPackage(known);
    return path === undefined ? undefined : `${path}/bin/${known}`;
  }

  private interpreterPackage(name: string): StorePath | undefined {
    if (!this.asked.has(name)) this.asked.set(name, this.packages(name));
    return this.asked.get(name);
  }

  private addObjects(programs: ReadonlyMap<string, string>): StorePath {
    const { pname, apt } = this.description;
    const version = apt === undefined ? undefined : installedVersion(this.probe.files, apt);
    const name = storeName(version === undefined ? pname : `${pname}-${version}`);
    const wrapper = this.wrapper();
    const npm = this.description.runtime === "node" ? npmFolder(this.probe, programs.get("node")) : undefined;
    if (wrapper === undefined && npm === undefined) return this.objects.add(name, treeOf(this.entries), this.used());
    const inner = this.objects.add(`${name}-unwrapped`, treeOf(this.entries), this.used());
    const outer = new Map<string, FileTree>();
    for (const place of this.entries.keys()) {
      const top = place.split("/", 1)[0]!;
      if (top !== "bin") outer.set(top, linkTo(`${inner}/${top}`));
      else {
        const script = wrapper?.(inner, place);
        outer.set(place, script === undefined ? linkTo(`${inner}/${place}`) : fileOf(bufferFromBytes(script), true));
      }
    }
    if (npm !== undefined) this.addNpm(npm, `${inner}/bin/node`, outer);
    return this.objects.add(name, treeOf(outer), this.used());
  }

  private used(): StorePath[] {
    return [...this.asked.values()].filter((path) => path !== undefined);
  }

  /** The script to start a program of the package with; undefined when all can be started as they are. */
  private wrapper(): ((inner: StorePath, place: string) => string | undefined) | undefined {
    const { environment, arguments: given } = this.description;
    const variables = Object.entries(environment).filter(([, place]) => this.hasPlace(place));
    if (variables.length === 0 && this.lists.size === 0 && Object.keys(given).length === 0) return undefined;
    const shell = this.interpreter("bash");
    if (shell === undefined) throw new HostPackageError("its programs need a shell to be started with");
    return (inner, place) => {
      const settings = [
        ...variables.map(([variable, path]) => `export ${variable}="\${${variable}-${inner}/${path}}"\n`),
        ...Array.from(this.lists, ([variable, paths]) =>
          appendTo(
            variable,
            paths.map((path) => `${inner}/${path}`),
          ),
        ),
      ];
      const first = given[place.slice("bin/".length)]?.replaceAll("@package@", inner);
      if (settings.length === 0 && first === undefined) return undefined;
      const program = `${inner}/${place}${first === undefined ? "" : ` ${first}`}`;
      return `#!${shell}\n${settings.join("")}exec -a "$0" ${program} "$@"\n`;
    };
  }

  /** npm is scripts for the very node of the package, so that only an object of its own can hold it. */
  private addNpm(folder: string, node: string, outer: Map<string, FileTree>): void {
    const contents = new HostFiles(this.probe, this.libraries, (name) =>
      name === "node" ? node : this.interpreter(name),
    );
    const place = "lib/node_modules/npm";
    outer.set(place, contents.data(folder, place, { keep: (path) => !/^(docs|man)$/.test(path) }));
    for (const name of ["npm", "npx"]) outer.set(`bin/${name}`, linkTo(`../${place}/bin/${name}-cli.js`));
  }

  private hasPlace(place: string): boolean {
    return [...this.entries.keys()].some((entry) => place === entry || place.startsWith(`${entry}/`));
  }
}

/** A line of shell that appends to a list of folders unless they are in it, for a program that calls itself. */
function appendTo(variable: string, folders: readonly string[]): string {
  const list = folders.join(":");
  return `case "$${variable}" in *${list}*) ;; *) export ${variable}="\${${variable}:+$${variable}:}${list}" ;; esac\n`;
}

/** The name under which packages have an interpreter. */
function canonicalInterpreter(name: string): string {
  if (/^python3?(\.\d+)?$/.test(name)) return "python3";
  if (/^perl[0-9.]*$/.test(name)) return "perl";
  if (name === "dash" || name === "ash") return "sh";
  return name === "nodejs" ? "node" : name;
}

function patternOf(exclude: string): RegExp {
  const parts = exclude.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^/]*")}$`);
}

/** The folder of these files and folders, by their paths in it. */
function treeOf(entries: ReadonlyMap<string, FileTree>): FileTree {
  const top = new Map<string, FileTree>();
  const folders = new Map<string, Map<string, FileTree>>();
  for (const [path, tree] of entries) {
    const slash = path.indexOf("/");
    if (slash < 0) top.set(path, tree);
    else {
      const name = path.slice(0, slash);
      const below = folders.get(name) ?? new Map<string, FileTree>();
      folders.set(name, below.set(path.slice(slash + 1), tree));
    }
  }
  for (const [name, below] of folders) top.set(name, treeOf(below));
  return directoryOf(top);
}
