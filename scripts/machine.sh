#!/usr/bin/env bash
# Says on what and of which commit something is measured, since a figure without them is none.
set -euo pipefail
cd "$(dirname "$0")/.."

echo "machine: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $(nproc) cores, $(free -g | awk '/^Mem/ {print $2}') GiB"
echo "system:  $(. /etc/os-release && echo "$PRETTY_NAME"), $(uname -r), $(rustc --version)"
echo "commit:  $(git rev-parse --short HEAD)$(git diff --quiet || echo ' with changes'), $(date +%F)"
