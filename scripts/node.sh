#!/usr/bin/env bash
# Runs a command with a Node that can build the page: the system's if it is 18 or newer,
# else one from the npm registry, installed for this checkout only.
# Usage: node.sh npm ci
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
own="$root/.tools/node_modules/node/bin"

is_new_enough() {
    local major
    major=$("$1" --version 2>/dev/null | sed -n 's/^v\([0-9]*\).*/\1/p')
    [ -n "$major" ] && [ "$major" -ge 18 ]
}

if ! command -v npm >/dev/null; then
    echo "npm is needed: install Debian's nodejs and npm, or Node 18 or newer." >&2
    exit 1
fi
if ! is_new_enough "$(command -v node)"; then
    if ! [ -x "$own/node" ] || ! is_new_enough "$own/node"; then
        echo "Node $(node --version 2>/dev/null || echo none) is too old; taking Node 20 from the npm registry for this checkout."
        npm install --prefix "$root/.tools" --no-save --no-audit --no-fund node@20
    fi
    export PATH="$own:$PATH"
fi
exec "$@"
