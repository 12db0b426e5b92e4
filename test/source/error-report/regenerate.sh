#!/bin/sh
# Writes the *.err files with C++ Nix 2.34 (nix-instantiate in PATH). It evaluates copies in a folder whose name is
# always the same, because the width of a tab in a report depends on everything above it, file names included.
set -eu
cd "$(dirname "$0")"
folder=/tmp/error-report
mkdir "$folder"
trap 'rm -r "$folder"' EXIT
cp ./*.nix "$folder"
rm -f ./*.err
for file in *.nix; do
  name=${file%.nix}
  for flag in "" --show-trace; do
    NIX_REMOTE=dummy:// nix-instantiate --eval --strict $flag "$folder/$file" 2>"$name${flag:+.trace}.err" >&2 || true
  done
done
# The same on a terminal: with colours.
command="nix-instantiate --eval --strict $folder/truncated.nix"
NIX_REMOTE=dummy:// TERM=xterm script -qec "$command" /dev/null | tr -d '\r' >truncated.color.err || true
