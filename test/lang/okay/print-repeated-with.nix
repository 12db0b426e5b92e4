with { l = [ 1 ]; }; [ l l ]
