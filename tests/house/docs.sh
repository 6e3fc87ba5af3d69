#!/bin/sh
# The README's tables are those of the program, every page of the manual is well-formed, and every command
# and option of the program is in them. Usage: docs.sh SOURCE BUILD
set -eu
cd "$1"
build=$2
fresh=$(mktemp)
trap 'rm -f "$fresh"' EXIT
"$build/tourdesk-docs" refresh README.md >"$fresh"
diff -u README.md "$fresh" || { echo "README.md is behind: tourdesk-docs refresh README.md"; exit 1; }
if command -v mandoc >/dev/null; then
  complaints=$(mandoc -T lint -W warning "$build"/man/*.[15] man/*.1 || true)
  [ -z "$complaints" ] || { echo "$complaints"; exit 1; }
fi
for file in $(grep -o '(man/[a-z/.-]*)' README.md | tr -d '()'); do
  [ -f "$file" ] || { echo "README.md shows $file, which is not there"; exit 1; }
done
for script in demo test setup; do
  grep -q "scripts/$script" README.md || { echo "README.md does not name scripts/$script"; exit 1; }
done
