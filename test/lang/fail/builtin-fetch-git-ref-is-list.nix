fetchGit { url = "/surely/not/there"; ref = [ "main" ]; }
