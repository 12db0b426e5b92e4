{ inFolder = true; }
