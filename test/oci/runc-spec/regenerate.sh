#!/bin/sh
# Writes the configurations that the installed runc proposes; the tests compare our default with them.
# Run as root on a machine with cgroup v1, where `runc spec` does not add a cgroup namespace.
set -eu
cd "$(dirname "$0")"
rm -f config.json
runc spec
mv config.json root.json
runc spec --rootless
mv config.json rootless.json
