#!/usr/bin/env bash
# `make bench`: the criterion benches, then the whole process under load beside a constant answer
# of equal size. PARCELS (43000) and SECONDS_EACH (10) may be set. Prints machine and commit first,
# since a figure without them is none; benches/README.md keeps what was found.
set -euo pipefail
cd "$(dirname "$0")/.."

parcels=${PARCELS:-43000}
seconds=${SECONDS_EACH:-10}

echo "machine: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $(nproc) cores, $(free -g | awk '/^Mem/ {print $2}') GiB"
echo "system:  $(. /etc/os-release && echo "$PRETTY_NAME"), $(uname -r), $(rustc --version)"
echo "commit:  $(git rev-parse --short HEAD)$(git diff --quiet || echo ' with changes'), $(date +%F)"

scripts/rust.sh
scripts/web.sh
[ "${ONLY:-}" = http ] || cargo bench --locked

cargo build --release --locked --quiet
diachinh="${CARGO_TARGET_DIR:-target}/release/diachinh"
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$folder"' EXIT
"$diachinh" demo --parcels "$parcels" --store "$folder/demo.gpkg"

export DIACHINH_HTTP__YARDSTICK=true DIACHINH_HTTP__RATE_PER_SECOND=0
export DIACHINH_LOG__FILTER=warn DIACHINH_APP__SNAPSHOT_DIR="$folder/snapshots"
"$diachinh" serve --store "$folder/demo.gpkg" --listen 127.0.0.1:0 >"$folder/address" &
server=$!
until url=$(head -1 "$folder/address") && [ -n "$url" ] && curl -sf "$url/health/ready" >/dev/null; do sleep 0.2; done

# Requests per second of one path.
load() { wrk -t 2 -c 32 -d "${seconds}s" "$1" | awk '/^Requests\/sec/ {print $2}'; }

echo
echo "requests/s over HTTP, $parcels parcels, 32 connections, ${seconds} s each"
for path in '/v1/parcels/lookup?lon=106.6982&lat=10.7719' \
    '/v1/parcels/lookup?ward=26743&sheet=5&number=12' \
    '/v1/parcels/1'; do
    bytes=$(curl -s "$url$path" | wc -c)
    found=$(load "$url$path")
    constant=$(load "$url/bench/constant?bytes=$bytes")
    awk -v p="$path" -v b="$bytes" -v f="$found" -v c="$constant" \
        'BEGIN { printf "%-52s %6d bytes %10.0f/s, constant %10.0f/s: %3.0f %%\n", p, b, f, c, 100 * f / c }'
done
echo "memory: $(awk '/^VmRSS/ {print $2 / 1024 " MiB"}' "/proc/$server/status")"
