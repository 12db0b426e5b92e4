#!/bin/sh
# Writes what C++ Nix makes of the cases; nothing in here but *.nix and *.flags is written by hand.
#
#   regenerate.sh [CASE]...                    with C++ Nix 2.34 of scripts/install-reference-nix.sh
#   NIX_2_36=DIR regenerate.sh [CASE]...       also with nix-instantiate 2.36 in DIR: what differs goes to x.2.36.*err
#
# To add a case: write okay/TOPIC-WHAT.nix (evaluates) or fail/TOPIC-WHAT.nix (does not), small and named for what it
# shows, and run `test/lang/regenerate.sh okay/TOPIC-WHAT`. Without arguments, all cases are done.
#   x.flags      settings, as arguments of nix-instantiate, for a case that needs some (optional)
#   x.exp        standard output of `nix-instantiate --eval --strict x.nix`                     okay
#   x.err        standard error: traces and warnings (okay; only when there are any), or the error (fail)
#   x.trace.err  standard error with --show-trace                                               fail
#   x.2.36.err, x.2.36.trace.err            the same of C++ Nix 2.36, where its messages are others
# Files that cases read are in files/. All evaluate in copies below /tmp/lang: paths in outputs point there.
set -eu
ulimit -v 8000000
cd "$(dirname "$0")"
programs=$PWD/../../.cache/reference-nix/bin
folder=/tmp/lang

# One at a time, because the folder is the same for all.
exec 9>"$folder.lock"
flock 9
rm -rf "$folder"
mkdir "$folder"
trap 'rm -rf "$folder"' EXIT
for part in okay fail files; do cp -r "$part" "$folder"; done

faults=0
complain() {
  echo "$1" >&2
  faults=$((faults + 1))
}

# evaluate CASE OUT ERR [FLAG]...
evaluate() {
  name=$1 out=$2 err=$3
  shift 3
  flags=
  if [ -f "$name.flags" ]; then flags=$(cat "$name.flags"); fi
  # A case that does not end shall not take the machine with it.
  # shellcheck disable=SC2086
  timeout 60 env -i PATH="$programs:$PATH" NIX_CONF_DIR=/nonexistent NIX_USER_CONF_FILES= XDG_CACHE_HOME="$folder/cache" \
    nix-instantiate --store "$folder/store" --option build-users-group "" --eval --strict "$@" $flags "$folder/$name.nix" >"$out" 2>"$err"
}

one() {
  name=$1
  rm -f "$name.exp" "$name.err" "$name.trace.err"
  if evaluate "$name" "$name.exp" "$name.err"; then
    [ -s "$name.err" ] || rm "$name.err"
    case $name in fail/*) complain "$name does not fail" ;; esac
  else
    rm "$name.exp"
    evaluate "$name" /dev/null "$name.trace.err" --show-trace || true
    case $name in okay/*) complain "$name fails" && cat "$name.err" >&2 ;; esac
  fi
  if [ -n "${NIX_2_36:-}" ]; then newer "$name"; fi
}

# What 2.36 says in other words.
newer() {
  name=$1
  older=$programs
  programs=$NIX_2_36
  if evaluate "$name" "$folder/exp" "$folder/err"; then
    cmp -s "$folder/exp" "$name.exp" || complain "$name has another result in 2.36"
  else
    [ ! -e "$name.exp" ] || complain "$name fails in 2.36"
    evaluate "$name" /dev/null "$folder/trace.err" --show-trace || true
    keep "$name" trace.err
  fi
  keep "$name" err
  programs=$older
}

# keep NAME EXTENSION
keep() {
  rm -f "$1.2.36.$2"
  if [ -e "$1.$2" ] || [ -s "$folder/$2" ]; then
    cmp -s "$folder/$2" "$1.$2" || cp "$folder/$2" "$1.2.36.$2"
  fi
}

if [ $# -eq 0 ]; then
  for file in okay/*.nix fail/*.nix; do one "${file%.nix}"; done
else
  for name; do one "${name%.nix}"; done
fi
exit "$((faults > 0))"
