#!/usr/bin/env bash
# `make look`: takes the pictures in docs/ from the demo city of `make run`: the page, and the city
# in the programs that README names.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/packages.sh test
scripts/web.sh
url=${URL:-http://127.0.0.1:8080}
if ! curl -sf "$url/health/ready" >/dev/null; then
    echo "Nothing answers at $url. Start the demo with 'make run' in another terminal, then try again."
    exit 1
fi
scripts/node.sh node scripts/look.mjs "$url" docs
scripts/node.sh node scripts/look_clients.mjs "$url" docs
QT_QPA_PLATFORM=offscreen /usr/bin/python3 scripts/look_gis.py "$url" docs
