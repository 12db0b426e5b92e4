let __curPos = 1; in builtins.isAttrs __curPos
