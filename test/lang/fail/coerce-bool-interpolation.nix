"a${true}"
