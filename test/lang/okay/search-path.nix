let path = [ { path = toString ../files; prefix = "files"; } { path = toString ../files/tree; } { prefix = "t"; path = ../files/tree; } ]; in
[
  (builtins.findFile path "files")
  (builtins.findFile path "files/tree/a.txt")
  (builtins.findFile path "a.txt")
  (builtins.findFile path "t/sub/b.txt")
  (builtins.findFile path "nix/fetchurl.nix")
  (builtins.tryEval (builtins.findFile path "none"))
  (builtins.tryEval <none>)
  (let __findFile = path: name: "looked for ${name}"; in <anything/at/all>)
  (let __nixPath = path; in <t/sub>)
]
