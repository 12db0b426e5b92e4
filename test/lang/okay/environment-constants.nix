[
  builtins.nixVersion
  builtins.storeDir
  builtins.langVersion
  builtins.nixPath
  builtins.currentSystem
  (builtins.typeOf builtins.currentTime)
  (builtins.getEnv "SURELY_NOT_SET_9")
  [ __nixVersion __storeDir __langVersion __nixPath __currentSystem ]
]
