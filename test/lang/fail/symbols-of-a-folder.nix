builtins.flakeRefToString (import ../files/function-in-a-set.nix // builtins.mapAttrs (name: type: { }) (builtins.readDir ../files))
