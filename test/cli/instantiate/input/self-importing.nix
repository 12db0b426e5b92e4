# Imported by itself, the file is evaluated once more: a trace for each.
builtins.trace "evaluated" {
  inner = (import ./self-importing.nix).value;
  again = (import ./self-importing.nix).value;
  value = 1;
}
