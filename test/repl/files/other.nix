rec { inner = 1; }
