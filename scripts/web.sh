#!/usr/bin/env bash
# Builds the page into web/dist when something of it has changed since it was last built.
set -euo pipefail
cd "$(dirname "$0")/.."

stamp=web/node_modules/.built
if [ -f web/dist/index.html ] && [ -f "$stamp" ] &&
    [ -z "$(find web src/http/first_*.rs -path web/node_modules -prune -o -path web/dist -prune -o -type f -newer "$stamp" -print -quit)" ]; then
    exit 0
fi
if ! [ web/node_modules/.package-lock.json -nt web/package-lock.json ]; then
    echo "Installing what the page is built with (npm install, by the lock file)."
    # Not `npm ci`: it refuses a lock file from a registry that lacks the builds of some optional
    # packages for other systems, though none of them would be installed here.
    (cd web && ../scripts/node.sh npm install --no-save --no-audit --no-fund --loglevel=error)
fi
echo "Building the page."
(cd web && ../scripts/node.sh npm run --silent build)
touch "$stamp"
