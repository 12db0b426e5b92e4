# A function that says which packages it needs; they are passed by name, as `pkgs.callPackage` does.
{
  ociTools,
  lib,
  bash,
}:
ociTools.buildContainer {
  args = [ (lib.getExe bash) ];
  readonly = false;
}
