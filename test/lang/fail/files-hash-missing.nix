builtins.hashFile "md5" ../files/none
