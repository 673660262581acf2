#!/usr/bin/env bash
# Checks that a Rust compiler is here that is new enough; says what to do when not.
set -euo pipefail
cd "$(dirname "$0")/.."

needed=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
found=$(rustc --version 2>/dev/null | cut -d' ' -f2 || true)
if [ -z "$found" ] || ! command -v cargo >/dev/null; then
    found=none
elif [ "$(printf '%s\n' "$needed" "$found" | sort -V | head -1)" = "$needed" ]; then
    exit 0
fi
echo "Rust $needed or newer is needed; found: $found."
echo "Debian 12 packages an older one. Install it for your user as https://rustup.rs says, then try again."
exit 1
