#!/usr/bin/env bash
# A PostgreSQL server for tests in a folder of its own, reached by a socket in that folder and by nothing else. It prints
# "ready" when it takes connections and lives until its standard input ends, so that it never outlives the tests. Nothing
# it stores is meant to survive, so it never waits for the disk.
#   postgres-for-tests.sh FOLDER [BIN]
set -euo pipefail
shopt -s nullglob
folder=$1
bin=${2-$(printf "%s\n" /usr/lib/postgresql/*/bin /usr/pgsql-*/bin | sort -V | tail -n 1)}
[[ -n $bin && -x $bin/postgres ]] || { echo "PostgreSQL is not installed: apt-get install postgresql" >&2; exit 1; }
cd /
# PostgreSQL refuses to run as root.
as=()
if [[ $EUID -eq 0 ]]; then
  chown postgres "$folder"
  as=(setpriv --reuid=postgres --regid=postgres --init-groups --)
fi
"${as[@]}" "$bin/initdb" -D "$folder/data" -U postgres -A trust --no-sync --locale=C.UTF-8 -E UTF8 >"$folder.log" 2>&1 || { cat "$folder.log" >&2; exit 1; }
"${as[@]}" "$bin/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
  -c wal_level=minimal -c max_wal_senders=0 -c max_connections=400 -c shared_buffers=64MB -c autovacuum=off </dev/null >>"$folder.log" 2>&1 &
server=$!
trap 'kill -QUIT "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$folder" "$folder.log"' EXIT
until "$bin/pg_isready" -q -h "$folder"; do
  kill -0 "$server" 2>/dev/null || { cat "$folder.log" >&2; exit 1; }
  sleep 0.05
done
echo ready
cat >/dev/null || true
