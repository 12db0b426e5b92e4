[
  <nix/fetchurl.nix>
  (builtins.pathExists <nix/fetchurl.nix>)
  (builtins.functionArgs (import <nix/fetchurl.nix>))
  (import <nix/fetchurl.nix> {
    url = "https://example.org/a.tar";
    sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  })
]
