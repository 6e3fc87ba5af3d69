#!/bin/sh
# Kills a booking, a visit, a call and a cancel at each of their system calls that write, send or flush: the real program, on a
# real disk, against the sandbox. After a restart two minutes later nothing that Knock did is missing from the ledger,
# nothing was sent twice, and nothing is left half done.
# With a library (starve.c) it is an allocation that fails instead, the program's own or SQLite's or libcurl's: it may end
# with words and code 70, or get over it.
# Usage: kill.sh TOURDESK SANDBOX [EVERY [LIBRARY]]: every so many calls (1 = all of them)
set -eu

tourdesk=$1 sandbox=$2 every=${3:-1} library=${4:-}
calls=write,pwrite64,writev,fsync,fdatasync,ftruncate,sendto,sendmsg,unlink,rename,mkdir
folder=$(mktemp -d)
trap 'exec 7>&-; rm -rf "$folder"' EXIT

if ! command -v strace >/dev/null || ! command -v curl >/dev/null ||
  ! { [ -n "$library" ] || strace -o "$folder/try" true 2>/dev/null; }; then
  echo "strace or curl is not here, or strace may not trace: skipped"
  trap 'rm -rf "$folder"' EXIT
  exit 77
fi

# An office of its own for each kind, so that there are free times enough.
open_office() {
  exec 7>&-
  wait
  rm -rf "$folder/data" "$folder/leash" "$folder/out"
  mkfifo "$folder/leash"
  "$sandbox" --until-eof --control --write-config "$folder/conf" <"$folder/leash" >"$folder/out" 2>&1 &
  exec 7>"$folder/leash"
  until grep -q listening "$folder/out" 2>/dev/null; do kill -0 $!; done
  url=$(cut -d' ' -f3 "$folder/out")
  run slots --days 28 --json | grep -o '"startTime":"[^"]*"' | cut -d'"' -f4 >"$folder/slots"
  line=10
}

run() {
  verb=$1
  shift
  "$tourdesk" "$verb" --config "$folder/conf" --data "$folder/data" "$@" 7>&-
}

fail() {
  echo "$what killed at call $n: $1"
  cat "$folder/said" "$folder/status" 2>/dev/null
  exit 1
}

# How often a route was asked for so far.
asked() {
  curl -s --noproxy '*' "$url/_sandbox/log" | sed 's/{"sequence"/\n/g' |
    grep "\"path\":\"$1\"" | grep -c "$2" || true
}

# Fails allocation number $n of a command; false once it has fewer. What ends it is its own word, never a signal.
starve() {
  rm -f "$folder/mark"
  code=0
  LD_PRELOAD=$library STARVE_AT=$n STARVE_MARK=$folder/mark \
    "$tourdesk" "$@" >"$folder/said" 2>&1 7>&- || code=$?
  [ "$code" -lt 128 ] || fail "it crashed: $code"
  [ "$code" = 70 ] && ended=$((ended + 1))
  [ -e "$folder/mark" ]
}

# Kills a command at call number $n of a thread. False once it lives.
die() {
  verb=$1
  shift
  if [ -n "$library" ]; then
    starve "$verb" --config "$folder/conf" --data "$folder/data" --json "$@"
    return
  fi
  if strace -f -qq -o "$folder/trace" -e trace="$calls" -e inject="$calls:signal=SIGKILL:when=$n" \
    "$tourdesk" "$verb" --config "$folder/conf" --data "$folder/data" --json "$@" >"$folder/said" 2>&1 7>&-; then
    return 1
  fi
}

fresh_ledger() {
  rm -rf "$folder/data"
  cp -R "$folder/used" "$folder/data"
}

next_start() {
  line=$((line + 1))
  start=$(sed -n "${line}p" "$folder/slots")
  [ -n "$start" ] || fail "there are no more free times"
  digits=$(printf '%03d5550%03d' $((200 + line)) $((100 + line % 100)))
}

# A booking that nothing disturbs, for a visit or a cancel.
make_tour() {
  fresh_ledger
  next_start
  run book --start "$start" --first-name Ana --phone "$digits" --json >"$folder/said"
  appointment=$(grep -o '"appointmentId":"[^"]*"' "$folder/said" | cut -d'"' -f4)
}

kill_book() {
  fresh_ledger
  next_start
  route=/appointment/request mark=$digits most=1
  die book --start "$start" --first-name Ana --phone "$digits"
}

kill_visit() {
  make_tour
  route=/visit mark=unit-$n most=1
  die visit --appointment "$appointment" --unit "unit-$n" --any-unit
}

kill_call() {
  make_tour
  prospect=$(grep -o '"prospectId":"[^"]*"' "$folder/said" | cut -d'"' -f4)
  route=/prospect/$prospect/call mark=agent-$n most=1
  die log-call --prospect "$prospect" --start now --outcome answered --username "agent-$n" --agent-phone 2065550100
}

kill_cancel() {
  make_tour
  route=/appointment/$appointment/cancel mark=PUT most=9
  die cancel "$appointment"
}

# What it left is what Knock knows, or unknown; sending what is left sends nothing a second time.
check_what_is_left() {
  TOURDESK_CLOCK=$(date -u -d '+2 minutes' '+%Y-%m-%dT%H:%M:%S+00:00' 2>/dev/null ||
    date -u -v+2M '+%Y-%m-%dT%H:%M:%S+00:00')
  export TOURDESK_CLOCK
  run sync --json >"$folder/synced" 2>&1 || true
  run status --json >"$folder/all" || fail "the ledger cannot be read"
  unset TOURDESK_CLOCK
  sed 's/{"operation"/\n&/g' "$folder/all" | grep "\"kind\":\"$what\"" >"$folder/status" || true
  sent=$(asked "$route" "$mark")
  [ "$sent" -le "$most" ] || fail "it was sent $sent times"
  state=$(grep -o '"state":"[a-z]*"' "$folder/status" | tail -n 1 | cut -d'"' -f4)
  case $what:$state in
    *:confirmed) [ "$sent" -ge 1 ] || fail "it is confirmed and was never sent" ;;
    book:unknown | visit:unknown | call:unknown) unknown=$((unknown + 1)) ;;
    *:) [ "$sent" = 0 ] || fail "it was sent and is lost" ;;
    *) fail "it is left as $state" ;;
  esac
  [ "$(wc -l <"$folder/status")" -le 1 ] || fail "it is more than one operation"
  ! grep -q '"state":"confirmed"' "$folder/said" || [ "$state" = confirmed ] || fail "what was said is lost"
}

what=slots n=0 words=""
exec 7>&-
for what in book visit call cancel; do
  n=1 unknown=0 ended=0
  open_office
  if [ ! -d "$folder/used" ]; then
    rm -rf "$folder/data"
    run status --json >/dev/null
    mv "$folder/data" "$folder/used"
  fi
  while "kill_$what"; do
    check_what_is_left
    n=$((n + every))
  done
  [ "$n" -gt 20 ] || fail "it has only $n calls"
  [ "$what" = cancel ] || [ "$every" -gt 1 ] || [ -n "$library" ] || [ "$unknown" -gt 0 ] || fail "it was never caught in the middle"
  grep -q '"state":"confirmed"' "$folder/said" || fail "undisturbed it is not confirmed"
  words="$words, a $what at $(((n - 1) / every)) ($unknown unknown${library:+, $ended ended with code 70})"
done
if [ -n "$library" ]; then
  echo "starve: an allocation failed${words}: 0 lost, 0 sent twice"
else
  echo "kill: killed at calls that write, send or flush${words}: 0 lost, 0 sent twice"
fi
