// The files that ocinix brings for `<nix/…>`, as C++ Nix does: texts by path.

/** `fetchurl` as a derivation of the builder `builtin:fetchurl`: nothing is downloaded before it is built. */
const fetchurl = `
{
  url,
  name ? baseNameOf (toString url),
  unpack ? false,
  executable ? false,
  impure ? false,
  # In SRI form; it goes before those that follow.
  hash ? "",
  sha512 ? "",
  sha1 ? "",
  md5 ? "",
  sha256 ? "",
  outputHash ? builtins.head (builtins.filter (text: text != "") [ hash sha512 sha1 md5 ] ++ [ sha256 ]),
  outputHashAlgo ?
    (builtins.head (
      builtins.filter (way: way.text != "") [
        { text = hash; algorithm = ""; }
        { text = sha512; algorithm = "sha512"; }
        { text = sha1; algorithm = "sha1"; }
        { text = md5; algorithm = "md5"; }
        { text = "none of them"; algorithm = "sha256"; }
      ]
    )).algorithm,
  # Old programs pass it; it has no meaning.
  system ? "",
}:

let
  content = if impure then { __impure = true; } else { inherit outputHash outputHashAlgo; };
in
derivation (content // {
  inherit name url unpack executable;
  urls = [ url ];
  builder = "builtin:fetchurl";
  system = "builtin";
  outputHashMode = if executable || unpack then "recursive" else "flat";
  preferLocalBuild = true;
  # Part of the derivation's hash, and so of its path.
  impureEnvVars = map (protocol: protocol + "_proxy") [ "http" "https" "ftp" "all" "no" ];
})
`;

export const internalFiles: ReadonlyMap<string, string> = new Map([["/fetchurl.nix", fetchurl]]);
