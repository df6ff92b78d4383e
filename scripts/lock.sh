#!/bin/sh
# Writes the lock files from pyproject.toml: exact versions and hashes, for every platform, with no index named in them.
# Run it (make lock) only when a dependency changes; what is locked already stays as it is, unless UPGRADE=1.
set -eu
cd "$(dirname "$0")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"${PYTHON:-python3}" -m venv "$scratch/venv"
"$scratch/venv/bin/python" -m pip install -q uv
# The build backend is locked with the rest, so that nothing unpinned ever runs here.
sed -n 's/^requires = \["\(.*\)"\]$/\1/p' pyproject.toml >"$scratch/backend.txt"

lock() { # lock FILE [more options of uv pip compile]
    file=$1
    shift
    if [ -z "${UPGRADE:-}" ] && [ -f "$file" ]; then cp "$file" "$scratch/lock"; else rm -f "$scratch/lock"; fi
    "$scratch/venv/bin/uv" pip compile --no-config --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate "$@" pyproject.toml "$scratch/backend.txt" -o "$scratch/lock"
    { echo "# Written by make lock from pyproject.toml; do not edit."; cat "$scratch/lock"; } >"$file"
}
lock requirements-dev.lock --extra postgres --extra parquet --extra bulk --extra datacenter --extra test --extra check
lock requirements.lock --constraints requirements-dev.lock
lock requirements-engines.lock --extra postgres --extra bulk --extra engines --extra test --constraints requirements-dev.lock
