# Several packages behind one PATH: an environment joins their programs.
with import <nixpkgs> { };
let
  tools = buildEnv {
    name = "tools";
    paths = [
      coreutils
      gnugrep
      gnused
    ];
    pathsToLink = [ "/bin" ];
  };
in
ociTools.buildContainer {
  args = [
    (writeShellScript "run" ''
      export PATH=${tools}/bin
      seq 1 20 | grep 5 | sed 's/^/found /'
    '')
  ];
  readonly = true;
}
