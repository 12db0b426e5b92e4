#!/bin/sh
# Writes the fixtures with C++ Nix: a binary cache for each compression, and what Nix says of keys and signatures. NIX is
# the folder of its programs. The secret key is kept, so that nothing changes but the gzip files, which have a time in them.
set -eu
cd "$(dirname "$0")/fixtures"
NIX=${NIX:-../../../.cache/reference-nix/bin}
export NIX_CONFIG='experimental-features = nix-command
build-users-group =
build-hook =
sandbox-paths =
substituters ='
export HOME="$(mktemp -d)"
store=$HOME/store
trap 'chmod -R u+w "$HOME"; rm -rf "$HOME"' EXIT
nix() { "$NIX/nix" --store "$store" "$@"; }

[ -e secret.key ] || "$NIX/nix" key generate-secret --key-name fixture-1 >secret.key
"$NIX/nix" key convert-secret-to-public <secret.key >public.key

rm -rf cache-*
objects=$(nix build --impure --file objects.nix --no-link --print-out-paths source text referring joined)
for compression in none xz bzip2 gzip zstd br; do
  nix copy --to "file://$PWD/cache-$compression?compression=$compression&secret-key=$PWD/secret.key&write-nar-listing=true" $objects
  rmdir "cache-$compression/log" "cache-$compression/realisations"
done
