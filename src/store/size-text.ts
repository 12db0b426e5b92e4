// Sizes for people, as C++ Nix writes them: at least in KiB, with one digit behind the point.

const units = ["K", "K", "M", "G", "T", "P", "E", "Z", "Y"];

/** Of a number of bytes; aligned, the number takes six places. */
export function sizeText(bytes: number, aligned = false): string {
  let unit = 0;
  for (let rest = Math.abs(bytes); rest > 1024 && unit < units.length - 1; rest = Math.floor(rest / 1024)) unit++;
  const number = (bytes / 1024 ** Math.max(1, unit)).toFixed(1);
  return `${aligned ? number.padStart(6) : number} ${units[unit]}iB`;
}
