#!/bin/sh
# Makes .venv exactly as the lock file says, without root, on any machine with Python 3.11; done before, it returns at once.
#
#   scripts/environment.sh run    what the product needs
#   scripts/environment.sh dev    that, and what tests and checks need
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
venv=$PWD/.venv

case ${1:-run} in
run) lock=requirements.lock ;;
dev) lock=requirements-dev.lock ;;
*) echo "usage: $0 run|dev" >&2; exit 2 ;;
esac

# The stamp holds what the environment was made from: these files, this place, this interpreter.
key() { { cat "$lock" pyproject.toml "scripts/environment.sh"; echo "$venv"; readlink -f "$venv/bin/python"; } | sha256sum; }
if [ -x "$venv/bin/leaf" ] && [ "$(cat "$venv/made-from-$lock" 2>/dev/null)" = "$(key)" ]; then exit 0; fi

stop() { printf '%s\n' "$@" >&2; exit 1; }

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || stop \
    "Python 3.11 or newer is needed; '$python' is missing or older." \
    "On Debian 12: apt-get install python3. Elsewhere: make … PYTHON=/path/to/python3.11"

if ! "$venv/bin/python" -c '' 2>/dev/null; then
    echo "Making the environment .venv"
    rm -rf "$venv"
    # Debian ships the venv module without ensurepip, so pip is looked for below.
    "$python" -m venv --without-pip "$venv" || stop "'$python -m venv' failed, see above; .venv could not be made."
fi

# Debian's own pip, from its signed archive: apt works without root on lists of its own.
fetch_debian_pip() {
    echo "No pip on this machine: fetching Debian's python3-pip-whl (no root needed)" >&2
    mkdir -p "$venv/debian/lists/partial" "$venv/debian/cache/archives/partial"
    apt="apt-get -qq -o Dir::State::Lists=$venv/debian/lists -o Dir::Cache=$venv/debian/cache -o Debug::NoLocking=true"
    $apt update >&2 || return 1
    (cd "$venv/debian" && $apt download python3-pip-whl >&2 && dpkg-deb -x python3-pip-whl_*.deb .) || return 1
    rm -rf "$venv/debian/lists" "$venv/debian/cache"
}

# pip may be in the environment, come with this Python, stand beside it, or lie in a wheel; whichever is there will do.
pip_wheel() { ls "$venv"/debian/usr/share/python-wheels/pip-*.whl /usr/share/python-wheels/pip-*.whl 2>/dev/null | head -n 1; }
if "$venv/bin/python" -m pip --version >/dev/null 2>&1 || "$venv/bin/python" -m ensurepip >/dev/null 2>&1; then
    pip() { "$venv/bin/python" -m pip "$@"; }
elif "$python" -m pip --python "$venv/bin/python" --version >/dev/null 2>&1; then
    pip() { "$python" -m pip --python "$venv/bin/python" "$@"; }
elif [ -n "$(pip_wheel)" ] || fetch_debian_pip; then
    pip() { PYTHONPATH=$(pip_wheel) "$venv/bin/python" -m pip "$@"; }
else
    stop "pip was not found, and Debian's could not be fetched (see above)." \
        "Any one of these helps: apt-get install python3-venv, apt-get install python3-pip, or a Python that has ensurepip."
fi

echo "Installing what $lock names (the first time a download of some hundred megabytes)"
# Only wheels, only with known hashes, no resolving: nothing runs that was not looked at when the lock was made.
pip install -qq --disable-pip-version-check --require-hashes --only-binary :all: --no-deps -r "$lock"
# The command `leaf`, running from this folder's src; built by the locked backend, offline.
pip install -qq --disable-pip-version-check --no-index --no-deps --no-build-isolation --editable .
key >"$venv/made-from-$lock"
# The larger environment serves for the smaller.
if [ "$lock" = requirements-dev.lock ]; then lock=requirements.lock; key >"$venv/made-from-$lock"; fi
