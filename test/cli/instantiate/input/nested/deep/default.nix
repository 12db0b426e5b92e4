{ up = ../../value.nix; import = (import ../../folder).here; }
