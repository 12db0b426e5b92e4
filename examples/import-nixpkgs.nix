# The names of the package set by `with`: no prelude is needed, so other Nix tools read this file too.
with import <nixpkgs> { };
ociTools.buildContainer {
  args = [
    (writeShellScript "run" ''
      echo "hello from a container of $(${coreutils}/bin/ls / | ${coreutils}/bin/wc -l) folders"
    '')
  ];
  readonly = true;
}
