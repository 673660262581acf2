#!/usr/bin/env bash
# `make test`: installs what the tests need, builds the page, and runs every test.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/packages.sh test
scripts/rust.sh
scripts/web.sh
scripts/python.sh
# The same random cases every time, so that a red run can be had again; set another number, or none
# with PROPTEST_RNG_SEED= , to look for new ones. What was found stays in tests/proptest-regressions.
export PROPTEST_RNG_SEED=${PROPTEST_RNG_SEED-20261123}
[ -n "$PROPTEST_RNG_SEED" ] || unset PROPTEST_RNG_SEED
cargo test --locked "$@"
