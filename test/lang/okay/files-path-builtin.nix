let path = attrs: builtins.path ({ path = ../files/tree; } // attrs); in
[
  (path { })
  (path { name = "named"; })
  (path { name = ""; })
  (path { filter = path: type: builtins.trace "${baseNameOf path} ${type}" (type != "symlink"); })
  (path { path = ../files/tree/a.txt; recursive = false; })
  (path { path = ../files/tree/link; recursive = false; })
  (path { path = ../files/tree/folder-link; })
  (path { path = ../files/tree/a.txt; recursive = false; sha256 = builtins.hashFile "sha256" ../files/tree/a.txt; })
]
