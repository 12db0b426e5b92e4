// The public API of the library. It never touches the machine by itself: files, environment and clock come from the
// host that the caller passes. Only the package set that ocinix brings is read from its own package.
export { type BuildBundleOptions, type BuiltBundle, buildBundle } from "./api/build-bundle.ts";
export { type EvaluatedValue, type EvaluateOptions, evaluate, type NixSource } from "./api/evaluate.ts";
export { type ErrorPlace, EvaluationError, type ExplanationOptions } from "./api/evaluation-error.ts";
export type { NixData } from "./api/nix-data.ts";
export { BuildError, type BuildErrorCode } from "./build/build-error.ts";
export { OutLinkError, type OutLinkErrorCode } from "./build/out-link.ts";
export type { DiagnosticCode } from "./explain/diagnostic-code.ts";
export type {
  DiagnosticData,
  FrameData,
  LabelData,
  PlaceData,
  PositionData,
  RangeData,
  SuggestionData,
} from "./explain/diagnostic-data.ts";
export type { FileStat, FileType, Host, ProcessOptions, ProcessResult, WritableFiles } from "./host/host.ts";
export { FileError } from "./host/host.ts";
export { createMemoryHost, type MemoryFile, type MemoryHostOptions } from "./host/memory-host.ts";
export { createNodeHost } from "./host/node-host.ts";
export type { NixErrorKind } from "./source/nix-error.ts";
export { StoreError, type StoreErrorCode } from "./store/store-error.ts";
