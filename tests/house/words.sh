#!/bin/sh
# Nothing in the tree sounds unfinished, and nothing of it is a path of one machine. Usage: words.sh SOURCE
set -eu
cd "$1"
# shellcheck disable=SC2016
if grep -rnE 'TODO|FIXME|\bXXX\b|[^a-z]stub[^a-z]|not yet implemented|/root/|/work/' src include man themes \
  scripts README.md CMakeLists.txt tests --include='*' --exclude=words.sh --exclude-dir=node_modules; then
  exit 1
fi
