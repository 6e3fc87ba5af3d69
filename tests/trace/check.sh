#!/bin/sh
# Watches a booking and a visit with strace, and holds the two threads to their laws:
#   1. while the screen is up, the thread that owns it makes no network and no file-system call, and waits
#      in poll() only;
#   2. nothing of a POST leaves before the ledger's log was written and flushed, and nobody is told of an
#      outcome before the same.
# Usage: check.sh SCREENTEST TOURDESK SANDBOX KEYS
set -eu

screentest=$1 tourdesk=$2 sandbox=$3 keys=$4
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

if ! command -v strace >/dev/null || ! strace -o "$folder/try" true 2>/dev/null; then
  echo "strace is not here or may not trace: skipped"
  exit 77
fi
cat >"$folder/traced" <<END
#!/bin/sh
exec strace -f -qq -s 64 -y -o "$folder/trace" "$tourdesk" "\$@"
END
chmod +x "$folder/traced"
TOURDESK_TEST_LIMIT=60 "$screentest" --tourdesk "$folder/traced" --sandbox "$sandbox" "$keys"

awk '
  function call() { match($0, /[a-z_0-9]+\(/); return substr($0, RSTART, RLENGTH - 1) }
  NR == 1 { main = $1 }
  /\\33\[\?1049h/ && $1 == main { up = 1; next }
  /\\33\[\?1049l/ && $1 == main { up = 0 }
  up && $1 == main && /^[0-9]+ +[a-z_0-9]+\(/ {
    name = call(); calls++
    if (/\/clock[">]/ || /newfstatat\(1<\/dev\/pts/) next         # the stopped clock of this very test; the terminal
    if (/sendto\([0-9]+<socket.*"\\1", 1, MSG_NOSIGNAL/) next    # the byte that wakes libcurl in the other thread
    if (name !~ /^(poll|restart_syscall|read|write|ioctl|rt_sigaction|rt_sigprocmask|rt_sigreturn|futex|brk|mmap|munmap|mremap|madvise|mprotect|clock_gettime|gettid|getpid|kill)$/) bad = bad "\n" $0
  }
  END {
    if (calls < 20) { print "the trace shows only " calls " calls of the screen thread"; exit 1 }
    if (bad != "") { print "calls the screen thread must not make:" bad; exit 1 }
    print "screen thread: " calls " calls, none of network or file system"
  }' "$folder/trace"

awk '
  /pwrite64\(.*ledger\.db-wal/ { dirty = NR; what = $0 }
  /(fdatasync|fsync)\(.*ledger\.db-wal/ { dirty = 0; flushes++ }
  /(sendto|write|writev|sendmsg)\(.*"POST \/(appointment|visit)/ {
    posts++
    if (dirty) { print "a POST left before the ledger was flushed: line " NR; bad = 1 }
    if (flushes < posts) { print "a POST left without an intent on the disk: line " NR; bad = 1 }
  }
  END {
    if (posts != 2) { print "expected 2 POSTs that count, saw " posts + 0; exit 1 }
    if (bad) exit 1
    print "journal before wire: " flushes " flushes, " posts " POSTs, each after its flush"
  }' "$folder/trace"
