map (builtins.split "(a)|(b)") [ "xaybz" ]
