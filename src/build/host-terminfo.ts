// Terminal descriptions for programs that use the terminal. ncurses has the list of their folders compiled in. Where
// that text is long enough (Debian's and Ubuntu's), it is overwritten in place by a store path of just its length.
import { bytesFromBuffer } from "../source/bytes.ts";
import { directoryOf, type FileTree } from "../store/file-tree.ts";
import { storeDir } from "../store/store-path.ts";
import type { ElfFile } from "./elf.ts";
import { plainHostFile } from "./host-file.ts";
import type { HostObjects } from "./host-objects.ts";
import type { HostProbe } from "./host-probe.ts";

const folders = [
  "/etc/terminfo",
  "/lib/terminfo",
  "/usr/lib/terminfo",
  "/usr/share/terminfo",
  "/usr/share/lib/terminfo",
];

/** What people's terminals call themselves; a host may have thousands more. */
const commonTerminals =
  /^(alacritty|ansi|cygwin|dumb|foot|hurd|konsole|linux|pcansi|putty|rxvt|screen|st|sun|tmux|vt100|vt102|vt220|vt52|wezterm|xterm)([-+].*)?$/;

/** Not longer, or Debian's text could not hold the path. */
const objectName = "tty";
const pathLength = storeDir.length + 1 + 32 + 1 + objectName.length;

const listOfFolders = /\0((?:\/[\w./-]*\/terminfo:)+\/[\w./-]*\/terminfo)\0/;

export class TerminfoPatch {
  private readonly probe: HostProbe;
  private readonly objects: HostObjects;
  private made: string | undefined;

  constructor(probe: HostProbe, objects: HostObjects) {
    this.probe = probe;
    this.objects = objects;
  }

  /** What has to be done to the bytes of a library before it is linked; nothing for most. */
  editFor(path: string, elf: ElfFile): (bytes: Uint8Array) => Uint8Array {
    const same = (bytes: Uint8Array): Uint8Array => bytes;
    if (!/^lib(tinfo|ncurses)w?\.so/.test(elf.soname ?? "")) return same;
    const match = listOfFolders.exec(bytesFromBuffer(this.probe.read(path)));
    if (match === null || match[1]!.length < pathLength) return same;
    const database = this.database();
    if (database === undefined) return same;
    const start = match.index + 1;
    // Exactly as long as the old text, since the compiler may know its length.
    const text = database.padEnd(match[1]!.length, "/");
    return (bytes) => {
      const edited = Buffer.from(bytes);
      edited.write(text, start, "latin1");
      return edited;
    };
  }

  /** The object with the terminal descriptions; undefined on a host that has none. */
  private database(): string | undefined {
    const tree = this.tree();
    if (tree !== undefined) this.made ??= this.objects.add(objectName, tree);
    return this.made;
  }

  private tree(): FileTree | undefined {
    const letters = new Map<string, Map<string, FileTree>>();
    for (const folder of folders.filter((path) => this.probe.isFolder(path))) {
      for (const letter of this.probe.list(folder).filter((path) => this.probe.isFolder(`${folder}/${path}`))) {
        const entries = letters.get(letter) ?? new Map<string, FileTree>();
        for (const name of this.probe.list(`${folder}/${letter}`).filter((name) => commonTerminals.test(name))) {
          const path = `${folder}/${letter}/${name}`;
          const stat = this.probe.stat(path);
          if (stat?.type !== "regular" || entries.has(name)) continue;
          entries.set(name, plainHostFile(this.probe.files, path, stat));
        }
        if (entries.size > 0) letters.set(letter, entries);
      }
    }
    if (letters.size === 0) return undefined;
    return directoryOf(new Map(Array.from(letters, ([letter, entries]) => [letter, directoryOf(entries)])));
  }
}
