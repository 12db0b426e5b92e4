builtins.stringLength (builtins.fromJSON "\"﻿\"")
