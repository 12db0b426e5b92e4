# Several containers in one file, built one by one: `ocinix build -A web.container several-containers.nix`.
with import <nixpkgs> { };
let
  greeting = writeText "greeting" "hello\n";
  show =
    who:
    ociTools.buildContainer {
      args = [
        (writeShellScript "run" ''
          echo -n "${who}: "
          ${coreutils}/bin/cat ${greeting}
        '')
      ];
      readonly = true;
    };
in
{
  web.container = show "web";
  worker.container = show "worker";
}
