fetchTarball "channel:x y"
