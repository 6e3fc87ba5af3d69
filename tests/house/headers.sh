#!/bin/sh
# Every header can be included alone. Usage: headers.sh SOURCE CC [FLAG]...
set -eu
cd "$1"
shift
compiler=$1
shift
bad=0
for header in $(find include -name '*.h'); do
  "$compiler" -std=c17 -D_GNU_SOURCE -Iinclude "$@" -fsyntax-only -Wall -Wextra -Werror -x c "$header" || bad=1
done
exit $bad
