builtins.hashString "md5" (throw "text")
