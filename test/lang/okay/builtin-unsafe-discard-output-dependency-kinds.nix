let d = derivation { name = "n"; builder = "b"; system = "s"; }; in
map (text: builtins.getContext (builtins.unsafeDiscardOutputDependency text)) [ d.drvPath "${d}" "plain" ]
