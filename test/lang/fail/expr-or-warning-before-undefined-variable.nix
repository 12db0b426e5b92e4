1 z or
