{ here = "folder"; neighbour = ./neighbour.nix; }
