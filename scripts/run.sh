#!/usr/bin/env bash
# `make run`: from a bare machine to a running register with a demo city.
# HOST, PORT, STORE (a folder) and PARCELS may be set.
set -euo pipefail
cd "$(dirname "$0")/.."

host=${HOST:-127.0.0.1}
port=${PORT:-8080}
folder=${STORE:-var}
parcels=${PARCELS:-50000}

scripts/packages.sh run
scripts/rust.sh
scripts/web.sh
cargo build --release --locked --quiet
diachinh="${CARGO_TARGET_DIR:-target}/release/diachinh"

register="$folder/demo.gpkg"
if ! [ -f "$register" ]; then
    echo "Building a synthetic city of $parcels parcels in $register."
    # Built beside and moved when it is whole, so that an interrupted start leaves nothing half.
    mkdir -p "$folder"
    rm -rf "$folder/unfinished"
    mkdir "$folder/unfinished"
    "$diachinh" demo --parcels "$parcels" --store "$folder/unfinished/demo.gpkg"
    mv "$folder"/unfinished/* "$folder/"
    rmdir "$folder/unfinished"
fi

echo
echo "Diachinh is at http://$host:$port/ (stop it with Ctrl+C)."
exec "$diachinh" serve --store "$register" --listen "$host:$port"
