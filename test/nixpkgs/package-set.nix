# The embedded package set for tests: programs do not come from the machine, but are files with nothing but their name
# in them. So the store paths are the same everywhere, also for an evaluator that knows no programs of the machine.
builtins.scopedImport {
  __hostPackage = package: {
    outPath = builtins.toFile package.pname package.pname;
    version = null;
  };
} ../../nixpkgs
