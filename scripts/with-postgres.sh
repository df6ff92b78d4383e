#!/bin/sh
# Runs a command with a PostgreSQL of its own: a throwaway cluster on a private socket, gone when the command ends.
#
#   scripts/with-postgres.sh COMMAND …    the command finds the server's address in LEAF_TEST_POSTGRES
set -eu

server=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
server=${server:-$(dirname "$(command -v initdb)")}
place=$(mktemp -d)
# PostgreSQL refuses to run as root; its Debian package brings the user postgres.
as_server=
if [ "$(id -u)" = 0 ]; then as_server="runuser -u postgres --"; chown postgres "$place"; fi
finish() { (cd / && $as_server "$server/pg_ctl" -D "$place/data" -m immediate stop) >/dev/null 2>&1 || true; rm -rf "$place"; }
trap finish EXIT
trap 'exit 130' INT TERM

# No fsync: the tests kill our own program, never this server, and its data do not outlive the run.
(
    cd /
    $as_server "$server/initdb" -D "$place/data" -U leaf -A trust -E UTF8 --locale=C.UTF-8 --no-sync
    $as_server "$server/pg_ctl" -D "$place/data" -l "$place/log" -w \
        -o "-k $place -c listen_addresses='' -c fsync=off -c max_connections=50" start
    $as_server "$server/createdb" -h "$place" -U leaf leaf
) >"${place}.txt" 2>&1 || { cat "${place}.txt" >&2; rm -f "${place}.txt"; exit 1; }
rm -f "${place}.txt"

export LEAF_TEST_POSTGRES="postgresql://leaf@/leaf?host=$place"
"$@"
