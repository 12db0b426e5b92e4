#!/bin/sh
# Writes what `nix repl` of C++ Nix 2.34 answers to the inputs; nothing in here but *.in, *.flags and files/ is written
# by hand.
#
# To add a case: write fixtures/TOPIC-WHAT.in, small and named for what it shows, and run
# `test/repl/regenerate.sh TOPIC-WHAT`. Without arguments, all cases are done.
#   x.in     what is piped into the session
#   x.flags  arguments of the command line (optional); x.own-flags for those that only ocinix has
#   x.out    both outputs together, with the prompts and inputs among them
# What has to differ is taken out: the banner, the prompt at the end, colours, spaces at line ends, and the folder, which
# is a copy of files/.
set -eu
ulimit -v 8000000
cd "$(dirname "$0")"
nix=$PWD/../../.cache/reference-nix/bin/nix
# Short, because what stands behind it may be broken into lines.
folder=$(mktemp -d /tmp/XXXXXX)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT

one() {
  rm -rf "$folder/work"
  cp -r files "$folder/work"
  flags=
  if [ -f "fixtures/$1.flags" ]; then flags=$(cat "fixtures/$1.flags"); fi
  # A case that does not end shall not take the machine with it. Nix echoes long lines only as far as the columns go.
  # shellcheck disable=SC2086
  (cd "$folder/work" && timeout 60 env -i PATH="$PATH" HOME="$folder" TERM=dumb COLUMNS=1000 NIX_PATH= \
    NIX_CONF_DIR=/nonexistent NIX_USER_CONF_FILES= \
    "$nix" --extra-experimental-features nix-command repl --store "$folder/store" --option build-users-group "" $flags) <"fixtures/$1.in" >"$folder/out" 2>&1 ||
    echo "$1 ends with an error" >&2
  sed -e 's/\x1b\[[0-9;]*m//g' -e "s#$folder/work#/work#g" -e 's/[ \t]*$//' "$folder/out" |
    sed -e '/^Nix [0-9.]*$/d' -e '/^Type :? for help\.$/d' -e '${/^nix-repl>$/d}' >"fixtures/$1.out"
}

if [ $# -eq 0 ]; then
  for file in fixtures/*.in; do one "$(basename "$file" .in)"; done
else
  for name; do one "$name"; done
fi
