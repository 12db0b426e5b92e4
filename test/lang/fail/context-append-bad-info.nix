builtins.appendContext "x" { "/nix/store/1zvzsgx1yf5rd48l7faw9fqy4kfchmf6-d.drv" = 1; }
