// Whose code it is: frames of a library tell a person little about their own. Known are the package set that ocinix
// brings, nixpkgs' lib and its machinery wherever a tree of it lies, and Nix's own definition of `derivation`.
import type { Interpreter } from "../evaluator/interpreter.ts";
import type { Pos, Source } from "../source/position.ts";

export class LibraryCode {
  private readonly interpreter: Interpreter;
  private readonly known = new Map<Source, string | undefined>();

  constructor(interpreter: Interpreter) {
    this.interpreter = interpreter;
  }

  /** `lib`, `nixpkgs` or `derivation`; undefined for the user's code and for no position. */
  nameAt(pos: Pos): string | undefined {
    const source = this.interpreter.positions.sourceOf(pos);
    if (source === undefined) return undefined;
    if (!this.known.has(source)) this.known.set(source, this.nameOf(source));
    return this.known.get(source);
  }

  /** Whether it is code that ocinix brings, which a user did not choose to see. */
  isOurs(pos: Pos): boolean {
    const origin = this.interpreter.positions.sourceOf(pos)?.origin;
    const { embedded } = this.interpreter;
    if (origin?.kind === "file") return embedded !== undefined && origin.path.startsWith(`${embedded.dir}/`);
    return origin?.kind === "internal";
  }

  /** Whether a file is part of a tree of nixpkgs, its packages included. */
  isPackageSet({ origin }: Source): boolean {
    if (origin.kind !== "file") return false;
    for (const folder of foldersBefore(origin.path, "/pkgs/")) {
      if (this.exists(`${folder}/pkgs/top-level/all-packages.nix`)) return true;
    }
    return false;
  }

  private nameOf({ origin }: Source): string | undefined {
    if (origin.kind === "internal") return "derivation";
    if (origin.kind !== "file") return undefined;
    const { path } = origin;
    const { embedded } = this.interpreter;
    if (embedded !== undefined && path.startsWith(`${embedded.dir}/`)) {
      return path.startsWith(`${embedded.dir}/lib/`) ? "lib" : "nixpkgs";
    }
    // Only a file of nixpkgs has these beside it or around it.
    for (const folder of foldersBefore(path, "/lib/")) {
      if (this.exists(`${folder}/lib/fixed-points.nix`) && this.exists(`${folder}/lib/trivial.nix`)) return "lib";
    }
    for (const folder of foldersBefore(path, "/pkgs/")) {
      const rest = path.slice(folder.length);
      const isMachinery = /^\/pkgs\/(?:stdenv|build-support|top-level)\//.test(rest);
      if (isMachinery && this.exists(`${folder}/pkgs/top-level/all-packages.nix`)) return "nixpkgs";
    }
    return undefined;
  }

  private exists(path: string): boolean {
    try {
      return this.interpreter.files.lstat(path) !== undefined;
    } catch {
      return false;
    }
  }
}

/** What comes before each occurrence of a part in a path. */
function* foldersBefore(path: string, part: string): Generator<string, void, void> {
  for (let at = path.indexOf(part); at >= 0; at = path.indexOf(part, at + 1)) yield path.slice(0, at);
}
