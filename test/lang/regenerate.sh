#!/bin/sh
# Writes what C++ Nix 2.34 makes of the cases; nothing in here but *.nix and *.flags is written by hand.
#
# To add a case: write okay/TOPIC-WHAT.nix (evaluates) or fail/TOPIC-WHAT.nix (does not), small and named for what it
# shows, and run `test/lang/regenerate.sh okay/TOPIC-WHAT`. Without arguments, all cases are done.
#   x.flags      settings, as arguments of nix-instantiate, for a case that needs some (optional)
#   x.exp        standard output of `nix-instantiate --eval --strict x.nix`                     okay
#   x.err        standard error: traces and warnings (okay; only when there are any), or the error (fail)
#   x.trace.err  standard error with --show-trace                                               fail
# Files that cases read are in files/. A case that ocinix does not pass yet goes to pending/, where it has to fail: the
# test says when it has to be moved. All evaluate in copies below /tmp/lang, so that is where paths in outputs point to.
set -eu
ulimit -v 8000000
cd "$(dirname "$0")"
PATH=$PWD/../../.cache/reference-nix/bin:$PATH
folder=/tmp/lang

# One at a time, because the folder is the same for all.
exec 9>"$folder.lock"
flock 9
rm -rf "$folder"
mkdir "$folder"
trap 'rm -rf "$folder"' EXIT
for part in okay fail pending files; do
  if [ -d "$part" ]; then cp -r "$part" "$folder"; fi
done

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
  timeout 60 env -i PATH="$PATH" NIX_CONF_DIR=/nonexistent NIX_USER_CONF_FILES= XDG_CACHE_HOME="$folder/cache" \
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
}

if [ $# -eq 0 ]; then
  for file in okay/*.nix fail/*.nix pending/*.nix; do
    if [ -f "$file" ]; then one "${file%.nix}"; fi
  done
else
  for name; do one "${name%.nix}"; done
fi
exit "$((faults > 0))"
