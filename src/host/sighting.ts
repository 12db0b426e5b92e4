// How a path was found, for whoever keeps what was made of it and wants to know later whether it is as it was.
import type { FileStat, Host } from "./host.ts";

/** For comparison only; a path where nothing was has the empty one. */
export type Sighting = string;

export function sightingOf(stat: FileStat | undefined): Sighting {
  if (stat === undefined) return "";
  const { type, mode, mtimeMs, inode, device } = stat;
  // A folder's size says nothing, and its modification time says whether names came or went.
  const size = type === "directory" ? 0 : stat.size;
  return `${type[0]}${mode.toString(8)}:${size}:${mtimeMs}:${inode}:${device}`;
}

/** In ms. */
const settlingTime = 2000;

/** Whether a change from now on will be seen: a file that has just been written may be so again within its time stamp. */
export function isSettled({ mtimeMs }: FileStat, host: Host): boolean {
  return mtimeMs < host.now() * 1000 - settlingTime;
}
