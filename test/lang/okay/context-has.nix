let d = derivation { name = "d"; system = "s"; builder = "b"; }; in
map builtins.hasContext [ "" "${d}" d.drvPath (builtins.substring 0 0 "${d}") (builtins.unsafeDiscardStringContext "${d}") "${../files/nul}" ]
