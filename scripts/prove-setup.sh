#!/bin/sh
# Proves that a clone is all one needs: takes what is committed here into a minimal Debian 12 made for the purpose, and
# there runs make demo as an ordinary user and make test as root. Needs root and debootstrap; about 2 GB of disk.
#
#   scripts/prove-setup.sh [PLACE]    PLACE: a new folder for the Debian root, kept to look at; a temporary one by default
#   STEPS="demo test"                 which of the steps list, demo, refusal, test, check to run; all by default
set -eu
cd "$(dirname "$0")/.."
project=$PWD
steps=${STEPS:-list demo refusal test check}
port=${PORT:-8123}

[ "$(id -u)" = 0 ] || { echo "This needs root: it makes a Debian root and enters it." >&2; exit 1; }
command -v debootstrap >/dev/null || { echo "This needs debootstrap: apt-get install debootstrap" >&2; exit 1; }
if [ $# -gt 0 ]; then root=$1; else root=$(mktemp -d); trap 'rm -rf "$root"' EXIT; fi
say() { printf '\n== %s\n' "$*"; }

# Where this machine itself gets Debian from; its proxy, certificates and package index are lent for the run.
mirror=$(apt-get indextargets --format '$(REPO_URI)' | grep '/debian/\?$' | head -n 1)
if [ ! -x "$root/usr/bin/make" ]; then
    say "A minimal Debian 12 in $root"
    debootstrap --variant=minbase --include=python3,git,make,ca-certificates bookworm "$root" "$mirror" >"$root.log" 2>&1 \
        || { tail -n 20 "$root.log" >&2; exit 1; }
    rm -f "$root.log"
    cp /usr/local/share/ca-certificates/*.crt "$root/usr/local/share/ca-certificates/" 2>/dev/null || true
    chroot "$root" update-ca-certificates >/dev/null 2>&1
    chroot "$root" useradd --create-home person
fi
cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
index=$(python3 -m pip config get global.index-url 2>/dev/null || true)

# inside USER COMMAND: with a process tree and mounts of its own, which end with it
inside() {
    home=/home/person
    [ "$1" = person ] || home=/root
    unshare --mount --pid --fork sh -c '
        mount -t proc proc "$1/proc" && mount -t tmpfs tmpfs "$1/dev/shm" && mount -t tmpfs tmpfs "$1/tmp"
        exec chroot "$1" setpriv --reuid "$2" --regid "$2" --init-groups env -i HOME="$3" PATH=/usr/sbin:/usr/bin:/sbin:/bin \
            LANG=C.UTF-8 ${4:+PIP_INDEX_URL="$4"} ${http_proxy:+http_proxy="$http_proxy"} \
            ${https_proxy:+https_proxy="$https_proxy"} sh -euc "cd ~/leafledger; $5"
    ' inside "$root" "$1" "$home" "${index:-${PIP_INDEX_URL:-}}" "$2" </dev/null
}
clone() { # clone HOME USER
    rm -rf "$root$1/leafledger"
    git clone --quiet "file://$project" "$root$1/leafledger"
    chroot "$root" chown -R "$2:" "$1/leafledger"
}

say "In it: $(chroot "$root" python3 --version), $(chroot "$root" git --version), $(chroot "$root" make --version | head -n 1)," \
    "$(chroot "$root" dpkg-query -f '.\n' -W | wc -l) Debian packages"
clone /home/person person
clone /root root
for step in $steps; do
    say "$step"
    started=$(date +%s)
    case $step in
    list) inside person "make" ;;
    demo)
        inside person "
            make demo ADDRESS=127.0.0.1:$port & demo=\$!
            python3 - <<'PYTHON'
import time, urllib.request
for _ in range(1200):
    try:
        page = urllib.request.urlopen('http://127.0.0.1:$port/').read()
        break
    except OSError:
        time.sleep(1)
print('served at the address:', len(page), 'bytes')
PYTHON
            kill \$demo" ;;
    refusal) # no root, no sudo: a clear word and a status that says no
        if inside person "make test"; then echo "make test should have refused" >&2; exit 1; fi ;;
    test) inside root "CI=true bash .ci/run" ;;
    check) inside root "make check" ;;
    esac
    echo "-- $step: $(($(date +%s) - started)) s"
done
say "Proved: $steps"
