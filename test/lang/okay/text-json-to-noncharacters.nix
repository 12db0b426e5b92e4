builtins.toJSON "￿􏿿﻿ "
