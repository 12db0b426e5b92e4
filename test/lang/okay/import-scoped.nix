[
  (scopedImport { name = "scope"; } ../files/greeting.nix { greet = "hello"; })
  (scopedImport { name = "one"; builtins = 1; greet = throw "a formal hides it"; } ../files/greeting.nix { greet = "two"; })
]
