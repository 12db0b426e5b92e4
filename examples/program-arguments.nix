# A program of a package with arguments, and no script around it.
with import <nixpkgs> { };
ociTools.buildContainer {
  args = [
    "${coreutils}/bin/printf"
    "%s, %s\n"
    "several words"
    "$HOME is not expanded"
  ];
  readonly = true;
}
