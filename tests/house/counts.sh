#!/bin/sh
# The keys that the manual counts are those that the screen tests count. Usage: counts.sh SOURCE
set -eu
cd "$1"
played=$(sed -n 's/^count exactly \([0-9][0-9]*\) \(.*\)$/\2: \1/p' tests/screen/*.keys | sort)
written=$(sed -n '/^\.Sh KEYS COUNTED/,/^\.El/s/^\.It \(.*\) Ta \([0-9]*\)$/\1: \2/p' man/tourdesk.1.in | sort)
[ -n "$played" ] || { echo "no screen test counts keys"; exit 1; }
[ "$played" = "$written" ] && exit 0
echo "man/tourdesk.1.in, KEYS COUNTED, is not what the screen tests count:"
printf 'played:\n%s\nwritten:\n%s\n' "$played" "$written"
exit 1
