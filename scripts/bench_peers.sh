#!/usr/bin/env bash
# `make bench-peers`: tiles beside martin and features beside tipg over the same parcels, in one
# run. martin's newest release, and its newest beta of 2.0, are built once into
# ${DIACHINH_CACHE:-~/.cache/diachinh}. Prints machine and commit first; benches/README.md keeps
# what was found.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/packages.sh test
scripts/packages.sh bench
scripts/rust.sh
scripts/web.sh
scripts/python.sh

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
cargo build --release --locked --quiet

scripts/machine.sh
.tools/python/bin/python benches/peers.py "${CARGO_TARGET_DIR:-target}/release/diachinh" \
    .tools/python "${martins[@]}"
