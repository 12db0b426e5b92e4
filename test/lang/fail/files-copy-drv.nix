"${../files + "/x.drv"}"
