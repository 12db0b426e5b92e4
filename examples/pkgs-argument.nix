# A function whose argument can be given: `ocinix build --arg pkgs 'import <nixpkgs> { overlays = [ … ]; }' FILE`.
{
  pkgs ? import <nixpkgs> { },
}:
pkgs.ociTools.buildContainer {
  args = [ (pkgs.writeShellScript "run" "echo \"this is bash $BASH_VERSION\"") ];
  readonly = true;
}
