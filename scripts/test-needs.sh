#!/bin/sh
# Puts on this machine what the tests use beside Python: PostgreSQL, Chromium, Poppler, unzip and OpenSSL, as Debian packages.
# With everything there it returns at once; with something missing it needs root or sudo, and says so plainly.
set -eu

missing=
have() { command -v "$1" >/dev/null 2>&1; }
have initdb || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
# Chromium stops where there is no font at all, and its package does not ask for one.
have chromium || missing="$missing chromium fonts-dejavu-core"
# What drives it in the tests is a program that a bare Debian lacks one library for.
ldconfig -p 2>/dev/null | grep -q 'libatomic\.so\.1' || missing="$missing libatomic1"
# An auditor checks a bundle by hand with these, and a test does as the page says.
have unzip || missing="$missing unzip"
have openssl || missing="$missing openssl"
have pdftoppm || missing="$missing poppler-utils"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=
elif have sudo && { sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v; }; }; then
    as_root=sudo
else
    echo "The tests need these Debian packages:$missing" >&2
    echo "Installing them takes root, and here is neither root nor a sudo that may be used. Have an administrator run" >&2
    echo "    apt-get install$missing" >&2
    echo "and call make test again. The product itself (make demo, make report) needs none of them." >&2
    exit 1
fi
have apt-get || { echo "The tests need$missing; this machine has no apt-get, install them by its own means." >&2; exit 1; }

echo "Installing for the tests:$missing"
apt() { $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@" </dev/null; }
apt update
# shellcheck disable=SC2086  # a list of packages, to be split
log=$(mktemp)
apt install -y --no-install-recommends $missing >"$log" 2>&1 || { tail -n 30 "$log" >&2; exit 1; }
rm -f "$log"
