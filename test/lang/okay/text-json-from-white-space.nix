builtins.fromJSON " \t\r\n[ \n1\t,\r2 ]\n "
