#!/bin/sh
# No file over 800 lines, no function over 100; prints the shape of the tree. Usage: sizes.sh SOURCE
set -eu
cd "$1"
find src include tests \( -name '*.c' -o -name '*.h' \) | sort | xargs awk '
  FNR == 1 { if (NR > 1 && last > 800) { print file ": " last " lines"; bad = 1 } file = FILENAME; start = 0 }
  { last = FNR }
  /^\{/ { start = FNR }
  /^\}/ && start {
    n = FNR - start - 1; start = 0
    if (file ~ /^src\//) { length_of[count++] = n }
    if (n > 100) { print file ":" FNR - n - 1 ": a function of " n " lines"; bad = 1 }
  }
  END {
    if (last > 800) { print file ": " last " lines"; bad = 1 }
    for (i = 0; i < count; i++) histogram[length_of[i]]++
    for (n = 0; n <= 100; n++) {
      seen += histogram[n]
      if (median == "" && seen >= count / 2) median = n
      if (ninety == "" && seen >= count * 0.9) ninety = n
    }
    print count " functions in src: median " median " lines, nine in ten at most " ninety
    if (median > 15 || ninety > 50) bad = 1
    exit bad
  }'
