let set = builtins.listToAttrs [
  { name = "a";
    value = 1; }
]; in
builtins.removeAttrs (builtins.unsafeGetAttrPos "a" set) [ "file" ]
