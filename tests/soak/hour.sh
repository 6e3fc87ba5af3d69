#!/bin/sh
# Kills an office hour (hour.c: 5 bookings, 7 visits, 2 cancels by the interactive program's worker) at its system calls
# that write, send or flush, each hour at another one. Two minutes later it goes on; in the end everything that was
# asked is confirmed, and the sandbox got each booking and each visit exactly once.
# Usage: hour.sh HOUR SANDBOX TOURDESK [EVERY [FIRST]]: every so many calls (1 = all of them)
set -eu

hour=$1 sandbox=$2 tourdesk=$3 every=${4:-1} n=${5:-1}
calls=write,pwrite64,writev,fsync,fdatasync,ftruncate,sendto,sendmsg,unlink,rename,mkdir
folder=$(mktemp -d)
trap 'exec 7>&-; rm -rf "$folder"' EXIT

if ! command -v strace >/dev/null || ! command -v curl >/dev/null ||
  ! strace -o "$folder/try" true 2>/dev/null; then
  echo "strace or curl is not here, or strace may not trace: skipped"
  exit 77
fi

fail() {
  echo "killed at call $n: $1"
  cat "$folder/first" "$folder/second" 2>/dev/null
  exit 1
}

open_office() {
  rm -rf "$folder/data" "$folder/leash" "$folder/out"
  mkfifo "$folder/leash"
  "$sandbox" --until-eof --control --write-config "$folder/conf" <"$folder/leash" >"$folder/out" 2>&1 &
  exec 7>"$folder/leash"
  until grep -q listening "$folder/out" 2>/dev/null; do kill -0 $!; done
  url=$(cut -d' ' -f3 "$folder/out")
}

close_office() {
  exec 7>&-
  wait
}

# What the sandbox got of the hour: "ask-3=18803" for a booking, "ask-5" for a visit, a line each.
got() {
  curl -s --noproxy '*' "$url/_sandbox/log" | sed 's/{"sequence"/\n/g' |
    grep -E '"method":"POST","path":"/(appointment/request|visit)"' |
    sed -nE 's/.*\\"(ask-[0-9]+)\\".*"appointmentId":"([^"]*)".*/\1=\2/p; t
             s/.*\\"(ask-[0-9]+)\\".*/\1/p' | sed 's/=$//'
}

# True while the sandbox has a connection: it may not have read all that was sent before the end.
busy() {
  awk -v port="$(printf ':%04X$' "${url##*:}")" '$2 ~ port && ($4 == "01" || $4 == "08") { found = 1 }
    END { exit !found }' /proc/net/tcp
}

check() {
  [ "$(grep -c '^left' "$folder/second")" = 14 ] || fail "the hour is not 14 operations"
  [ "$(grep -c '^left ask-[0-9]* confirmed$' "$folder/second")" = 14 ] || fail "not all of it is confirmed"
  got | sed 's/=.*//' | sort >"$folder/got"
  [ "$(uniq "$folder/got" | wc -l)" = 12 ] || fail "the sandbox lacks some of it"
  [ -z "$(uniq -d "$folder/got")" ] || fail "sent twice: $(uniq -d "$folder/got")"
  standing=$(curl -s --noproxy '*' "$url/_sandbox/appointments" | sed 's/{"id":"[0-9]*","communityId"/\n&/g' |
    grep -E '"phone":"\+1206555010[0-4]"' | grep -c '"cancelledAt":null' || true)
  [ "$standing" = 3 ] || fail "$standing tours stand"
}

killed=0 unknown=0
while :; do
  open_office
  if [ ! -s "$folder/starts" ]; then
    "$tourdesk" slots --days 9 --json --config "$folder/conf" --data "$folder/data" 7>&- |
      grep -o '"startTime":"[^"]*"' | cut -d'"' -f4 | sed -n '20,24p' >"$folder/starts"
    rm -rf "$folder/data"
  fi
  starts=$(tr '\n' ' ' <"$folder/starts")
  # shellcheck disable=SC2086
  if strace -f -qq -o "$folder/trace" -e trace="$calls" -e inject="$calls:signal=SIGKILL:when=$n" \
    "$hour" "$folder/data" "$url" 0 $starts >"$folder/first" 2>&1 7>&-; then
    cp "$folder/first" "$folder/second"
    check
    close_office
    break
  fi
  while busy; do :; done
  # shellcheck disable=SC2046,SC2086
  "$hour" "$folder/data" "$url" 120 $starts $(got) >"$folder/second" 2>&1 7>&- || fail "it cannot go on"
  check
  killed=$((killed + 1))
  grep -q ' unknown ' "$folder/second" && unknown=$((unknown + 1))
  close_office
  n=$((n + every))
done
[ "$n" -gt 900 ] || fail "it has only $n calls"
echo "hour: 5 bookings, 7 visits and 2 cancels, killed at $killed of $n calls that write, send or flush: 0 lost, 0 sent twice, $unknown with unknown outcomes"
