#!/usr/bin/env bash
# `make bench`: the criterion benches, then the whole process under load beside a constant answer
# of equal size, then imports beside ogr2ogr. PARCELS ("43000 1000000") sets the sizes of the
# latter two; ONLY=http leaves out the first. Prints machine and commit first, since a figure without them is none;
# benches/README.md keeps what was found.
set -euo pipefail
cd "$(dirname "$0")/.."

parcels=${PARCELS:-43000 1000000}

scripts/machine.sh
scripts/rust.sh
scripts/web.sh
[ "${ONLY:-}" = http ] || cargo bench --locked

cargo build --release --locked --quiet
# shellcheck disable=SC2086 # several sizes are several words
python3 benches/whole_process.py "${CARGO_TARGET_DIR:-target}/release/diachinh" $parcels
# shellcheck disable=SC2086
python3 benches/import.py "${CARGO_TARGET_DIR:-target}/release/diachinh" $parcels
