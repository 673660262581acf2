#!/usr/bin/env bash
# `make bench-peers`: extracts beside pyramid_oereb, what lies on a parcel beside PostGIS, then tiles
# beside martin and features beside tipg, each over the same parcels in one run. ONLY=oereb, postgis
# or tiles measures one of these. martin's newest release, and its newest beta of 2.0, are built
# once into ${DIACHINH_CACHE:-~/.cache/diachinh}. Prints machine and commit first; benches/README.md
# keeps what was found.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/packages.sh test
scripts/packages.sh bench
scripts/rust.sh
scripts/web.sh
scripts/python.sh
program=${CARGO_TARGET_DIR:-target}/release/diachinh
only=${ONLY:-}

cargo build --release --locked --quiet
scripts/machine.sh
if [ "${only:-oereb}" = oereb ]; then
    sources=$(scripts/oereb.sh)
    .tools/python/bin/python benches/extract_peers.py "$program" .tools/oereb "$sources"
fi
if [ "${only:-postgis}" = postgis ]; then
    .tools/python/bin/python benches/overlay_peers.py "$program"
fi
[ "${only:-tiles}" = tiles ] || exit 0

cache=${DIACHINH_CACHE:-$HOME/.cache/diachinh}
# "version: 1.14.0 (latest 2.0.0-beta.5)"
known=$(cd / && cargo info martin 2>/dev/null | grep '^version:')
release=$(sed -E 's/^version: ([^ ]+).*/\1/' <<<"$known")
beta=$(sed -nE 's/.*\(latest ([^)]+)\).*/\1/p' <<<"$known")
martins=()
for version in $release $beta; do
    built=$cache/martin-$version
    if [ ! -x "$built/bin/martin" ]; then
        echo "Building martin $version into $cache, once."
        CARGO_TARGET_DIR=$cache/martin-target cargo install --quiet martin --version "$version" \
            --locked --no-default-features --features postgres --root "$built" ||
            { echo "martin $version cannot be built with this compiler and is left out."; continue; }
    fi
    martins+=("$built")
done
.tools/python/bin/python benches/peers.py "$program" .tools/python "${martins[@]}"
