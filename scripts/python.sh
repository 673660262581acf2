#!/usr/bin/env bash
# Makes the Python environment of the client tests, with what tests/requirements.txt pins.
set -euo pipefail
cd "$(dirname "$0")/.."

environment=.tools/python
if [ -f "$environment/.made" ] && [ "$environment/.made" -nt tests/requirements.txt ]; then
    exit 0
fi
echo "Making the Python environment of the client tests."
python3 -m venv --clear "$environment"
"$environment/bin/pip" install --quiet --disable-pip-version-check -r tests/requirements.txt
touch "$environment/.made"
