[ { ${null} = 1; } (rec { ${null} = throw "unused"; a = 1; }) ({ "${"b"}" = 1; ${null} = 2; }) ]
