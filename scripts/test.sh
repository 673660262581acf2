#!/usr/bin/env bash
# `make test`: installs what the tests need, builds the page, and runs every test.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/packages.sh test
scripts/rust.sh
scripts/web.sh
scripts/python.sh
cargo test --locked "$@"
