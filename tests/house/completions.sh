#!/bin/bash
# The completions are scripts their shells can read, and offer what the program knows. Usage: completions.sh BUILD
set -eu
cd "$1/completions"
fail() { echo "$*"; exit 1; }

# What bash offers for the words of a command line, the last of them being typed; sorted, in one line.
bash_offers() {
  COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
  _tourdesk
  printf '%s\n' "${COMPREPLY[@]}" | sort | tr '\n' ' ' | sed 's/ $//'
}
expect() {
  local wanted=$1 found
  shift
  found=$(bash_offers "$@")
  [ "$found" = "$wanted" ] || fail "bash: $*: offers \"$found\", not \"$wanted\""
}
# shellcheck source=/dev/null
. ./tourdesk.bash
expect "board book" tourdesk bo
expect "--start" tourdesk book --st
expect "--ascii" tourdesk --as
expect "--asked-by" tourdesk cancel 18842 --as
expect "" tourdesk board --st
expect "no yes" tourdesk book --sms-consent ""
expect "no yes" tourdesk book --sms-consent =
expect "no" tourdesk book --sms-consent = n
expect "" tourdesk book --start ""
expect "booked" tourdesk settle 17 b
expect "check-config" tourdesk help ch
expect "--community --config" tourdesk visit --co
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
mkdir -p "$home/tourdesk/themes"
touch "$home/tourdesk/themes/my-own.theme"
export XDG_CONFIG_HOME=$home
expect "my-own" tourdesk --theme my-o
cd "$home"
touch "a file.conf"
compopt() { :; } # outside of a completion it would only complain
expect "a file.conf" tourdesk --config "a f"
cd - >/dev/null

if command -v fish >/dev/null; then
  fish --no-execute tourdesk.fish || fail "fish cannot read its script"
  found=$(fish --no-config -c 'source tourdesk.fish; complete -C "tourdesk bo"; complete -C "tourdesk book --st"
    complete -C "tourdesk --as"; complete -C "tourdesk settle 17 b"; complete -C "tourdesk --theme my-o"' |
    cut -f 1 | tr '\n' ' ')
  [ "$found" = "board book --start --ascii booked my-own " ] || fail "fish: offers \"$found\""
fi
if command -v zsh >/dev/null; then
  zsh -f -n _tourdesk || fail "zsh cannot read its script"
fi
