let find = builtins.findFile [ { prefix = "f"; path = ../files; } ]; in
[ find (map find [ "f" "f/greeting.nix" ]) ]
