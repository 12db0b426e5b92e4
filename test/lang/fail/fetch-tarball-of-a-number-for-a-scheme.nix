fetchTarball "1:b"
