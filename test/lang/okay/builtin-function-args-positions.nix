map (name: (builtins.unsafeGetAttrPos name (builtins.functionArgs ({ first
  , second ? 1 }: 1))).line) [ "first" "second" ]
