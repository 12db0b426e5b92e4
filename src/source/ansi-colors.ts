// The colours of C++ Nix, as terminals understand them.

export const red = "\x1b[31;1m";
export const green = "\x1b[32;1m";
export const blue = "\x1b[34;1m";
export const magenta = "\x1b[35;1m";
export const cyan = "\x1b[36;1m";
export const faint = "\x1b[2m";
/** Ends all of them. */
export const normal = "\x1b[0m";
