map (type: builtins.hashFile type ../files/tree/link) [ "md5" "sha1" "sha256" "sha512" ]
