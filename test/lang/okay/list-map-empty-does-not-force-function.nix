map (throw "not needed") [ ]
