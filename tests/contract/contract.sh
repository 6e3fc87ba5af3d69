#!/bin/sh
# Runs one of the contract tests: contract.sh NAME MODULES TOURDESK SANDBOX
# NAME is install, which puts the packages of package-lock.json into the folder MODULES, or a test of contract.mjs.
# Where node, npm or npm's registry cannot be had, a test is skipped (exit 77), unless TOURDESK_CONTRACT=required
# says that it must not be.
set -eu
name=$1 modules=$2
here=$(cd "$(dirname "$0")" && pwd)

skip() {
  echo "$1" >&2
  [ "${TOURDESK_CONTRACT:-}" = required ] && exit 1
  exit 77
}

for tool in node npm; do
  command -v "$tool" >/dev/null || skip "The contract tests need $tool, which is not installed: scripts/setup --tests"
done
node -e 'const [a, b, c] = process.versions.node.split(".").map(Number)
  process.exit(a > 18 || (a === 18 && (b > 20 || (b === 20 && c >= 1))) ? 0 : 1)' ||
  skip "The contract tests need node 18.20.1 or newer; this is $(node --version)."

if [ "$name" = install ]; then
  # What was installed is noted last, so that a run broken off is not taken for a whole one.
  wanted=$(cat "$here/package.json" "$here/package-lock.json" "$here/.npmrc" | cksum)
  [ -f "$modules/installed" ] && [ "$(cat "$modules/installed")" = "$wanted" ] && exit 0
  mkdir -p "$modules"
  rm -f "$modules/installed"
  cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$modules"
  cd "$modules"
  # Asks for one package first: an installation without a network takes minutes to fail.
  npm view yaml version --fetch-retries=0 --fetch-timeout=10000 >npm.log 2>&1 ||
    skip "npm's registry, where the packages come from once for a build folder, cannot be reached: $(cat npm.log)"
  npm ci --loglevel=error >npm.log 2>&1 || { cat npm.log >&2; exit 1; }
  echo "$wanted" >installed
  exit 0
fi
[ -f "$modules/installed" ] || skip "The packages are not installed: ctest -R contract/install"
exec node "$here/contract.mjs" "$@"
