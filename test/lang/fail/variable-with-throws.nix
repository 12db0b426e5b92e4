with (throw "no set"); a
