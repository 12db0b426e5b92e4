fetchGit { url = "https://example.org/x"; type = "git"; }
