#!/bin/sh
# No room uses what is above it: every #include of one of our headers is one that its floor may make.
# Usage: floors.sh SOURCE
set -eu
cd "$1"
awk '
  BEGIN {
    may["base"] = "base"
    may["tour"] = "base tour"
    may["config"] = may["knock"] = may["ledger"] = may["desk"] = "base tour"
    may["sandbox"] = "base tour"
    may["worker"] = "base tour knock ledger"
    may["tui"] = "base tour desk"
    may["cli"] = "base tour knock ledger config worker desk"
    may["docs"] = "base tour knock ledger config worker desk tui cli"
    outside["base"] = "utf8proc"
    outside["tour"] = "libical"
    outside["config"] = "libconfig"
    outside["knock"] = "curl cjson"
    outside["ledger"] = "sqlite3"
    outside["sandbox"] = "microhttpd cjson sqlite3"
    outside["tui"] = "curses term libconfig"
    outside["cli"] = "cjson"
    libraries = "(utf8proc|libical|libconfig|curl|cjson|sqlite3|microhttpd|curses|ncurses|panel|term)"
  }
  FNR == 1 {
    room = FILENAME
    sub(/^include\/tourdesk\//, "", room)
    sub(/^src\//, "", room)
    sub(/\/.*/, "", room)
  }
  /^#include "tourdesk\// {
    split($2, part, "/")
    files++
    if ((" " may[room] " ") !~ (" " part[2] " ") && part[2] != room) {
      print FILENAME ":" FNR ": " room " may not use " part[2]; bad = 1
    }
  }
  match($0, "^#include <" libraries "[./]") || match($0, "^#include <" libraries "\\.h>") {
    name = substr($0, 11); sub(/[.\/].*/, "", name)
    if ((" " outside[room] " ") !~ (" " name " ")) { print FILENAME ":" FNR ": " room " may not use " name; bad = 1 }
  }
  END { if (files < 100) { print "only " files " includes seen"; bad = 1 } exit bad }
' $(find src include -mindepth 2 -name '*.[ch]')
