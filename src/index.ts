// The public API of the library. It never touches the machine by itself: files, environment and clock come from the
// host that the caller passes.
export type { FileStat, FileType, Host, ProcessOptions, ProcessResult, WritableFiles } from "./host/host.ts";
export { FileError } from "./host/host.ts";
export { createMemoryHost, type MemoryFile, type MemoryHostOptions } from "./host/memory-host.ts";
export { createNodeHost } from "./host/node-host.ts";
export { NixError, type NixErrorKind } from "./source/nix-error.ts";
