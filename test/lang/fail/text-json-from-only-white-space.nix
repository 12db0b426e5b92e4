builtins.fromJSON " \n "
