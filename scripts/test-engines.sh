#!/bin/sh
# Proves that bulk sources come to the same cells in every engine: PostgreSQL, ClickHouse (in this process) and Spark (on Java 17).
# Sets itself up: the packages of requirements-engines.lock into .venv, and Java from Debian, which needs root or sudo once.
set -eu
cd "$(dirname "$0")/.."

if ! command -v java >/dev/null 2>&1; then
    as_root=
    if [ "$(id -u)" != 0 ]; then as_root=sudo; fi
    echo "Installing Java for Spark: openjdk-17-jre-headless"
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq update
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends openjdk-17-jre-headless >/dev/null
fi

lock=requirements-engines.lock
if [ "$(cat .venv/made-from-$lock 2>/dev/null)" != "$(sha256sum <$lock)" ]; then
    echo "Installing what $lock names (some 700 megabytes the first time)"
    # Spark comes as source only; it is unpacked by the setuptools of the lock, and nothing else is looked for.
    .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes --no-deps --only-binary :all: \
        --no-binary pyspark --no-build-isolation -r "$lock"
    sha256sum <$lock >.venv/made-from-$lock
fi

LEAF_TEST_ENGINES=1 scripts/with-postgres.sh .venv/bin/python -m pytest -v tests/bulk/test_engines.py "$@"
