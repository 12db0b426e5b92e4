map (algorithm: builtins.hashFile algorithm ../files/greeting.nix) [ "md5" "sha1" "sha256" "sha512" ]
