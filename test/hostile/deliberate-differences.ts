// Where ocinix ends otherwise than C++ Nix, and why.

const derivation = 'let d = derivation { name = "d"; system = "s"; builder = "b"; }; in';
const file = '(builtins.toFile "n" "t")';
const readable = "what an evaluation put into the store can be read, also where nothing is written";

const readingOfDerivations = [
  "import d",
  "builtins.readFile d",
  "builtins.readFile d.drvPath",
  "builtins.pathExists d",
];
const readingOfFiles = [
  "filterSource (p: t: true)",
  'hashFile "md5"',
  "import",
  "pathExists",
  "readDir",
  "readFile",
  "readFileType",
  "scopedImport { }",
];

/** Reasons by the names of cases. */
export const deliberateDifferences: ReadonlyMap<string, string> = new Map([
  ...readingOfDerivations.map((use) => [`${derivation} ${use}`, readable] as const),
  ...readingOfFiles.map((use) => [`builtins.${use} ${file}`, readable] as const),
]);
