"${../files/none}"
