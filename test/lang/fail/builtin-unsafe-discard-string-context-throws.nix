builtins.unsafeDiscardStringContext (throw "text")
