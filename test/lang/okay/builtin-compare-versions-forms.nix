[
  (builtins.compareVersions "1.0" "1.0")
  (builtins.compareVersions "1.0pre" "1.0")
  (builtins.compareVersions "2" "10")
  (builtins.compareVersions "" "1")
  (builtins.compareVersions "a" "1")
  (map (builtins.compareVersions "1.5") [ "1.4" "1.5.0" "1.5pre" ])
]
