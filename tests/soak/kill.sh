#!/bin/sh
# Kills a booking at each of its system calls that write, send or flush: the real program, on a real disk, against
# the sandbox. After a restart two minutes later nothing that Knock booked is missing from the ledger, nothing was
# sent twice, and nothing is left half done.
# Usage: kill.sh TOURDESK SANDBOX
set -eu

tourdesk=$1 sandbox=$2
calls=write,pwrite64,writev,fsync,fdatasync,ftruncate,sendto,sendmsg,unlink,rename,mkdir
folder=$(mktemp -d)
mkfifo "$folder/leash"
trap 'exec 7>&-; rm -rf "$folder"' EXIT

if ! command -v strace >/dev/null || ! command -v curl >/dev/null ||
  ! strace -o "$folder/try" true 2>/dev/null; then
  echo "strace or curl is not here, or strace may not trace: skipped"
  trap 'rm -rf "$folder"' EXIT
  exit 77
fi
"$sandbox" --until-eof --control --write-config "$folder/conf" <"$folder/leash" >"$folder/out" 2>&1 &
exec 7>"$folder/leash"
until grep -q listening "$folder/out"; do kill -0 $!; done
url=$(cut -d' ' -f3 "$folder/out")

run() {
  verb=$1
  shift
  "$tourdesk" "$verb" --config "$folder/conf" --data "$folder/data" "$@" 7>&-
}

fail() {
  echo "killed at call $n: $1"
  cat "$folder/said" "$folder/status" 2>/dev/null
  exit 1
}

# How often a route was asked for so far.
asked() {
  curl -s --noproxy '*' "$url/_sandbox/log" | sed 's/{"sequence"/\n/g' |
    grep "\"path\":\"$1\"" | grep -c "$2" || true
}

# Kills the booking at call number $n of a thread; the ledger is a copy of one that is in use. False once it lives.
book_and_die() {
  rm -rf "$folder/data"
  cp -R "$folder/used" "$folder/data"
  if strace -f -qq -o "$folder/trace" -e trace="$calls" -e inject="$calls:signal=SIGKILL:when=$n" \
    "$tourdesk" book --config "$folder/conf" --data "$folder/data" --start "$start" --first-name Ana \
    --phone "$phone" --json >"$folder/said" 2>&1 7>&-; then
    return 1
  fi
}

# What it left is what Knock knows, or unknown; sending what is left sends nothing a second time.
check_what_is_left() {
  TOURDESK_CLOCK=$later
  export TOURDESK_CLOCK
  run sync --json >"$folder/synced" 2>&1 || true
  run status --json >"$folder/status" || fail "the ledger cannot be read"
  unset TOURDESK_CLOCK
  sent=$(asked /appointment/request "$digits")
  [ "$sent" -le 1 ] || fail "the booking was sent $sent times"
  state=$(grep -o '"state":"[a-z]*"' "$folder/status" | tail -n 1 | cut -d'"' -f4)
  kept=$(grep -o '"state"' "$folder/status" | wc -l)
  case $state in
    confirmed) [ "$sent" = 1 ] || fail "it is confirmed and was never sent" ;;
    unknown) unknown=$((unknown + 1)) ;;
    "") [ "$sent" = 0 ] || fail "it was sent and is lost" ;;
    *) fail "it is left as $state" ;;
  esac
  [ "$kept" -le 1 ] || fail "it is $kept operations"
  ! grep -q '"state":"confirmed"' "$folder/said" || [ "$state" = confirmed ] || fail "what was said is lost"
}

run status --json >/dev/null
mv "$folder/data" "$folder/used"
run slots --days 21 --json | grep -o '"startTime":"[^"]*"' | cut -d'"' -f4 >"$folder/slots"
later=$(date -u -d '+2 minutes' '+%Y-%m-%dT%H:%M:%S+00:00' 2>/dev/null || date -u -v+2M '+%Y-%m-%dT%H:%M:%S+00:00')
n=1 unknown=0
while :; do
  start=$(sed -n "$((n + 10))p" "$folder/slots")
  [ -n "$start" ] || fail "there are no more free times"
  digits=$(printf '%03d5550%03d' $((200 + n)) $((100 + n % 100)))
  phone=$digits
  book_and_die || break
  check_what_is_left
  n=$((n + 1))
done
[ "$n" -gt 40 ] || fail "it has only $n calls"
[ "$unknown" -gt 0 ] || fail "it was never caught in the middle"
grep -q '"state":"confirmed"' "$folder/said" || fail "undisturbed it is not confirmed"
echo "kill: a booking killed at each of its $((n - 1)) calls that write, send or flush: 0 lost, 0 sent twice, $unknown unknown"
