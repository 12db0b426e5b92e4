fetchMercurial (throw "url")
