#!/usr/bin/env bash
# Builds the page into web/dist when something of it has changed since it was last built.
set -euo pipefail
cd "$(dirname "$0")/.."

stamp=web/node_modules/.built
if [ -f web/dist/index.html ] && [ -f "$stamp" ] &&
    [ -z "$(find web -path web/node_modules -prune -o -path web/dist -prune -o -type f -newer "$stamp" -print -quit)" ]; then
    exit 0
fi
if ! [ web/node_modules/.package-lock.json -nt web/package-lock.json ]; then
    echo "Installing what the page is built with (npm ci)."
    (cd web && ../scripts/node.sh npm ci --no-audit --no-fund)
fi
echo "Building the page."
(cd web && ../scripts/node.sh npm run --silent build)
touch "$stamp"
