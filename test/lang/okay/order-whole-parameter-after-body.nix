let f = zebra@{ ... }: { yak = 0; }; in { zebra = builtins.trace "zebra" 0; yak = builtins.trace "yak" 0; }
