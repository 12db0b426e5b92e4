# A web server for a folder of pages, on port 8080 of the container's own network.
{
  pkgs ? import <nixpkgs> { },
}:
let
  site = pkgs.linkFarm "site" {
    "index.html" = pkgs.writeText "index.html" "<h1>It works</h1>\n";
    "about/index.html" = pkgs.writeText "about.html" "<h1>About</h1>\n";
  };
in
pkgs.ociTools.buildContainer {
  args = [
    "${pkgs.python3}/bin/python3"
    "-m"
    "http.server"
    "--directory"
    "${site}"
    "8080"
  ];
  readonly = true;
}
