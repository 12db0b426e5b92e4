fetchTarball (throw "url")
