map builtins.toPath [ "/a/../b" "/a//b/." "/" "/.." "/a/./../c/" ]
