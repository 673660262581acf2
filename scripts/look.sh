#!/usr/bin/env bash
# `make look`: takes the pictures of the page in docs/ from the demo city of `make run`.
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
