#!/bin/sh
# Writes what `nix-instantiate --parse` of C++ Nix 2.34 prints for the cases; only *.nix and *.flags are written by hand.
#   x.flags  arguments for a case that needs some (optional)
#   x.exp    standard output, when the case is valid
#   x.err    standard error: the error, or warnings if there are any
# A case may not have free variables. All are parsed in copies below /tmp/ocinix-parse, with the home folder /home/user.
set -eu
cd "$(dirname "$0")"
PATH=$PWD/../../../.cache/reference-nix/bin:$PATH
folder=/tmp/ocinix-parse

rm -rf "$folder"
mkdir "$folder"
trap 'rm -rf "$folder"' EXIT
cp ./*.nix "$folder"

for file in *.nix; do
  name=${file%.nix}
  rm -f "$name.exp" "$name.err"
  flags=
  if [ -f "$name.flags" ]; then flags=$(cat "$name.flags"); fi
  # shellcheck disable=SC2086
  env -i PATH="$PATH" HOME=/home/user NIX_CONF_DIR=/nonexistent NIX_USER_CONF_FILES= XDG_CACHE_HOME="$folder/cache" \
    nix-instantiate --store "$folder/store" --option build-users-group "" --parse $flags "$folder/$file" \
    >"$name.exp" 2>"$name.err" || rm "$name.exp"
  [ -s "$name.err" ] || rm "$name.err"
done
