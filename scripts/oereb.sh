#!/usr/bin/env bash
# Makes the Python environment of pyramid_oereb, with what benches/oereb.txt pins, and fetches the
# checkout that has its sample data, which the package lacks. A checkout that is there already is
# named by PYRAMID_OEREB. Prints the folder of the checkout.
set -euo pipefail
cd "$(dirname "$0")/.."

commit=2c1ab8a9b08fe53ef764445da3934f18d076265b
environment=.tools/oereb
if ! [ "$environment/.made" -nt benches/oereb.txt ]; then
    echo "Making the Python environment of pyramid_oereb." >&2
    python3 -m venv --clear "$environment"
    "$environment/bin/pip" install --quiet --disable-pip-version-check -r benches/oereb.txt >&2
    touch "$environment/.made"
fi

sources=${PYRAMID_OEREB:-${DIACHINH_CACHE:-$HOME/.cache/diachinh}/pyramid_oereb}
if [ ! -d "$sources/dev/sample_data" ]; then
    git init --quiet "$sources"
    git -C "$sources" fetch --quiet --depth 1 https://github.com/openoereb/pyramid_oereb "$commit" >&2
    git -C "$sources" checkout --quiet FETCH_HEAD
fi
echo "$sources"
