// Programs whose data cannot be described by fixed paths, because it depends on their version: where Python's and
// Perl's libraries are, and which programs a busybox is.
import { bufferFromBytes, bytesFromBuffer } from "../source/bytes.ts";
import type { FileTree } from "../store/file-tree.ts";
import { changedHostFile } from "./host-file.ts";
import type { FolderRules } from "./host-files.ts";
import type { HostProbe } from "./host-probe.ts";

/** A folder of the host that belongs into a package. */
export interface RuntimeFolder {
  readonly path: string;
  /** In the package. */
  readonly place: string;
  readonly rules: FolderRules;
}

/**
 * Python finds its library beside the folder of its program. Only the standard library is taken, not what is installed
 * for it. `program` leads through no symlink; `shell` is what shell commands are run with.
 */
export function pythonFolders(probe: HostProbe, program: string, shell: string | undefined): RuntimeFolder[] {
  const prefix = program.slice(0, program.lastIndexOf("/bin/"));
  const found: RuntimeFolder[] = [];
  for (const lib of ["lib", "lib64"]) {
    const folder = `${prefix}/${lib}`;
    if (!probe.isFolder(folder) || probe.real(folder) !== folder) continue;
    const own = /python3\.\d+/.exec(program.slice(program.lastIndexOf("/")))?.[0];
    for (const name of probe.list(folder).filter((entry) => (own ? entry === own : /^python3\.\d+$/.test(entry)))) {
      const path = `${folder}/${name}`;
      if (!probe.isFile(`${path}/os.py`) && !probe.isFolder(`${path}/lib-dynload`)) continue;
      found.push({ path, place: `${lib}/${name}`, rules: pythonRules(probe, shell) });
    }
  }
  return found;
}

const notPython =
  /^(site-packages|dist-packages|test|config-[^/]*|EXTERNALLY-MANAGED)$|\.a$|\.opt-[12]\.pyc$|\.pyc\.[0-9]+$/;

function pythonRules(probe: HostProbe, shell: string | undefined): FolderRules {
  return {
    keep: (path) => !notPython.test(path) && (!path.endsWith(".pyc") || /(^|\/)__pycache__\/[^/]+$/.test(path)),
    change(path, hostPath) {
      if (path.endsWith(".pyc")) return compiledPython(probe, hostPath);
      return path === "subprocess.py" && shell !== undefined ? withShell(probe, hostPath, shell) : undefined;
    },
  };
}

/** The module that starts shell commands, with the store's shell in place of /bin/sh. Its compiled form is then stale. */
function withShell(probe: HostProbe, path: string, shell: string): FileTree | undefined {
  if (!probe.isFile(path)) return undefined;
  return changedHostFile(probe.files, path, false, (bytes) =>
    bufferFromBytes(bytesFromBuffer(bytes).replaceAll("'/bin/sh'", () => `'${shell}'`)),
  );
}

/**
 * A compiled module says of which modification time its source is; in the store that is 1. One that is out of date
 * stays as it is, and Python ignores it as it did.
 */
function compiledPython(probe: HostProbe, path: string): FileTree | undefined {
  const source = path.replace(/__pycache__\/([^/]*)\.[^/.]+\.pyc$/, "$1.py");
  const stat = probe.stat(source);
  if (stat === undefined || !probe.isFile(path)) return undefined;
  const mtime = Math.floor(stat.mtimeMs / 1000) % 0x1_0000_0000;
  const isCurrent = (view: Buffer): boolean =>
    view.length > 16 &&
    view.readUInt32LE(4) === 0 &&
    view.readUInt32LE(8) === mtime &&
    view.readUInt32LE(12) === stat.size;
  return changedHostFile(probe.files, path, false, (bytes) => {
    const view = Buffer.from(bytes);
    if (isCurrent(view)) view.writeUInt32LE(1, 8);
    return view;
  });
}

const perlLandmarks = ["strict.pm", "Config.pm", "English.pm", "POSIX.pm"];

/**
 * The folders of Perl's own modules. Their paths are compiled into the program or the library that it needs, among
 * those for modules that are installed later; ours are the ones with modules that every Perl has.
 */
export function perlFolders(probe: HostProbe, binaries: readonly string[]): RuntimeFolder[] {
  const texts = binaries.flatMap((path) =>
    Array.from(bytesFromBuffer(probe.read(path)).matchAll(/\0(\/[!-~]*perl[!-~]*)(?=\0)/g), ([, text]) => text!),
  );
  return [...new Set(texts)]
    .filter((path) => perlLandmarks.some((name) => probe.isFile(`${path}/${name}`)))
    .map((path) => ({
      path,
      place: path.replace(/^\/(usr\/(local\/)?)?/, ""),
      rules: { keep: (below) => !/^(vendor_perl|site_perl)$|\.(a|pod)$/.test(below) },
    }));
}

/** The folder of the npm that was installed together with a node; Debian's own is spread over many packages. */
export function npmFolder(probe: HostProbe, node: string | undefined): string | undefined {
  const path = `${node?.slice(0, node.lastIndexOf("/bin/"))}/lib/node_modules/npm`;
  return node !== undefined && probe.isFile(`${path}/bin/npm-cli.js`) ? path : undefined;
}

/** The programs that a busybox can be, from the sorted list of their names in it. */
export function busyboxApplets(bytes: Uint8Array): string[] {
  const text = bytesFromBuffer(bytes);
  const start = /\0\[\0\[\[\0/.exec(text)?.index;
  if (start === undefined) return [];
  const names: string[] = [];
  for (let at = start + 1; ; ) {
    const end = text.indexOf("\0", at);
    const name = text.slice(at, end);
    const last = names.at(-1);
    if (!/^[\w.[+-]+$/.test(name) || (last !== undefined && name <= last)) return names;
    names.push(name);
    at = end + 1;
  }
}
