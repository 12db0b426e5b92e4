builtins.storePath "/nix/store/none"
