# Packages of one's own in the package set, by overlays: later ones change what earlier ones made.
with import <nixpkgs> {
  overlays = [
    (final: prev: {
      message = "hello";
      greet = final.writeShellScriptBin "greet" "echo '${final.message}'";
    })
    (final: prev: { message = "${prev.message} from an overlay"; })
  ];
};
ociTools.buildContainer {
  args = [ (lib.getExe greet) ];
  readonly = true;
}
