[ ({ a = throw "a"; } ? a) ({ a = throw "a"; } ? b) ]
