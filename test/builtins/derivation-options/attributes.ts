// Attributes that C++ Nix 2.36 looks at before it makes a derivation.
export const attributes: readonly string[] = [
  `exportReferencesGraph = "a";`,
  `exportReferencesGraph = "1a /x";`,
  `exportReferencesGraph = [ "a" "/x" ];`,
  `exportReferencesGraph = [ "a" "/nix/store/2z2hg13zq3ajynnbhsxlr4ii0bh6rzbc-x/y" ];`,
  `exportReferencesGraph = [ "a" "/nix/store/x" ];`,
  `exportReferencesGraph = [ "a" (derivation { name = "d"; builder = "b"; system = "s"; }) "b" "/nix/store" ];`,
  `exportReferencesGraph = "a"; outputHash = ""; outputHashAlgo = "sha256";`,
  `requiredSystemFeatures = 1; preferLocalBuild = "x";`,
  `requiredSystemFeatures = "builder-rpc-v0";`,
  `__json = "{\\"preferLocalBuild\\": 1}";`,
  ...[
    "exportReferencesGraph = 1;",
    `exportReferencesGraph.a = "/x";`,
    "exportReferencesGraph.a = [ 1 ];",
    `exportReferencesGraph.a = [ [ "/nix/store/2z2hg13zq3ajynnbhsxlr4ii0bh6rzbc-x" ] ];`,
    `exportReferencesGraph.a = [ "b" "a" ];`,
    "outputChecks = 1;",
    "outputChecks.out = 1;",
    "outputChecks.out.allowedReferences = 1;",
    "outputChecks.out.allowedReferences = [ 1 ];",
    "outputChecks.out.disallowedRequisites = { a = 1.5; };",
    `outputChecks.out.maxSize = "a";`,
    "outputChecks.out.maxSize = true;",
    "outputChecks.out.maxClosureSize = -1;",
    "unsafeDiscardReferences = 1;",
    "unsafeDiscardReferences.out = 1;",
    "preferLocalBuild = 1;",
    `allowSubstitutes = "no";`,
    `requiredSystemFeatures = "a";`,
    "requiredSystemFeatures = [ 1 ];",
    `requiredSystemFeatures = [ "builder-rpc-v0" ];`,
    "__sandboxProfile = 1;",
    "__noChroot = [ ];",
    `impureEnvVars = "A";`,
    "__impureHostDeps = 1;",
    "__darwinAllowLocalNetworking = null;",
    "passAsFile = [ 1 ];",
  ].map((text) => `__structuredAttrs = true; ${text}`),
];

/** The derivation that has them. */
export function derivationWith(text: string): string {
  return `(derivationStrict { name = "n"; builder = "b"; system = "s"; ${text} }).drvPath`;
}
