#!/bin/sh
# The tree is formatted with its own .clang-format. Usage: format.sh SOURCE
set -eu
cd "$1"
command -v clang-format >/dev/null || { echo "clang-format is not here: skipped"; exit 77; }
find src include tests -name '*.[ch]' -print0 | xargs -0 clang-format --dry-run -Werror
