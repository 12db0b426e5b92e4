[
  (builtins.compareVersions builtins.nixVersion "2.34")
  builtins.storeDir
  builtins.langVersion
  builtins.nixPath
  builtins.currentSystem
  (builtins.typeOf builtins.currentTime)
  (builtins.getEnv "SURELY_NOT_SET_9")
  [ (__compareVersions __nixVersion "2.34") __storeDir __langVersion __nixPath __currentSystem ]
]
