// What binary caches did not have a short time ago: most of what a build asks for is in none, and need not be asked for at
// each build. One empty file for each object, in a folder for each cache; what cannot be read or written is as if it were not.
import { FileError, type Host } from "../host/host.ts";
import { hashBase16 } from "../store/hash.ts";

export class AbsenceCache {
  private readonly host: Host;
  private readonly dir: string;
  private readonly seconds: number;

  /** Keeps its files in a folder (absolute), and believes them for so many seconds. */
  constructor(host: Host, dir: string, seconds: number) {
    this.host = host;
    this.dir = dir;
    this.seconds = seconds;
  }

  /** Whether the cache at this URL did not have the object with this hash part. Does not throw. */
  has(url: string, hashPart: string): boolean {
    try {
      const age = this.host.now() - (this.host.files.stat(this.pathOf(url, hashPart))?.mtimeMs ?? 0) / 1000;
      return age < this.seconds;
    } catch (error) {
      if (error instanceof FileError) return false;
      throw error;
    }
  }

  /** Does not throw. */
  add(url: string, hashPart: string): void {
    if (this.seconds === 0) return;
    try {
      const path = this.pathOf(url, hashPart);
      this.host.files.makeDir(path.slice(0, path.lastIndexOf("/")));
      this.host.files.writeFile(path, new Uint8Array());
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
    }
  }

  private pathOf(url: string, hashPart: string): string {
    return `${this.dir}/${hashBase16("sha256", url).slice(0, 16)}/${hashPart}`;
  }
}
