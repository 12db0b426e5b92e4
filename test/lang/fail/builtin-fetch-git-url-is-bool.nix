fetchGit { url = true; }
