map builtins.getEnv [ "__proto__" "constructor" "prototype" "toString" "hasOwnProperty" "valueOf" "__defineGetter__" "isPrototypeOf" "length" "then" "" "=" "a=b" "\n" ]
