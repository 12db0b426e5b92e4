builtins.hashFile "md5" null
