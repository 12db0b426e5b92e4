fetchTarball "a/b:c"
