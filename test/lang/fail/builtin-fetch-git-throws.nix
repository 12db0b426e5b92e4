fetchGit (throw "url")
