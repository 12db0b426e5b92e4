#!/usr/bin/env bash
# Unpacks C++ Nix, from the packages of Debian's unstable distribution, into a folder of its own; the system stays as
# it is. Tests that compare with it, and the scripts that regenerate fixtures, take it from there.
#
#   scripts/install-reference-nix.sh [DIR]      default .cache/reference-nix; then: DIR/bin/nix-instantiate and others
set -euo pipefail
cd "$(dirname "$0")/.."
dir=$(realpath -m "${1:-.cache/reference-nix}")
programs=(nix nix-build nix-hash nix-instantiate nix-store)

if "$dir/bin/nix-instantiate" --version 2>/dev/null; then
  exit 0
fi
for tool in apt-get dpkg dpkg-deb; do
  command -v "$tool" >/dev/null || { echo "install-reference-nix: needs $tool, so a Debian or a relative of it" >&2; exit 1; }
done
mirror=$(apt-get indextargets --format '$(SITE)' 2>/dev/null | grep -m1 '/debian/\?$' || true)
mirror=${mirror:-http://deb.debian.org/debian}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{lists/partial,archives/partial,parts}
touch "$work/status"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror sid main" >"$work/sources.list"
private=(
  -o "Dir::State=$work" -o "Dir::State::lists=$work/lists" -o "Dir::State::status=$work/status"
  -o "Dir::Cache=$work" -o "Dir::Cache::archives=$work/archives"
  -o "Dir::Etc::SourceList=$work/sources.list" -o "Dir::Etc::SourceParts=$work/parts"
  -o Acquire::Languages=none -o APT::Install-Recommends=false -o APT::Sandbox::User=root -o Debug::NoLocking=1
)
apt-get -qq "${private[@]}" update
apt-get -qq -y "${private[@]}" --download-only install nix-bin >/dev/null

rm -rf "$dir"
mkdir -p "$dir/root" "$dir/bin"
for package in "$work"/archives/*.deb; do
  dpkg-deb --extract "$package" "$dir/root"
done
library=$(echo "$dir"/root/usr/lib/*-linux-gnu)
loader=$(echo "$library"/ld-linux-*.so.*)
for program in "${programs[@]}"; do
  # All of them are one program that looks at the name it was called by.
  cat >"$dir/bin/$program" <<WRAPPER
#!/bin/sh
exec '$loader' --library-path '$library:$library/nix' --argv0 '$program' '$dir/root/usr/bin/nix' "\$@"
WRAPPER
  chmod +x "$dir/bin/$program"
done
"$dir/bin/nix-instantiate" --version
