builtins.compareVersions "1" [ ]
