fetchGit { url = "/surely/not/there"; branch = "main"; }
