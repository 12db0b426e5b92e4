[ (builtins.seq [ (throw "not forced") ] 1) (builtins.seq { a = throw "not forced"; } 2) (builtins.seq null) ]
